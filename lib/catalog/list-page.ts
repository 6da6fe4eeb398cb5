import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { ProductSort, SortedPage } from "@/lib/db/product-list";
import type { ProductListRow, SortPosition } from "@/lib/db/product-rows";
import { sortColumn } from "@/lib/metafields/sort-column";
import { type Cursor, fitsSort } from "./cursor";
import { isMetafieldId, metafieldOf } from "./filter/condition";
import { metafieldTypes } from "./filter/resolve-conditions";
import type { ListQuery, ProductList } from "./list-query";

/** All but what could not be asked. */
export type Matches = Omit<ProductList, "problems" | "reading">;

export const NOTHING_FOUND: Matches = {
  rows: [],
  total: { count: 0, isCapped: false },
  offset: 0,
  previous: null,
  next: null,
};

/** What the list goes by: a metafield by the column that its type's values compare in. */
export async function sortOf(actor: Actor, { sort }: ListQuery): Promise<ProductSort> {
  if (!sort || sort === "relevance") return "name";
  if (!isMetafieldId(sort)) return sort;
  const { namespace, key } = metafieldOf(sort);
  const type = (await metafieldTypes(actor, [sort])).get(`${namespace}.${key}`) ?? "";
  return { namespace, key, by: sortColumn(type) };
}

/** A page of the list; one row more than shown tells whether there is another page beyond it. */
export function pageOf(
  query: ListQuery,
  sort: ProductSort,
): Omit<SortedPage, "plan"> & Pick<ListQuery, "after" | "before"> {
  const limit = query.size ?? 50;
  const offset = query.page ? (query.page - 1) * limit : 0;
  return {
    sort,
    dir: query.dir ?? "asc",
    ...cursors(query, typeof sort === "string" ? sort : sort.by),
    offset,
    limit: limit + 1,
  };
}

export function toMatches(
  found: ProductListRow[],
  page: ReturnType<typeof pageOf>,
  total: ProductList["total"],
): Matches {
  const { after, before, offset = 0 } = page;
  const limit = page.limit - 1;
  const hasMore = found.length > limit;
  const rows = before ? found.slice(hasMore ? 1 : 0) : found.slice(0, limit);
  const start = before ? Math.max(0, before.rank - rows.length) : after ? after.rank + 1 : offset;
  const first = rows[0];
  const last = rows.at(-1);
  const hasPrevious = before ? hasMore : after !== undefined || offset > 0;
  const hasNext = before ? true : hasMore;
  return {
    rows,
    total,
    // Counted from the end of a list that changed meanwhile, the first page could be told to begin elsewhere.
    offset: hasPrevious ? start : 0,
    previous: hasPrevious && first ? toCursor(first.position, start) : null,
    next: hasNext && last ? toCursor(last.position, start + rows.length - 1) : null,
  };
}

/** A cursor of another order means the first page. */
export function cursors({ after, before }: ListQuery, sort: string) {
  return {
    after: after && fitsSort(after, sort) ? after : undefined,
    before: before && fitsSort(before, sort) ? before : undefined,
  };
}

function toCursor({ key, id }: SortPosition, rank: number): Cursor {
  return { key, id, rank };
}
