import "server-only";
import type { ProductFilter } from "./product-filter";
import { hitsSql } from "./product-hits";
import { columnOf, keyOf, metafieldJoin, type SortedPage } from "./product-list";
import { type ProductListRow, selectRowsInOrder } from "./product-rows";
import { queryAside } from "./query-aside";

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
  const { key, isTime } = keyOf(page.sort);
  const join = metafieldJoin(page.sort);
  const hits = hitsSql(filter, typeof page.sort === "string" ? [columnOf(page.sort)] : [], cap + 1);
  const isBackward = page.before !== undefined;
  const cursor = cursorSql(page.before ?? page.after, { isBackward, isDescending: page.dir === "desc", isTime });
  const order = orderSql(isBackward, page.dir === "desc");
  const found = await queryAside<{ matches: number; id: string | null; key: string | number | Date | null }>(
    `WITH hits AS MATERIALIZED (${hits.sql}), counted AS (SELECT count(*) AS "matches" FROM hits),
     keyed AS (
       SELECT p."id", ${key} AS "key" FROM hits p${join.sql && ` LEFT JOIN ${join.sql}`}
       WHERE (SELECT "matches" FROM counted) <= ?
     ), page AS (SELECT h."id", h."key" FROM keyed h WHERE ${cursor.sql} ORDER BY ${order} LIMIT ? OFFSET ?)
     SELECT counted."matches", h."id", h."key" FROM counted LEFT JOIN page h ON true ORDER BY ${order}`,
    ...hits.parameters,
    ...join.parameters,
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
