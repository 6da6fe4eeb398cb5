import "server-only";
import { USES_COUNTED } from "@/lib/metafields/definitions/uses-words";
import { db, engine } from "./client";
import { queryRows } from "./raw";

/** How many products carry each definition, counted up to `USES_COUNTED`, by id. One statement over the index of names. */
export async function countUses(ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const marks = ids.map(() => "?").join(", ");
  const rows = await queryRows<{ id: string; uses: number }>(
    db,
    `SELECT d."id", (SELECT count(*) FROM (SELECT 1 FROM "ProductMetafield" m
       WHERE m."namespace" = d."namespace" AND m."key" = d."key" LIMIT ${USES_COUNTED}) counted) AS "uses"
     FROM "MetafieldDefinition" d WHERE d."id" IN (${marks})`,
    ...ids,
  );
  return new Map(rows.map(({ id, uses }) => [id, uses]));
}

export interface StoredValue {
  id: number;
  productId: string;
  type: string;
  value: string;
}

/** The values of one definition after `after`, in the order of their ids. */
export function listValues(
  { namespace, key }: { namespace: string; key: string },
  after: number,
  take: number,
): Promise<StoredValue[]> {
  // SQLite's index ends with the row's id: a range of it is in this order already.
  const hint = engine() === "sqlite" ? ` INDEXED BY "ProductMetafield_namespace_key_idx"` : "";
  return queryRows(
    db,
    `SELECT "id", "productId", "type", "value" FROM "ProductMetafield"${hint}
     WHERE "namespace" = ? AND "key" = ? AND "id" > ? ORDER BY "id" LIMIT ?`,
    namespace,
    key,
    after,
    take,
  );
}
