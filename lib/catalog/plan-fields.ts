import type { Actor } from "@/lib/auth/actor";
import { sortKey } from "@/lib/search/fold";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { FieldSources } from "./field-source";
import type { FieldConflict, FieldEdit } from "./product-changes";
import { FIELD_NAMES, type FieldValue, fieldInfo, type ProductField, sourceKey } from "./product-fields";
import { stockStatusOf } from "./stock-status";
import { sourceAfterEdit } from "./value-source";

type Value = string | number | boolean | null;

/** The row as far as editing needs it. */
export type EditedProduct = { [F in ProductField]: FieldValue } & {
  id: string;
  createdByRunId: string | null;
  stockStatus: string;
  sources: FieldSources;
};

export interface Plan {
  conflicts: FieldConflict[];
  /** Sentences per field, by the name the form knows it under. */
  errors: Record<string, string>;
  before: Record<string, Value>;
  after: Record<string, Value>;
  sources: FieldSources;
}

export function emptyPlan(sources: FieldSources): Plan {
  return { conflicts: [], errors: {}, before: {}, after: {}, sources: { ...sources } };
}

/**
 * Compares each edit with the product as it stands and adds what is to be written, remembered and told to the plan.
 * A field that already holds the new value is no edit, whoever set it.
 */
export function planFields(
  actor: Actor,
  product: EditedProduct,
  changes: Partial<Record<ProductField, FieldEdit>>,
  plan: Plan,
  now: Date,
): Prisma.ProductUncheckedUpdateInput {
  const data: Record<string, FieldValue | Date> = {};
  for (const field of FIELD_NAMES) {
    const edit = changes[field];
    const theirs = product[field];
    if (!edit || isSame(edit.to, theirs)) continue;
    const key = sourceKey(field);
    if (edit.from !== undefined && !isSame(edit.from, theirs)) {
      plan.conflicts.push({ field, label: fieldInfo(field).label, yours: edit.to, theirs, from: edit.from });
      continue;
    }
    const current = { value: theirs, source: plan.sources[key] ?? null, createdByRunId: product.createdByRunId };
    setSource(plan.sources, key, sourceAfterEdit(actor, current, edit.to, now));
    plan.before[key] = theirs;
    plan.after[key] = edit.to;
    Object.assign(data, { [field]: edit.to }, derivedColumns(field, edit.to, product, now));
  }
  return data;
}

/** Descriptions hold "" where a form or a feed says null. */
function isSame(a: FieldValue, b: FieldValue) {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}

export function setSource(sources: FieldSources, key: string, source: FieldSources[string] | null) {
  if (source) sources[key] = source;
  else delete sources[key];
}

/** Columns that follow from another: sort keys, the day of archiving, whether there is stock. */
export function derivedColumns(
  field: ProductField,
  to: FieldValue,
  product: { stockStatus: string },
  now: Date,
): Prisma.ProductUncheckedUpdateInput {
  if (field === "name") return { nameKey: sortKey(String(to)) };
  if (field === "brand") return { brandKey: to === null ? null : sortKey(String(to)) };
  if (field === "status") return { archivedAt: to === "archived" ? now : null };
  if (field === "inventoryQuantity") return stockStatus(to, product.stockStatus);
  return {};
}

function stockStatus(quantity: FieldValue, current: string): Prisma.ProductUncheckedUpdateInput {
  // "On backorder" and "discontinued" are somebody's word, not a count's.
  if (current === "backorder" || current === "discontinued") return {};
  return { stockStatus: stockStatusOf(quantity === null ? null : Number(quantity)) };
}
