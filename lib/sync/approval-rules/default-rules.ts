import type { Rule } from "./approval-rule";

/** What a fresh shop lets pass; the rest waits: new products, content, categories, missing ones. */
export const DEFAULT_RULES: readonly Rule[] = [
  {
    name: "Price within 10 %",
    sourceId: null,
    field: "priceCents",
    maxIncreasePercent: 10,
    maxDecreasePercent: 10,
  },
  {
    name: "Stock within 50 %",
    sourceId: null,
    field: "inventoryQuantity",
    maxIncreasePercent: 50,
    maxDecreasePercent: 50,
  },
];
