import type { FeedField } from "./feed-record";

// Every field once: a field that feeds learn to speak of must be named here.
const FIELDS: Record<FeedField, true> = {
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
/** Product columns that feeds can speak of: what is mapped, compared and ruled. */
// The keys of a literal are what its type says.
export const FEED_FIELDS = Object.keys(FIELDS) as [FeedField, ...FeedField[]];
