import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { parseProductSearch } from "@/lib/catalog/search-params";

/** A list's state as a view keeps it: the address's query, without the page, the view it began as and how it is shown. */
export function viewQuery(search: ProductSearch): string {
  return productListHref("", {
    ...search,
    view: undefined,
    mode: undefined,
    after: undefined,
    before: undefined,
  }).slice(1);
}

/** Reads a stored query; anything wrong in it falls back alone, as in an address. */
export function parseViewQuery(query: string): ProductSearch {
  const params: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const held = params[name];
    params[name] = held === undefined ? value : [held, value].flat();
  }
  return parseProductSearch(params);
}

/** Whether the list shows something else than its view says. */
export function isChanged(view: { query: string }, search: ProductSearch): boolean {
  return viewQuery(parseViewQuery(view.query)) !== viewQuery(search);
}

/** Names in an address that say something of the list itself: without any of them the view speaks. */
const PAGING = new Set(["view", "mode", "after", "before"]);

export function saysNothing(params: Record<string, unknown>): boolean {
  return Object.keys(params).every((name) => PAGING.has(name));
}
