import type Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { listProducts } from "@/lib/catalog/list-products";
import type { ListQuery } from "@/lib/catalog/list-query";

export const PAGE = 50;
/** One row more than shown tells whether there is a next page, as in the lists themselves. */
export const LIMIT = `LIMIT ${PAGE + 1}`;
/** The most that a screen counts. */
const COUNTED = 10_001;

export interface Question {
  name: string;
  /** Answers through `lib`, as the pages do; `run` counts from 0. */
  ours: (run: number) => Promise<unknown>;
  /** The same rows by the shortest SQL. */
  bare: (run: number) => unknown;
}

export const ROW = `p."id", p."sku", p."name", p."brand", p."priceCents", p."inventoryQuantity", p."stockStatus",
  p."status", p."updatedAt", c."name" AS "categoryName", c."path" AS "categoryPath",
  (SELECT i."id" FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive" AND i."storagePath" IS NOT NULL
   ORDER BY i."sortOrder" LIMIT 1) AS "picture"`;
export const FROM = `"Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId"`;
export const SHOWN = `p."status" IN ('draft', 'active')`;
export const BY_NAME = `ORDER BY p."nameKey", p."id" ${LIMIT}`;

export type Value = string | number;

/** A page through `lib`. */
export function list(query: ListQuery): Promise<unknown> {
  return listProducts(SYSTEM, { size: PAGE, ...query });
}

export function rows(database: Database.Database, sql: string, parameters: Value[]) {
  const statement = database.prepare(sql);
  return () => statement.all(parameters);
}

/** The first page of a filter, and its count as far as screens count. */
export function filtered(database: Database.Database, where: string, parameters: Value[], order = BY_NAME) {
  const page = rows(database, `SELECT ${ROW} FROM ${FROM} WHERE ${SHOWN} AND ${where} ${order}`, parameters);
  const count = rows(
    database,
    `SELECT count(*) FROM (SELECT 1 FROM "Product" p WHERE ${SHOWN} AND ${where} LIMIT ${COUNTED})`,
    parameters,
  );
  return () => [page(), count()];
}
