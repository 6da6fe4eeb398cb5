import type { HeldItem } from "./stored-item";

/** What a person gives where the feed gives none. */
export interface GivenForNew {
  sku?: string;
  name?: string;
}

/** What a held row still lacks to become a product, in words; null when nothing. */
export function lacksForNew(item: HeldItem | null, given: GivenForNew = {}): string | null {
  if (!item) return "Only the next run of this feed can make a product of it: this one kept no copy of the row.";
  const lacks = [!(given.sku || item.sku) && "a SKU", !(given.name || item.fields.name) && "a name"].filter(Boolean);
  return lacks.length > 0 ? `A new product needs ${lacks.join(" and ")}, which the feed does not give.` : null;
}

/** The item with what a person gave for it. */
export function completedItem(item: HeldItem, given: GivenForNew): HeldItem {
  return {
    ...item,
    sku: given.sku || item.sku,
    fields: given.name ? { ...item.fields, name: given.name } : item.fields,
  };
}
