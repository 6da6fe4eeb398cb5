import "server-only";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type ExpectedMetafield, type TemplateEntry, templateAt } from "./template";

/** What every category asks, and what all products shall have. For functions of `lib` that have checked the actor. */
export interface Templates {
  entries: TemplateEntry[];
  everywhere: { namespace: string; key: string }[];
}

/** With `paths` only what asks something of products there: the categories at them and above. */
export async function readTemplates(on: Reader, paths?: readonly string[]): Promise<Templates> {
  const [entries, everywhere] = await Promise.all([
    paths ? inParts(paths.flatMap(atAndAbove), (part) => readEntries(on, part)) : readEntries(on),
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
  const { entries, everywhere } = await readTemplates(on, path === null ? [] : [path]);
  return templateAt(path, entries, everywhere);
}

function readEntries(on: Reader, paths?: string[]) {
  return on.categoryTemplateEntry.findMany({
    where: paths && { category: { path: { in: paths } } },
    select: {
      isRequired: true,
      position: true,
      category: { select: { path: true, name: true } },
      definition: { select: { namespace: true, key: true } },
    },
  });
}

function atAndAbove(path: string) {
  const slugs = path.split("/");
  return slugs.map((_, at) => slugs.slice(0, at + 1).join("/"));
}
