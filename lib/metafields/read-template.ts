import "server-only";
import type { Reader } from "@/lib/db/client";
import { type ExpectedMetafield, type TemplateEntry, templateAt } from "./template";

/** What every category asks, and what all products shall have. For functions of `lib` that have checked the actor. */
export interface Templates {
  entries: TemplateEntry[];
  everywhere: { namespace: string; key: string }[];
}

export async function readTemplates(on: Reader): Promise<Templates> {
  const [entries, everywhere] = await Promise.all([
    on.categoryTemplateEntry.findMany({
      select: {
        isRequired: true,
        position: true,
        category: { select: { path: true, name: true } },
        definition: { select: { namespace: true, key: true } },
      },
    }),
    on.metafieldDefinition.findMany({
      where: { isRequired: true },
      select: { namespace: true, key: true },
      orderBy: [{ pinnedPosition: { sort: "asc", nulls: "last" } }, { namespace: "asc" }, { key: "asc" }],
    }),
  ]);
  return {
    everywhere,
    entries: entries.map(({ category, definition, isRequired, position }) => ({
      path: category.path,
      categoryName: category.name,
      ...definition,
      isRequired,
      position,
    })),
  };
}

/** What products of the category at `path` shall have; null is a product without category. */
export async function readTemplate(on: Reader, path: string | null): Promise<ExpectedMetafield[]> {
  const { entries, everywhere } = await readTemplates(on);
  return templateAt(path, entries, everywhere);
}
