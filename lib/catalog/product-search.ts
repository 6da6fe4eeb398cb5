import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
import { type Cursor, encodeCursor } from "./cursor";
import { type Conditions, isMetafieldId, type MetafieldId, NO_CONDITIONS } from "./filter/condition";
import { writeGroup } from "./filter/condition-text";

export const PRODUCT_SORTS = ["relevance", "name", "sku", "brand", "price", "stock", "updated"] as const;
export const PAGE_SIZES = [25, 50, 100] as const;
export const COLUMN_IDS = [
  "image",
  "sku",
  "name",
  "brand",
  "price",
  "stock",
  "status",
  "category",
  "updated",
  "compareAt",
  "cost",
  "manufacturer",
  "mpn",
  "upc",
  "grade",
  "created",
  "shortDescription",
  "description",
  "weight",
  "length",
  "width",
  "height",
  "seoTitle",
  "seoDescription",
] as const;
export type FixedColumnId = (typeof COLUMN_IDS)[number];
/** A column of the product's own, or a metafield. */
export type ColumnId = FixedColumnId | MetafieldId;
export type SortId = (typeof PRODUCT_SORTS)[number] | MetafieldId;
/** Columns of one table; more would be no table that a person reads. */
export const MOST_COLUMNS = 40;

/** The state of the product list; all of it is in its address. */
export interface ProductSearch {
  q: string;
  /** The words as they are typed: no other spelling, no other names of the same thing. */
  literal?: boolean;
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
  /** What else a product must be, beside all of the above. */
  conditions: Conditions;
  /** Parts of the address's conditions that none could be made of, as they stand there. */
  refused: string[];
  /** The saved view that the list began as; `none` is none, whatever the person's own default. */
  view?: string;
  sort: SortId;
  dir: "asc" | "desc";
  after?: Cursor;
  before?: Cursor;
  size: (typeof PAGE_SIZES)[number];
  /** The columns shown, in order; absent is the person's own default. */
  columns?: ColumnId[];
  /** A sheet to type into instead of the table. */
  mode?: "grid";
}

/** The list's address with `changes`; a change of anything but the page begins at the first page. */
export function productListHref(base: string, search: ProductSearch, changes: Partial<ProductSearch> = {}): string {
  const next = { ...search, after: undefined, before: undefined, ...changes };
  const params = new URLSearchParams();
  const set = (name: string, value: string | undefined | false) => value && params.set(name, value);
  set("q", next.q.trim());
  set("literal", next.literal === true && next.q.trim() !== "" && "yes");
  for (const status of next.status) params.append("status", status);
  for (const brand of next.brand) params.append("brand", brand);
  set("priceFrom", toPrice(next.priceFrom));
  set("priceTo", toPrice(next.priceTo));
  set("stock", next.stock);
  set("image", next.image === undefined ? undefined : next.image ? "yes" : "no");
  set("own", next.own && "yes");
  set("since", next.since);
  set("match", next.conditions.join === "any" && next.conditions.groups.length > 1 && "any");
  for (const group of next.conditions.groups) params.append("filter", writeGroup(group));
  const usual = next.q.trim() ? "relevance" : "name";
  if (next.sort !== usual && !(next.sort === "relevance" && !next.q.trim())) set("sort", next.sort);
  set("dir", next.dir === "desc" && next.dir);
  set("size", next.size !== 50 && String(next.size));
  set("columns", next.columns && writeColumns(next.columns));
  // A view's name alone stands for all that the view says.
  if (next.view && next.view !== "none" && params.size === 0) params.set("q", "");
  set("view", next.view);
  set("mode", next.mode);
  set("after", next.after && encodeCursor(next.after));
  set("before", next.before && encodeCursor(next.before));
  const query = readable(params.toString());
  return query ? `${base}?${query}` : base;
}

/** `sku.name`; with metafields, whose names hold dots, `sku,name,m.etilize.color`. */
export function writeColumns(columns: readonly ColumnId[]): string {
  return columns.join(columns.some(isMetafieldId) ? "," : ".");
}

/** What `writeColumns` wrote; parts that are no column are counted alone. */
export function readColumns(text: string): { columns: ColumnId[]; unknown: number } {
  const parts = text.split(",").flatMap((part) => (isMetafieldId(part) ? [part] : part.split(".")));
  const columns = parts.filter((id): id is ColumnId => isMetafieldId(id) || COLUMN_IDS.some((column) => column === id));
  return { columns: [...new Set(columns)].slice(0, MOST_COLUMNS), unknown: parts.length - columns.length };
}

/** Signs that an address may hold as they are, so that people can read a filter. */
function readable(query: string) {
  return query.replace(/%3A|%2C|%3B/g, decodeURIComponent);
}

/** The same list without a filter or search. */
export function withoutFilters(search: ProductSearch): ProductSearch {
  const { size, columns, dir, view, mode } = search;
  const sort = search.sort === "relevance" ? "name" : search.sort;
  return {
    q: "",
    status: [],
    brand: [],
    own: false,
    conditions: NO_CONDITIONS,
    refused: [],
    sort,
    dir,
    size,
    columns,
    view,
    mode,
  };
}

export function isFiltered(search: ProductSearch): boolean {
  const { status, brand, priceFrom, priceTo, stock, image, own, since, conditions } = search;
  return (
    status.length + brand.length + conditions.groups.length > 0 ||
    own ||
    [priceFrom, priceTo, stock, image, since].some((value) => value !== undefined)
  );
}

export function toPrice(cents: number | undefined) {
  return cents === undefined ? undefined : (cents / 100).toFixed(2).replace(/\.00$/, "");
}
