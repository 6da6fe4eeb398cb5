import { type FieldValue, fieldInfo, isProductField, type ProductField } from "@/lib/catalog/product-fields";
import type { Rules } from "@/lib/metafields/types";
import type { FieldChange } from "@/lib/sync/change";
import type { CatalogueProduct } from "@/lib/sync/diff-product";

/** The rest of the catalogue, as far as an operation needs it. */
export interface EditWorld {
  /** `Office > Pens`; undefined where there is none of this id. */
  categoryName(id: string): string | undefined;
  definition(name: string): { name: string; type: string; rules: Rules } | undefined;
}

export type Edited =
  | { outcome: "changed"; line: FieldChange }
  /** The product already says so. */
  | { outcome: "same" }
  | { outcome: "refused"; reason: string };

export function presentColumn(field: ProductField, product: CatalogueProduct): FieldValue {
  const value = product.fields[field] ?? null;
  return typeof value === "boolean" ? null : value;
}

/** Descriptions are "" where others are null. */
export function emptyOf(field: ProductField): FieldValue {
  return field === "description" || field === "shortDescription" ? "" : null;
}

export function refused(reason: string): Edited {
  return { outcome: "refused", reason };
}

export function isSame(a: FieldValue, b: FieldValue) {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}

export function labelOf(field: string) {
  return isProductField(field) ? fieldInfo(field).label : field;
}
