import type { FeedField } from "./feed-record";

/** Product columns that feeds can speak of, every one once, as a query selects them. */
export const FEED_COLUMNS: Record<FeedField, true> = {
  name: true,
  description: true,
  shortDescription: true,
  brand: true,
  manufacturer: true,
  manufacturerPartNumber: true,
  upc: true,
  variation: true,
  priceCents: true,
  compareAtPriceCents: true,
  costPriceCents: true,
  inventoryQuantity: true,
  weightGrams: true,
  lengthMm: true,
  widthMm: true,
  heightMm: true,
  status: true,
  handle: true,
  seoTitle: true,
  seoDescription: true,
};
/** Their names: what is mapped, compared and ruled. */
// The keys of a literal are what its type says.
export const FEED_FIELDS = Object.keys(FEED_COLUMNS) as [FeedField, ...FeedField[]];
