import { type DetailColumnId, firstWords } from "@/lib/catalog/detail-fields";
import type { MetafieldId } from "@/lib/catalog/filter/condition";
import type { MetafieldCell } from "@/lib/catalog/metafield-columns";
import type { FieldValue } from "@/lib/catalog/product-fields";
import type { ColumnId, FixedColumnId } from "@/lib/catalog/product-search";
import type { ProductListRow } from "@/lib/db/product-rows";
import type { ProductLine } from "./columns";

/** Fields that a column alone shows. */
const OF_COLUMN = {
  category: ["categoryName", "categoryPath"],
  updated: ["updatedAt"],
  created: ["createdAt"],
  compareAt: ["compareAtPriceCents"],
  cost: ["costPriceCents"],
  manufacturer: ["manufacturer"],
  mpn: ["manufacturerPartNumber"],
  upc: ["upc"],
  grade: ["grade"],
} as const satisfies Partial<Record<FixedColumnId, readonly (keyof ProductListRow)[]>>;

/** A row with what its columns show and no more: all of it travels to the browser. */
export function toLine(
  row: ProductListRow,
  columns: readonly ColumnId[],
  cells: Partial<Record<MetafieldId, MetafieldCell>> | undefined,
  details: Partial<Record<DetailColumnId, FieldValue>> | undefined,
): ProductLine {
  const { id, sku, name, brand, priceCents, inventoryQuantity, status, picture } = row;
  const line: ProductLine = { id, sku, name, brand, priceCents, inventoryQuantity, status };
  if (picture) line.picture = picture;
  for (const [column, fields] of Object.entries(OF_COLUMN)) {
    if (!columns.some((shown) => shown === column)) continue;
    Object.assign(line, Object.fromEntries(fields.map((field) => [field, row[field]])));
  }
  if (details) {
    const shown = Object.entries(details).map(([id, value]) => [
      id,
      typeof value === "string" ? firstWords(value) : value,
    ]);
    line.details = Object.fromEntries(shown);
  }
  if (cells) line.values = Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, cell?.shown]));
  return line;
}
