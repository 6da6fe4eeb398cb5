import "server-only";
import { db } from "./client";
import type { MetafieldColumn } from "./filter/demand";
import { FACTS_INDEX } from "./filter/start";
import { metafieldTextKey } from "./metafield-text-key";
import { filterSql, type ProductFilter } from "./product-filter";
import { hitsSql } from "./product-hits";
import { type ProductListRow, type SortPosition, selectRowsInOrder } from "./product-rows";
import { queryAside } from "./query-aside";
import { queryRows } from "./raw";

/** Sorts, each with the column it goes by and SQLite's index of it. All but SKU and name may be null: nulls come last. */
const SORTS = {
  name: { column: "nameKey", index: "Product_nameKey_id_idx", isNullable: false },
  sku: { column: "sku", index: "Product_sku_key", isNullable: false },
  brand: { column: "brandKey", index: "Product_brandKey_id_idx", isNullable: true },
  price: { column: "priceCents", index: "Product_priceCents_id_idx", isNullable: true },
  stock: { column: "inventoryQuantity", index: "Product_inventoryQuantity_id_idx", isNullable: true },
  updated: { column: "updatedAt", index: "Product_updatedAt_id_idx", isNullable: false },
} as const;

export type ProductSort = keyof typeof SORTS | MetafieldColumn;
export type Direction = "asc" | "desc";

export interface SortedPage {
  sort: ProductSort;
  dir: Direction;
  /** Rows beyond this one, in the list's order; absent is the beginning. */
  after?: SortPosition;
  /** Rows before this one, the nearest; still given in the list's order. */
  before?: SortPosition;
  /** Rows left out first; for numbered pages. */
  offset?: number;
  limit: number;
  /** `walk` reads the sort's index until the page is full, `gather` collects all matches and sorts them. */
  plan: "walk" | "gather";
}

/** One page of a sorted list. */
export async function selectSortedPage(filter: ProductFilter, page: SortedPage): Promise<ProductListRow[]> {
  const segments: ("known" | "unknown")[] = keyOf(page.sort).isNullable ? ["known", "unknown"] : ["known"];
  const cursor = page.before ?? page.after;
  const isBackward = page.before !== undefined;
  if (isBackward) segments.reverse();
  const start = cursor && cursor.key === null ? "unknown" : "known";
  const found: SortPosition[] = [];
  let offset = page.offset ?? 0;
  for (const segment of cursor ? segments.slice(segments.indexOf(start)) : segments) {
    const limit = page.limit - found.length;
    if (limit === 0) break;
    const within = segment === start ? cursor : undefined;
    const rows = await selectSegment(filter, page, { segment, cursor: within, isBackward, limit, offset });
    found.push(...rows);
    // A page that begins in the second segment leaves out all of the first.
    if (offset > 0 && rows.length === 0 && segment === "known" && segments.length > 1) {
      offset -= await countKnown(filter, page);
    } else offset = 0;
  }
  if (isBackward) found.reverse();
  return selectRowsInOrder(found);
}

interface Segment {
  /** Rows with a sort key, or those without one, which come last both ways. */
  segment: "known" | "unknown";
  cursor: SortPosition | undefined;
  isBackward: boolean;
  limit: number;
  offset: number;
}

async function selectSegment(filter: ProductFilter, page: SortedPage, part: Segment): Promise<SortPosition[]> {
  const { key: sortKey, isNullable, isTime } = keyOf(page.sort);
  const id = idOf(filter, page, part.segment === "known");
  const isDescending = (page.dir === "desc") !== part.isBackward;
  const order = isDescending ? "DESC" : "ASC";
  const beyond = isDescending ? "<" : ">";
  const isKnown = part.segment === "known";
  const conditions = isNullable ? [`${sortKey} IS ${isKnown ? "NOT NULL" : "NULL"}`] : [];
  const place: (string | number | Date)[] = [];
  if (part.cursor && isKnown && part.cursor.key !== null) {
    conditions.push(`(${sortKey}, ${id}) ${beyond} (?, ?)`);
    place.push(isTime ? new Date(part.cursor.key) : part.cursor.key, part.cursor.id);
  } else if (part.cursor) {
    conditions.push(`${id} ${beyond} ?`);
    place.push(part.cursor.id);
  }
  const tail = `ORDER BY ${isKnown ? `${sortKey} ${order}, ` : ""}${id} ${order} LIMIT ? OFFSET ?`;
  const { sql, parameters } = source(filter, page, `p."id", ${sortKey} AS "key"`, conditions, isKnown);
  const ask = isWholeCatalogue(filter, page) ? askHere : queryAside;
  const rows = await ask<{ id: string; key: string | number | Date | null }>(
    `${sql} ${tail}`,
    ...parameters,
    ...place,
    part.limit,
    part.offset,
  );
  return rows.map(({ id, key }) => ({ id, key: key instanceof Date ? key.getTime() : key }));
}

async function countKnown(filter: ProductFilter, page: SortedPage) {
  const known = [`${keyOf(page.sort).key} IS NOT NULL`];
  const { sql, parameters } = source(filter, page, `count(*) AS "products"`, known, true);
  const [row] = await queryAside<{ products: number }>(sql, ...parameters);
  return row?.products ?? 0;
}

/** The expression a list goes by, on the product `p` or its metafield `s`. */
export function keyOf(sort: ProductSort) {
  if (typeof sort === "string") {
    const { column, isNullable } = SORTS[sort];
    return { key: `p."${column}"`, isNullable, isTime: sort === "updated" };
  }
  const key = sort.by === "value" ? metafieldTextKey("s") : `s."${sort.by}"`;
  return { key, isNullable: true, isTime: sort.by === "dateValue" };
}

/** The product's own column that a list goes by. */
export function columnOf(sort: keyof typeof SORTS): string {
  return SORTS[sort].column;
}

/** The metafield `s` that a list goes by, to be joined; nothing where it goes by the product's own. */
export function metafieldJoin(sort: ProductSort): { sql: string; parameters: string[] } {
  if (typeof sort === "string") return { sql: "", parameters: [] };
  return {
    sql: `"ProductMetafield" s ON s."productId" = p."id" AND s."namespace" = ? AND s."key" = ?`,
    parameters: [sort.namespace, sort.key],
  };
}

/** A SELECT of `what` of the matching products `p`; the parameters of `conditions` come after its own. */
function source(filter: ProductFilter, page: SortedPage, what: string, conditions: string[], isKnown: boolean) {
  if (typeof page.sort !== "string") return metafieldSource(filter, page, page.sort, { what, conditions, isKnown });
  const { column, index } = SORTS[page.sort];
  if (isWalk(filter, page)) {
    const { from, where, parameters } = filterSql(filter, { index });
    return { sql: `SELECT ${what} FROM ${from} WHERE ${[where, ...conditions].join(" AND ")}`, parameters };
  }
  const hits = hitsSql(filter, [column]);
  const sql = `WITH hits AS MATERIALIZED (${hits.sql}) SELECT ${what} FROM hits p WHERE ${conditions.join(" AND ") || "true"}`;
  return { sql, parameters: hits.parameters };
}

/** The matches beside their metafield `s`: in the order of its values, then those without it in that of their ids. */
function metafieldSource(
  filter: ProductFilter,
  page: SortedPage,
  sort: MetafieldColumn,
  { what, conditions, isKnown }: { what: string; conditions: string[]; isKnown: boolean },
) {
  const join = metafieldJoin(sort);
  if (isWalk(filter, page)) {
    const { from, where, parameters, leading } = filterSql(filter, isKnown ? sort : { index: FACTS_INDEX });
    const beside = isKnown ? { sql: "", parameters: [] } : { ...join, sql: `LEFT JOIN ${join.sql}` };
    const sql = `SELECT ${what} FROM ${from} ${beside.sql} WHERE ${[where, ...conditions].join(" AND ")}`;
    return { sql, parameters: parameters.toSpliced(leading, 0, ...beside.parameters) };
  }
  const hits = hitsSql(filter, []);
  const sql = `WITH hits AS MATERIALIZED (${hits.sql})
    SELECT ${what} FROM hits p ${isKnown ? "" : "LEFT "}JOIN ${join.sql} WHERE ${conditions.join(" AND ")}`;
  return { sql, parameters: [...hits.parameters, ...join.parameters] };
}

/** The id as the index of the list's order holds it, so that it is read in that order to its end. */
function idOf(filter: ProductFilter, page: SortedPage, isKnown: boolean) {
  return isKnown && typeof page.sort !== "string" && isWalk(filter, page) ? `s."productId"` : `p."id"`;
}

/** Read from its index as it stands, a page takes next to nothing and need not wait behind long lists. */
function isWholeCatalogue(filter: ProductFilter, page: SortedPage) {
  const { scope, brands, demands, priceFromCents, priceToCents, stock, hasImage, updatedSince } = filter;
  const isFiltered = [demands, priceFromCents, priceToCents, stock, hasImage, updatedSince].some(
    (part) => part !== undefined,
  );
  return (
    isWalk(filter, page) && typeof page.sort === "string" && scope.kind === "all" && brands.length === 0 && !isFiltered
  );
}

function askHere<Row>(sql: string, ...parameters: (string | number | Date)[]) {
  return queryRows<Row>(db, sql, ...parameters);
}

function isWalk(filter: ProductFilter, { plan }: SortedPage) {
  return plan === "walk" && !filter.terms;
}
