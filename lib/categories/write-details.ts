import "server-only";
import { deleteRows, insertRows, upsertRows } from "@/lib/db/bulk";
import type { Reader, Tx } from "@/lib/db/client";
import type { FieldChange } from "@/lib/sync/change";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { readTemplateWords, splitName, templateWords } from "./template-words";

/** What a category says of itself and asks of its products, beside its place in the tree. */
export const detailRow = {
  description: true,
  metafields: { select: { namespace: true, key: true, value: true, type: true }, orderBy: { id: "asc" } },
  template: {
    select: { isRequired: true, definition: { select: { namespace: true, key: true } } },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  },
} satisfies Prisma.CategorySelect;
type DetailRow = Prisma.CategoryGetPayload<{ select: typeof detailRow }>;

/** As lines of a change compare it. */
export function toDetails({ description, metafields, template }: DetailRow) {
  return {
    description,
    metafields: new Map(metafields.map(({ namespace, key, ...rest }) => [`${namespace}.${key}`, rest])),
    template: templateWords(template.map(({ isRequired, definition }) => ({ ...definition, isRequired }))),
  };
}

export async function readDetails(on: Reader, id: string) {
  return toDetails(await on.category.findUniqueOrThrow({ where: { id }, select: detailRow }));
}

const METAFIELD = "metafield:";

/** Writes a change's lines that are no columns of the category: its own attributes, its template. */
export async function writeDetails(tx: Tx, categoryId: string, lines: FieldChange[]) {
  const now = new Date();
  const named = lines
    .filter(({ field }) => field.startsWith(METAFIELD))
    .map((line) => ({ line, row: { categoryId, ...splitName(line.field.slice(METAFIELD.length)) } }));
  const key = ["categoryId", "namespace", "key"];
  await deleteRows(
    tx,
    "CategoryMetafield",
    key,
    named.flatMap(({ line, row }) => (line.after === null ? [row] : [])),
  );
  await upsertRows(
    tx,
    "CategoryMetafield",
    key,
    ["value", "type", "updatedAt"],
    named.flatMap(({ line, row }) => {
      if (line.after === null) return [];
      const type = line.type ?? "single_line_text_field";
      return [{ ...row, value: String(line.after), type, createdAt: now, updatedAt: now }];
    }),
  );
  const template = lines.find(({ field }) => field === "template");
  if (template) await writeTemplate(tx, categoryId, template.after);
}

/** Definitions that are gone by now are left out. */
async function writeTemplate(tx: Tx, categoryId: string, words: FieldChange["after"]) {
  const items = readTemplateWords(typeof words === "string" ? words : null);
  const definitions = await tx.metafieldDefinition.findMany({
    where: { OR: items.map(({ namespace, key }) => ({ namespace, key })) },
    select: { id: true, namespace: true, key: true },
  });
  const idOf = new Map(definitions.map(({ id, namespace, key }) => [`${namespace}.${key}`, id]));
  await tx.categoryTemplateEntry.deleteMany({ where: { categoryId } });
  const rows = items.flatMap(({ namespace, key, isRequired }, position) => {
    const definitionId = idOf.get(`${namespace}.${key}`);
    return definitionId ? [{ categoryId, definitionId, isRequired, position }] : [];
  });
  await insertRows(tx, "CategoryTemplateEntry", rows);
}
