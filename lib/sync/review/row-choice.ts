import { z } from "zod";
import type { ChangeChoice } from "@/lib/db/answer-changes";
import type { ChangeFilter } from "@/lib/db/run-changes";
import { SyncChangeKind } from "@/prisma/generated/sqlite/enums";

/** Rows that can be ticked one by one; more are chosen by what they have in common. */
const MOST_TICKED = 1_000;

/** What the Changes tab can be narrowed to: the fields of a change by what people call them. */
export const CHANGED_FIELDS = {
  price: { label: "Price", names: ["priceCents", "compareAtPriceCents", "costPriceCents"], prefixes: [] },
  stock: { label: "Stock", names: ["inventoryQuantity"], prefixes: [] },
  content: {
    label: "Name, texts, brand and size",
    names: [
      "name",
      "description",
      "shortDescription",
      "brand",
      "manufacturer",
      "manufacturerPartNumber",
      "variation",
      "weightGrams",
      "lengthMm",
      "widthMm",
      "heightMm",
      "seoTitle",
      "seoDescription",
      "handle",
    ],
    prefixes: [],
  },
  category: { label: "Category", names: ["category", "parent"], prefixes: [] },
  metafields: { label: "Metafields", names: [], prefixes: ["metafield:"] },
  codes: { label: "Codes", names: ["upc", "source"], prefixes: ["code:"] },
  images: { label: "Pictures", names: [], prefixes: ["image:"] },
  status: { label: "Status", names: ["status"], prefixes: [] },
} as const satisfies Record<string, { label: string; names: readonly string[]; prefixes: readonly string[] }>;

export type ChangedField = keyof typeof CHANGED_FIELDS;
// The keys of the object above, as zod wants them.
export const changedField = z.enum(Object.keys(CHANGED_FIELDS) as [ChangedField, ...ChangedField[]]);

const rowFilter = z.object({
  entity: z.enum(["product", "category"]),
  kind: z.enum(SyncChangeKind).optional(),
  field: changedField.optional(),
  q: z.string().trim().max(100).default(""),
});

const ids = z.array(z.int().min(1)).max(MOST_TICKED);

/** The rows a person answers: those ticked, or all that a filter finds but those unticked. */
export const rowChoice = z.union([
  z.object({ ids: ids.min(1, "Tick at least one row.") }),
  z.object({ filter: rowFilter, except: ids.default([]) }),
]);
export type RowChoice = z.output<typeof rowChoice>;

export function choiceOf(runId: string, choice: RowChoice): ChangeChoice {
  if ("ids" in choice) return { filter: { runId, q: "" }, ids: choice.ids };
  const { entity, kind, field, q } = choice.filter;
  return { filter: { runId, entity, ...narrowed({ kind, field }), q }, except: choice.except };
}

export function narrowed({ kind, field }: { kind?: SyncChangeKind; field?: ChangedField }): Partial<ChangeFilter> {
  return { ...(kind ? { kinds: [kind] } : {}), ...(field ? { fields: CHANGED_FIELDS[field] } : {}) };
}
