import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { decodeCursor, encodeCursor } from "@/lib/catalog/cursor";
import { listDetails } from "@/lib/catalog/detail-columns";
import { isDetailColumn } from "@/lib/catalog/detail-fields";
import { isMetafieldId, type MetafieldId } from "@/lib/catalog/filter/condition";
import { listProducts } from "@/lib/catalog/list-products";
import { listMetafieldValues, type MetafieldCell } from "@/lib/catalog/metafield-columns";
import type { FieldValue } from "@/lib/catalog/product-fields";
import type { ColumnId } from "@/lib/catalog/product-search";
import { listOf, listSelection } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { ProductListRow } from "@/lib/db/product-rows";
import { selectRowsOf } from "@/lib/db/product-rows";
import { sheetCategories } from "./resolve-category";
import { fieldOfColumn } from "./sheet-column";
import { sheetColumns } from "./sheet-input";

/** Rows in one answer. */
const WINDOW = 500;

export const sheetRowsInput = z.union([
  /** Of a list, from behind a cursor. */
  z.object({ list: listSelection, columns: sheetColumns, after: z.string().max(2_000).nullable() }),
  /** These products as they are now. */
  z.object({ ids: z.array(z.string().max(64)).min(1).max(1_000), columns: sheetColumns }),
]);

/** A product as a row of the sheet: stored values by column. */
export interface SheetRow {
  id: string;
  sku: string;
  name: string;
  cells: Record<string, FieldValue>;
}

export interface SheetWindow {
  rows: SheetRow[];
  /** Names of the categories behind the ids, as `Office > Pens`. */
  categories: Record<string, string>;
  /** Where the next window begins; null at the end of the list, or beyond what was asked for. */
  next: string | null;
  total: { count: number; isCapped: boolean } | null;
}

/** @throws {AppError} as `listProducts` */
export async function listSheetRows(actor: Actor, input: z.output<typeof sheetRowsInput>): Promise<SheetWindow> {
  assertCan(actor, "catalog:read");
  if ("ids" in input) {
    const rows = await inParts(input.ids, selectRowsOf);
    return { ...(await toRows(actor, rows, input.columns)), next: null, total: null };
  }
  const after = (input.after && decodeCursor(input.after)) || undefined;
  const { rows, next, total } = await listProducts(actor, { ...listOf(input.list), size: WINDOW, after });
  return { ...(await toRows(actor, rows, input.columns)), next: next && encodeCursor(next), total };
}

async function toRows(actor: Actor, listed: ProductListRow[], columns: ColumnId[]) {
  const ids = listed.map((row) => row.id);
  const [values, details, placed] = await Promise.all([
    listMetafieldValues(actor, ids, columns.filter(isMetafieldId)),
    listDetails(actor, ids, columns),
    columns.includes("category") ? loadCategoryIds(ids) : new Map<string, string | null>(),
  ]);
  const names = await sheetCategories();
  const categories: Record<string, string> = {};
  for (const id of placed.values()) if (id !== null) categories[id] ??= names.nameOf(id) ?? "";
  const rows = listed.map((row): SheetRow => {
    const found = values.get(row.id);
    const wide = details.get(row.id);
    const cells = columns.map((id) => [id, isDetailColumn(id) ? (wide?.[id] ?? null) : cellOf(id, row, found, placed)]);
    return { id: row.id, sku: row.sku, name: row.name, cells: Object.fromEntries(cells) };
  });
  return { rows, categories };
}

function cellOf(
  id: ColumnId,
  row: ProductListRow,
  metafields: Partial<Record<MetafieldId, MetafieldCell>> | undefined,
  placed: ReadonlyMap<string, string | null>,
): FieldValue {
  if (isMetafieldId(id)) return metafields?.[id]?.value ?? null;
  if (id === "category") return placed.get(row.id) ?? null;
  const field = fieldOfColumn(id);
  if (field) return row[field as keyof ProductListRow & typeof field] ?? null;
  if (id === "updated") return row.updatedAt.toISOString();
  if (id === "created") return row.createdAt.toISOString();
  return id === "sku" || id === "upc" || id === "grade" ? row[id] : null;
}

async function loadCategoryIds(ids: string[]) {
  const rows = await inParts(ids, (part) =>
    db.product.findMany({ where: { id: { in: part } }, select: { id: true, categoryId: true } }),
  );
  return new Map(rows.map((row) => [row.id, row.categoryId]));
}
