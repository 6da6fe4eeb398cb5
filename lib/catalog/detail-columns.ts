import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { DETAIL_FIELDS, type DetailColumnId, isDetailColumn } from "./detail-fields";
import type { FieldValue } from "./product-fields";
import type { ColumnId } from "./product-search";

/** Values of the detail columns by product. */
export type Details = Map<string, Partial<Record<DetailColumnId, FieldValue>>>;

/** Reads of a page's products what only some lists show: wide texts and sizes are no part of every list's rows. */
export async function listDetails(actor: Actor, ids: string[], columns: readonly ColumnId[]): Promise<Details> {
  assertCan(actor, "catalog:read");
  const wanted = columns.filter(isDetailColumn);
  if (wanted.length === 0 || ids.length === 0) return new Map();
  const select = { id: true, ...Object.fromEntries(wanted.map((column) => [DETAIL_FIELDS[column], true])) };
  const rows = await inParts(ids, (part) => db.product.findMany({ where: { id: { in: part } }, select }));
  return new Map(
    rows.map((row) => {
      const of = row as Record<string, FieldValue> & { id: string }; // the columns selected above
      return [of.id, Object.fromEntries(wanted.map((column) => [column, of[DETAIL_FIELDS[column]] ?? null]))];
    }),
  );
}
