import "server-only";
import { USES_COUNTED } from "@/lib/metafields/definitions/uses-words";
import { db } from "./client";
import { metafieldTextKey } from "./metafield-text-key";
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
  /** Where it stands among the definition's values. */
  position: ValuePosition;
}

export interface ValuePosition {
  textKey: string;
  productId: string;
}

/** The values of one definition after `after`, in the order of their texts: each once while none is changed. */
export async function listValues(
  { namespace, key }: { namespace: string; key: string },
  after: ValuePosition | null,
  take: number,
): Promise<StoredValue[]> {
  const textKey = metafieldTextKey();
  const rows = await queryRows<Omit<StoredValue, "position"> & { textKey: string }>(
    db,
    `SELECT "id", "productId", "type", "value", ${textKey} AS "textKey" FROM "ProductMetafield"
     WHERE "namespace" = ? AND "key" = ?${after ? ` AND (${textKey}, "productId") > (?, ?)` : ""}
     ORDER BY ${textKey}, "productId" LIMIT ?`,
    namespace,
    key,
    ...(after ? [after.textKey, after.productId] : []),
    take,
  );
  return rows.map(({ textKey, ...row }) => ({ ...row, position: { textKey, productId: row.productId } }));
}
