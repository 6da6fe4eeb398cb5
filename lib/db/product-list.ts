import "server-only";
import type { ProductStatus, StockStatus } from "@/prisma/generated/sqlite/enums";
import { db } from "./client";
import { filterSql, type ProductFilter } from "./product-filter";
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

/** A metafield that the list goes by: most products may lack it, and come last. */
export interface MetafieldSort {
  namespace: string;
  key: string;
  by: "value" | "numberValue" | "dateValue";
}
export type ProductSort = keyof typeof SORTS | MetafieldSort;
export type Direction = "asc" | "desc";

/** A place in a sorted list: times as milliseconds. */
export interface SortPosition {
  key: string | number | null;
  id: string;
}

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

export interface ProductListRow {
  id: string;
  sku: string;
  name: string;
  brand: string | null;
  priceCents: number | null;
  inventoryQuantity: number | null;
  stockStatus: StockStatus;
  status: ProductStatus;
  updatedAt: Date;
  createdAt: Date;
  compareAtPriceCents: number | null;
  costPriceCents: number | null;
  manufacturer: string | null;
  manufacturerPartNumber: string | null;
  upc: string | null;
  /** A to E; null where nobody has worked it out yet. */
  grade: string | null;
  categoryName: string | null;
  categoryPath: string | null;
  /** The picture to show, as `/api/images/` names it: id and hash; null where none has been fetched. */
  picture: string | null;
  /** Where the row stands in its list. */
  position: SortPosition;
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

/** What the list shows of these products, in the order of the ids. */
export function selectRowsOf(ids: readonly string[]): Promise<ProductListRow[]> {
  return selectRowsInOrder(ids.map((id) => ({ id, key: null })));
}

/** How many products match; counting stops at `cap`. */
export async function countProducts(filter: ProductFilter, cap?: number): Promise<number> {
  const { from, where, parameters } = filterSql(filter);
  const limit = cap === undefined ? "" : `LIMIT ${cap}`;
  const sql = `SELECT count(*) AS "products" FROM (SELECT 1 FROM ${from} WHERE ${where} ${limit}) counted`;
  const [row] = await queryRows<{ products: number }>(db, sql, ...parameters);
  return row?.products ?? 0;
}

/** Ids of matching products in their own order, from the one after `after` on ("" is the beginning). */
export async function selectIdsAfter(filter: ProductFilter, after: string, limit: number): Promise<string[]> {
  const { from, where, parameters } = filterSql(filter);
  const sql = `SELECT p."id" FROM ${from} WHERE ${where} AND p."id" > ? ORDER BY p."id" LIMIT ?`;
  const rows = await queryRows<{ id: string }>(db, sql, ...parameters, after, limit);
  return rows.map(({ id }) => id);
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
  const isDescending = (page.dir === "desc") !== part.isBackward;
  const order = isDescending ? "DESC" : "ASC";
  const beyond = isDescending ? "<" : ">";
  const isKnown = part.segment === "known";
  const conditions = isNullable ? [`${sortKey} IS ${isKnown ? "NOT NULL" : "NULL"}`] : [];
  const place: (string | number | Date)[] = [];
  if (part.cursor && isKnown && part.cursor.key !== null) {
    conditions.push(`(${sortKey}, p."id") ${beyond} (?, ?)`);
    place.push(isTime ? new Date(part.cursor.key) : part.cursor.key, part.cursor.id);
  } else if (part.cursor) {
    conditions.push(`p."id" ${beyond} ?`);
    place.push(part.cursor.id);
  }
  const tail = `ORDER BY ${isKnown ? `${sortKey} ${order}, ` : ""}p."id" ${order} LIMIT ? OFFSET ?`;
  const { sql, parameters } = source(filter, page, `p."id", ${sortKey} AS "key"`, conditions, isKnown);
  const rows = await queryRows<{ id: string; key: string | number | Date | null }>(
    db,
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
  const [row] = await queryRows<{ products: number }>(db, sql, ...parameters);
  return row?.products ?? 0;
}

/** The expression a list goes by, on the product `p` or its metafield `s`. */
export function keyOf(sort: ProductSort) {
  if (typeof sort === "string") {
    const { column, isNullable } = SORTS[sort];
    return { key: `p."${column}"`, isNullable, isTime: sort === "updated" };
  }
  // Small and capital letters stand together; longer texts differ too late to matter on a screen.
  const key = sort.by === "value" ? `substr(lower(s."value"), 1, 120)` : `s."${sort.by}"`;
  return { key, isNullable: true, isTime: sort.by === "dateValue" };
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
  const isWalk = page.plan === "walk" && !filter.terms;
  const { from, where, parameters } = filterSql(filter, isWalk ? { index } : undefined);
  if (isWalk) return { sql: `SELECT ${what} FROM ${from} WHERE ${[where, ...conditions].join(" AND ")}`, parameters };
  const hits = `WITH hits AS MATERIALIZED (SELECT p."id", p."${column}" FROM ${from} WHERE ${where})`;
  return { sql: `${hits} SELECT ${what} FROM hits p WHERE ${conditions.join(" AND ") || "true"}`, parameters };
}

/**
 * The matches beside their metafield `s`. No index holds a metafield's values in order: a page costs as much as the
 * metafield is frequent, among the matches where these are few.
 */
function metafieldSource(
  filter: ProductFilter,
  { plan }: SortedPage,
  sort: MetafieldSort,
  { what, conditions, isKnown }: { what: string; conditions: string[]; isKnown: boolean },
) {
  if (plan === "walk" && !filter.terms && isKnown) {
    const { from, where, parameters } = filterSql(filter, sort);
    return { sql: `SELECT ${what} FROM ${from} WHERE ${[where, ...conditions].join(" AND ")}`, parameters };
  }
  const { from, where, parameters, leading } = filterSql(filter);
  const join = metafieldJoin(sort);
  if (plan === "walk" && !filter.terms) {
    const sql = `SELECT ${what} FROM ${from} LEFT JOIN ${join.sql} WHERE ${[where, ...conditions].join(" AND ")}`;
    return { sql, parameters: parameters.toSpliced(leading, 0, ...join.parameters) };
  }
  const hits = `WITH hits AS MATERIALIZED (SELECT p."id" FROM ${from} WHERE ${where})`;
  const sql = `${hits} SELECT ${what} FROM hits p ${isKnown ? "" : "LEFT "}JOIN ${join.sql} WHERE ${conditions.join(" AND ")}`;
  return { sql, parameters: [...parameters, ...join.parameters] };
}

/** What the list shows of these products, in their order. */
export async function selectRowsInOrder(positions: SortPosition[]): Promise<ProductListRow[]> {
  if (positions.length === 0) return [];
  const rows = await queryRows<
    Omit<ProductListRow, "position" | "updatedAt" | "createdAt"> &
      Record<"updatedAt" | "createdAt", Date | number | string>
  >(
    db,
    `SELECT p."id", p."sku", p."name", p."brand", p."priceCents", p."inventoryQuantity", p."stockStatus", p."status",
        p."updatedAt", p."createdAt", p."compareAtPriceCents", p."costPriceCents", p."manufacturer",
        p."manufacturerPartNumber", p."upc",
        (SELECT q."grade" FROM "ProductQuality" q WHERE q."productId" = p."id") AS "grade", c."name" AS "categoryName", c."path" AS "categoryPath",
        (SELECT i."id" || ' ' || coalesce(i."fileHash", '') FROM "ProductImage" i
         WHERE i."productId" = p."id" AND i."isActive" AND i."storagePath" IS NOT NULL
         ORDER BY i."isFeatured" DESC, i."sortOrder", i."id" LIMIT 1) AS "picture"
      FROM "Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId"
      WHERE p."id" IN (${positions.map(() => "?").join(", ")})`,
    ...positions.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return positions.flatMap((position) => {
    const row = byId.get(position.id);
    if (!row) return [];
    return [
      {
        ...row,
        picture: row.picture?.replace(" ", "?v=") ?? null,
        updatedAt: new Date(row.updatedAt),
        createdAt: new Date(row.createdAt),
        position,
      },
    ];
  });
}
