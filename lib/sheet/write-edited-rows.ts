import "server-only";
import type { FieldSources } from "@/lib/catalog/field-source";
import { type BulkRow, deleteRows, updateRows, upsertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { MetafieldWrite } from "@/lib/metafields/plan-metafields";
import { typedColumns } from "@/lib/metafields/types";
import type { Prisma } from "@/prisma/generated/sqlite/client";

export interface EditedRow {
  id: string;
  data: Prisma.ProductUncheckedUpdateInput;
  metafields: MetafieldWrite[];
  sources: FieldSources;
}

/** Writes what was planned for many products: one statement for each set of columns, one for all metafields. */
export async function writeEditedRows(tx: Tx, edited: EditedRow[], now: Date) {
  const bySignature = new Map<string, BulkRow[]>();
  for (const { id, data, sources } of edited) {
    // planFields gives plain values and dates alone.
    const columns = data as BulkRow;
    const row: BulkRow = { id, ...columns, fieldSources: sources, contentHash: null, updatedAt: now };
    const signature = Object.keys(row).sort().join();
    bySignature.set(signature, [...(bySignature.get(signature) ?? []), row]);
  }
  for (const rows of bySignature.values()) await updateRows(tx, "Product", ["id"], rows, ["version"]);
  await writeMetafields(tx, edited, now);
}

const KEY = ["productId", "namespace", "key"];
const SET = ["type", "value", "numberValue", "dateValue", "source", "kept", "feedValue", "updatedAt"];

async function writeMetafields(tx: Tx, edited: EditedRow[], now: Date) {
  const writes = edited.flatMap(({ id, metafields }) => metafields.map((write) => ({ productId: id, ...write })));
  if (writes.length === 0) return;
  const last = await lastOrders(tx, [...new Set(writes.map((write) => write.productId))]);
  const set: BulkRow[] = [];
  const removed: BulkRow[] = [];
  for (const { productId, namespace, key, type, value, source } of writes) {
    if (value === null) {
      removed.push({ productId, namespace, key });
      continue;
    }
    const displayOrder = (last.get(productId) ?? 0) + 1;
    last.set(productId, displayOrder);
    const feedValue = source?.kept && source.feedValue != null ? String(source.feedValue) : null;
    set.push({
      ...{ productId, namespace, key, type, value, ...typedColumns(type, value) },
      source: source as BulkRow[string], // a BulkRow's null is SQL's
      ...{ kept: source?.kept ?? false, feedValue, displayOrder, createdAt: now, updatedAt: now },
    });
  }
  await upsertRows(tx, "ProductMetafield", KEY, SET, set);
  await deleteRows(tx, "ProductMetafield", KEY, removed);
}

/** A new metafield comes behind those that a product has. */
async function lastOrders(tx: Tx, ids: string[]) {
  const rows = await tx.productMetafield.groupBy({
    by: ["productId"],
    where: { productId: { in: ids } },
    _max: { displayOrder: true },
  });
  return new Map(rows.map((row) => [row.productId, row._max.displayOrder ?? 0]));
}
