import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countedTree } from "@/lib/categories/category-tree";
import { selectIds } from "@/lib/db/product-hits";
import { selectSortedPage } from "@/lib/db/product-list";
import type { ProductListRow, SortPosition } from "@/lib/db/product-rows";
import { toFilter } from "./list-filter";
import { sortOf } from "./list-page";
import { listProducts } from "./list-products";
import type { ListQuery } from "./list-query";
import { choosePlan, countMatches } from "./list-total";

/**
 * Ids of all products that a list means, however many, in the order of their ids and `size` at a time, from behind `from`.
 * @throws {AppError} as `listProducts`
 */
export async function* listProductIds(
  actor: Actor,
  query: ListQuery,
  size: number,
  from = "",
): AsyncGenerator<string[]> {
  assertCan(actor, "catalog:read");
  const { filter } = await toFilter(actor, await countedTree(), query);
  if (query.q?.trim() && !filter.terms) return;
  yield* selectIds(filter, size, from);
}

/** How many products a list holds, however many. @throws {AppError} as `listProducts` */
export async function countWhole(actor: Actor, query: ListQuery): Promise<number> {
  assertCan(actor, "catalog:read");
  const catalogue = await countedTree();
  const { counts } = catalogue;
  const { filter } = await toFilter(actor, catalogue, query);
  if (query.q?.trim() && !filter.terms) return 0;
  return (await countMatches(filter, counts, { ...query, exact: true })).count;
}

/**
 * All products of a list in its own order, `size` at a time: what its pages put together show.
 * @throws {AppError} as `listProducts`
 */
export async function* listEveryProduct(
  actor: Actor,
  query: ListQuery,
  size: number,
): AsyncGenerator<ProductListRow[]> {
  assertCan(actor, "catalog:read");
  const catalogue = await countedTree();
  const { counts } = catalogue;
  const { filter } = await toFilter(actor, catalogue, query);
  if (query.q?.trim() && !filter.terms) return;
  if (filter.terms && (query.sort ?? "relevance") === "relevance") {
    // The best come first, those beyond what is ranked after them.
    for (let page = 1; ; page++) {
      const { rows, next } = await listProducts(actor, { ...query, page, size, exact: true });
      if (rows.length > 0) yield rows;
      if (!next) return;
    }
  }
  const sort = await sortOf(actor, query);
  const total = await countMatches(filter, counts, { ...query, exact: false });
  const plan = choosePlan(filter, total, size, counts.all + counts.archived);
  for (let after: SortPosition | undefined; ; ) {
    const rows = await selectSortedPage(filter, { sort, dir: query.dir ?? "asc", after, limit: size, plan });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.position;
    if (!after || rows.length < size) return;
  }
}
