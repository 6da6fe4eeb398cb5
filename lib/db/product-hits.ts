import "server-only";
import { FACTS_INDEX } from "./filter/start";
import { alternativesOf, type FilterSql, filterSql, type ProductFilter } from "./product-filter";
import { queryAside } from "./query-aside";

/** A SELECT of the id and these columns of every matching product, once, in no order; not many more than `cap` of them. */
export function hitsSql(
  filter: ProductFilter,
  columns: string[],
  cap?: number,
): Pick<FilterSql, "parameters"> & { sql: string } {
  const what = ["id", ...columns].map((column) => `p."${column}"`).join(", ");
  const limit = cap === undefined ? "" : ` LIMIT ${cap}`;
  const found = alternativesOf(filter).map((one) => filterSql(one));
  const selects = found.map(({ from, where }) => `SELECT ${what} FROM ${from} WHERE ${where}${limit}`);
  const [only = ""] = selects;
  return {
    sql: selects.length === 1 ? only : selects.map((select, at) => `SELECT * FROM (${select}) a${at}`).join(" UNION "),
    parameters: found.flatMap(({ parameters }) => parameters),
  };
}

/** How many products match; counting stops at `cap`. */
export async function countProducts(filter: ProductFilter, cap?: number): Promise<number> {
  const hits = alternativesOf(filter).length === 1 ? matchesSql(filter, cap) : hitsSql(filter, [], cap);
  const sql = `SELECT count(*) AS "products" FROM (${hits.sql}) counted`;
  const [row] = await queryAside<{ products: number }>(sql, ...hits.parameters);
  return row?.products ?? 0;
}

/** Names no column: an index that answers the filter then answers all. */
function matchesSql(filter: ProductFilter, cap: number | undefined) {
  const { from, where, parameters } = filterSql(filter);
  return { sql: `SELECT 1 FROM ${from} WHERE ${where}${cap === undefined ? "" : ` LIMIT ${cap}`}`, parameters };
}

/** Matches up to this many are found once, not looked for in every part of the catalogue. */
const AT_ONCE = 20_000;

/**
 * Ids of matching products in their own order, `size` at a time, from the one after `from` on ("" is the beginning).
 * Few are gathered at the start; many are looked for part by part, each product of the catalogue read once.
 */
export async function* selectIds(filter: ProductFilter, size: number, from: string): AsyncGenerator<string[]> {
  const few = await gatheredIds(filter);
  if (few) {
    const wanted = few.filter((id) => id > from);
    for (let at = 0; at < wanted.length; at += size) yield wanted.slice(at, at + size);
    return;
  }
  for (let after = from; ; ) {
    const ids = await selectIdsAfter(filter, after, size);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (!last || ids.length < size) return;
    after = last;
  }
}

async function gatheredIds(filter: ProductFilter) {
  const { sql, parameters } = hitsSql(filter, [], AT_ONCE + 1);
  const rows = await queryAside<{ id: string }>(sql, ...parameters);
  // Ids are plain letters: both engines and this put them in the same order.
  return rows.length > AT_ONCE ? null : rows.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1));
}

/** Ids of matching products in their own order, from the one after `after` on ("" is the beginning). */
export async function selectIdsAfter(filter: ProductFilter, after: string, limit: number): Promise<string[]> {
  const { from, where, parameters } = filterSql(filter, filter.demands && { index: FACTS_INDEX });
  const sql = `SELECT p."id" FROM ${from} WHERE ${where} AND p."id" > ? ORDER BY p."id" LIMIT ?`;
  const rows = await queryAside<{ id: string }>(sql, ...parameters, after, limit);
  return rows.map(({ id }) => id);
}
