import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
import { type Cursor, encodeCursor } from "./cursor";

export const PRODUCT_SORTS = ["relevance", "name", "sku", "brand", "price", "stock", "updated"] as const;
export const PAGE_SIZES = [25, 50, 100] as const;
export const COLUMN_IDS = ["image", "sku", "name", "brand", "price", "stock", "status", "category", "updated"] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** The state of the product list; all of it is in its address. */
export interface ProductSearch {
  q: string;
  /** None is drafts and active products: the archived are shown when asked for. */
  status: ProductStatus[];
  /** Any of these. */
  brand: string[];
  /** Cents. */
  priceFrom?: number;
  priceTo?: number;
  stock?: "in" | "out" | "unknown";
  image?: boolean;
  /** Only the category itself, without those below it. */
  own: boolean;
  /** A day, from its beginning in UTC. */
  since?: string;
  sort: (typeof PRODUCT_SORTS)[number];
  dir: "asc" | "desc";
  after?: Cursor;
  before?: Cursor;
  size: (typeof PAGE_SIZES)[number];
  /** The columns shown, in order; absent is the person's own default. */
  columns?: ColumnId[];
}

/** The list's address with `changes`; a change of anything but the page begins at the first page. */
export function productListHref(base: string, search: ProductSearch, changes: Partial<ProductSearch> = {}): string {
  const next = { ...search, after: undefined, before: undefined, ...changes };
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined | false) => value && params.set(name, value);
  set("q", next.q.trim());
  for (const status of next.status) params.append("status", status);
  for (const brand of next.brand) params.append("brand", brand);
  set("priceFrom", toPrice(next.priceFrom));
  set("priceTo", toPrice(next.priceTo));
  set("stock", next.stock);
  set("image", next.image === undefined ? undefined : next.image ? "yes" : "no");
  set("own", next.own && "yes");
  set("since", next.since);
  const usual = next.q.trim() ? "relevance" : "name";
  if (next.sort !== usual && !(next.sort === "relevance" && !next.q.trim())) set("sort", next.sort);
  set("dir", next.dir === "desc" && next.dir);
  set("size", next.size !== 50 && String(next.size));
  set("columns", next.columns?.join("."));
  set("after", next.after && encodeCursor(next.after));
  set("before", next.before && encodeCursor(next.before));
  const query = params.toString();
  return query ? `${base}?${query}` : base;
}

/** The same list without a filter or search. */
export function withoutFilters(search: ProductSearch): ProductSearch {
  const { size, columns, dir } = search;
  const sort = search.sort === "relevance" ? "name" : search.sort;
  return { q: "", status: [], brand: [], own: false, sort, dir, size, columns };
}

export function isFiltered(search: ProductSearch): boolean {
  const { status, brand, priceFrom, priceTo, stock, image, own, since } = search;
  return (
    status.length + brand.length > 0 ||
    own ||
    [priceFrom, priceTo, stock, image, since].some((value) => value !== undefined)
  );
}

export function toPrice(cents: number | undefined) {
  return cents === undefined ? undefined : (cents / 100).toFixed(2).replace(/\.00$/, "");
}
