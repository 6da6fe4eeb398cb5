import type { FeedField, FeedKind } from "./feed-record";

/** The ERP list says what is stocked and what it costs; the content feed says what a product is. */
const COMMERCE: readonly FeedKind[] = ["erp", "csv", "shopify_csv", "etilize", "category_json"];
const CONTENT: readonly FeedKind[] = ["etilize", "shopify_csv", "csv", "erp", "category_json"];

const COMMERCE_FIELDS = new Set<string>([
  "priceCents",
  "compareAtPriceCents",
  "costPriceCents",
  "inventoryQuantity",
] satisfies FeedField[]);

/**
 * Whether a feed of kind `challenger` may replace a value that a feed of kind `owner` gave.
 * A source may always change what it said itself.
 */
export function mayReplace(field: string, challenger: FeedKind, owner: FeedKind): boolean {
  const order = COMMERCE_FIELDS.has(field) ? COMMERCE : CONTENT;
  return order.indexOf(challenger) <= order.indexOf(owner);
}
