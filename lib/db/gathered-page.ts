import "server-only";
import { db } from "./client";
import { filterSql, type ProductFilter } from "./product-filter";
import { keyOf, metafieldJoin, type ProductListRow, type SortedPage, selectRowsInOrder } from "./product-list";
import { queryRows } from "./raw";

export interface GatheredPage {
  /** All that match. */
  matches: number;
  rows: ProductListRow[];
}

/**
 * One page of a sorted list and the count of the whole, the matches gathered once; null where there are more than
 * `cap`, which is found out before anything is put in order.
 */
export async function selectGatheredPage(
  filter: ProductFilter,
  page: Omit<SortedPage, "plan">,
  cap: number,
): Promise<GatheredPage | null> {
  const { from, where, parameters, leading } = filterSql(filter);
  const { key, isTime } = keyOf(page.sort);
  const join = metafieldJoin(page.sort);
  const isBackward = page.before !== undefined;
  const cursor = cursorSql(page.before ?? page.after, { isBackward, isDescending: page.dir === "desc", isTime });
  const order = orderSql(isBackward, page.dir === "desc");
  const found = await queryRows<{ matches: number; id: string | null; key: string | number | Date | null }>(
    db,
    `WITH hits AS MATERIALIZED (
       SELECT p."id", ${key} AS "key" FROM ${from}${join.sql && ` LEFT JOIN ${join.sql}`} WHERE ${where} LIMIT ?
     ), counted AS (SELECT count(*) AS "matches" FROM hits),
     page AS (
       SELECT h."id", h."key" FROM hits h WHERE (SELECT "matches" FROM counted) <= ? AND ${cursor.sql}
       ORDER BY ${order} LIMIT ? OFFSET ?
     )
     SELECT counted."matches", h."id", h."key" FROM counted LEFT JOIN page h ON true ORDER BY ${order}`,
    ...parameters.toSpliced(leading, 0, ...join.parameters),
    cap + 1,
    cap,
    ...cursor.parameters,
    page.limit,
    page.offset ?? 0,
  );
  const matches = found[0]?.matches ?? 0;
  if (matches > cap) return null;
  const positions = found.flatMap((row) => {
    if (row.id === null) return [];
    return [{ id: row.id, key: row.key instanceof Date ? row.key.getTime() : row.key }];
  });
  if (isBackward) positions.reverse();
  return { matches, rows: await selectRowsInOrder(positions) };
}

/** Those without a key come last, whichever way the others are put. */
function orderSql(isBackward: boolean, isDescending: boolean) {
  const way = isDescending !== isBackward ? "DESC" : "ASC";
  return `h."key" IS NULL${isBackward ? " DESC" : ""}, h."key" ${way}, h."id" ${way}`;
}

interface Way {
  isBackward: boolean;
  isDescending: boolean;
  isTime: boolean;
}

function cursorSql(cursor: SortedPage["after"], { isBackward, isDescending, isTime }: Way) {
  if (!cursor) return { sql: "true", parameters: [] };
  const beyond = isDescending !== isBackward ? "<" : ">";
  if (cursor.key === null) {
    const sql = `(h."key" IS NULL AND h."id" ${beyond} ?)`;
    return { sql: isBackward ? `(${sql} OR h."key" IS NOT NULL)` : sql, parameters: [cursor.id] };
  }
  const sql = `(h."key", h."id") ${beyond} (?, ?)`;
  const parameters = [isTime ? new Date(cursor.key) : cursor.key, cursor.id];
  return { sql: isBackward ? sql : `(${sql} OR h."key" IS NULL)`, parameters };
}
