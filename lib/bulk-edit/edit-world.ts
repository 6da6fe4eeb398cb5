import "server-only";
import type { Reader } from "@/lib/db/client";
import { rulesOf } from "@/lib/metafields/types";
import type { EditWorld } from "./edited";
import { changedField, type Operation } from "./operation";

/** What operations need of the catalogue beside the products: two queries, whatever their number. */
export async function loadEditWorld(on: Reader, all: Operation[]): Promise<EditWorld> {
  const names = all.map(changedField).flatMap((field) => {
    const [, namespace, key] = /^metafield:([^.]+)\.(.+)$/s.exec(field) ?? [];
    return namespace && key ? [{ namespace, key }] : [];
  });
  const [definitions, categories] = await Promise.all([
    names.length === 0
      ? []
      : on.metafieldDefinition.findMany({
          where: { OR: names },
          select: { namespace: true, key: true, name: true, type: true, validations: true },
        }),
    asksCategories(all) ? on.category.findMany({ select: { id: true, name: true, parentId: true } }) : [],
  ]);
  const byName = new Map(
    definitions.map(({ namespace, key, name, type, validations }) => [
      `${namespace}.${key}`,
      { name: name || `${namespace}.${key}`, type, rules: rulesOf(validations) },
    ]),
  );
  const byId = new Map(categories.map((category) => [category.id, category]));
  return {
    definition: (name) => byName.get(name),
    categoryName(id) {
      const path: string[] = [];
      for (let node = byId.get(id); node; node = node.parentId ? byId.get(node.parentId) : undefined) {
        path.unshift(node.name);
      }
      return path.length > 0 ? path.join(" > ") : undefined;
    },
  };
}

function asksCategories(all: Operation[]) {
  return all.some(
    (of) => changedField(of) === "category" || (of.kind === "template" && of.text.includes("{category}")),
  );
}
