import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import type { MissingMetafield } from "@/lib/catalog/get-product";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { readTemplate } from "./read-template";
import { rulesOf } from "./types";

export const templateInput = z.object({ categoryId: z.string().max(64).nullable() });

/** What a new product of a category is asked for; null is one without category. */
export async function getTemplate(
  actor: Actor,
  { categoryId }: z.output<typeof templateInput>,
): Promise<MissingMetafield[]> {
  assertCan(actor, "catalog:read");
  const category =
    categoryId === null ? null : await db.category.findUnique({ where: { id: categoryId }, select: { path: true } });
  const template = await readTemplate(db, category?.path ?? null);
  const definitions = await inParts(
    template.map(({ key }) => key),
    (part) => db.metafieldDefinition.findMany({ where: { key: { in: part } } }),
  );
  const byName = new Map(definitions.map((definition) => [`${definition.namespace}.${definition.key}`, definition]));
  return template.flatMap(({ namespace, key, isRequired, askedBy }) => {
    const definition = byName.get(`${namespace}.${key}`);
    if (!definition) return [];
    const { name, type: editType, description, validations } = definition;
    return [
      { namespace, key, name: name || key, editType, description, rules: rulesOf(validations), isRequired, askedBy },
    ];
  });
}
