import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

interface StoredValue {
  productId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
}

/** What these products say in these metafields. At most 1,000 products and 40 metafields. */
export async function selectMetafieldValues(
  productIds: readonly string[],
  metafields: readonly { namespace: string; key: string }[],
): Promise<StoredValue[]> {
  if (productIds.length === 0 || metafields.length === 0) return [];
  const marks = productIds.map(() => "?").join(", ");
  // Each is one step into the index of a product's metafields.
  const places = metafields.map(() => `(m."namespace" = ? AND m."key" = ?)`).join(" OR ");
  return queryRows<StoredValue>(
    db,
    `SELECT m."productId", m."namespace", m."key", m."type", m."value" FROM "ProductMetafield" m
     WHERE m."productId" IN (${marks}) AND (${places})`,
    ...productIds,
    ...metafields.flatMap(({ namespace, key }) => [namespace, key]),
  );
}
