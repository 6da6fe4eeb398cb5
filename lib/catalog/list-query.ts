import type { ProductListRow } from "@/lib/db/product-rows";
import type { Reading } from "@/lib/search/read-query";
import type { Cursor } from "./cursor";
import type { ProductSearch } from "./product-search";

/** Where the list is: the whole catalogue, the queue of products without a category, or a category's id. */
export type ListPlace = { kind: "all" } | { kind: "uncategorised" } | { kind: "category"; id: string };

/** What is asked for; the parts of a ProductSearch that a script may leave out have defaults. */
export type ListQuery = Partial<Omit<ProductSearch, "size" | "columns" | "refused" | "view">> & {
  place?: ListPlace;
  /** Rows a page, at most 200. */
  size?: number;
  /** Counts from 1; for scripts. Deep pages cost more than cursors. */
  page?: number;
  /** Count and rank all matches, however many. */
  exact?: boolean;
};

export interface ProductList {
  rows: ProductListRow[];
  total: { count: number; isCapped: boolean };
  /** How many rows stand before the first one. */
  offset: number;
  previous: Cursor | null;
  next: Cursor | null;
  /** Conditions that could not be asked, in words; the list is shown without them. */
  problems: string[];
  /** How the words searched for were taken; null without a search. */
  reading: ShownReading | null;
}

export interface ShownReading extends Pick<Reading, "kind" | "shown"> {
  /** A spelling that finds more, where what was typed finds next to nothing. */
  didYouMean?: string;
  /** Other names of the same things, which are looked for too. */
  alsoNamed: string[];
}
