import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

/** What a product says of itself in words that are told about elsewhere. */
export interface WordSource {
  docId: number;
  title: string;
  sku: string;
  brand: string | null;
  categoryId: string | null;
}

/** Titles in the order of the index, from the one after `after` on. */
export function selectWordSources(after: number, limit: number): Promise<WordSource[]> {
  return queryRows<WordSource>(
    db,
    `SELECT s."docId", s."title", p."sku", p."brand", p."categoryId"
     FROM (SELECT "docId", "productId", "title" FROM "ProductSearch" WHERE "docId" > ? ORDER BY "docId" LIMIT ?) s
     JOIN "Product" p ON p."id" = s."productId" ORDER BY s."docId"`,
    after,
    limit,
  );
}

/** Titles of products changed since a time, at most `limit`. */
export function selectChangedWordSources(since: Date, limit: number): Promise<WordSource[]> {
  return queryRows<WordSource>(
    db,
    `SELECT s."docId", s."title", p."sku", p."brand", p."categoryId"
     FROM (SELECT "id", "sku", "brand", "categoryId" FROM "Product" WHERE "updatedAt" > ? ORDER BY "updatedAt" LIMIT ?) p
     JOIN "ProductSearch" s ON s."productId" = p."id"`,
    since,
    limit,
  );
}

/** Brands that begin so, in the order of their names; each is one step in the index, however many products it has. */
export async function selectBrandsBeginning(prefix: string, limit: number): Promise<string[]> {
  const end = `${prefix}\u{10ffff}`;
  const next = (beyond: string) =>
    `(SELECT "brandKey" FROM "Product" WHERE "brandKey" ${beyond} AND "brandKey" < ? ORDER BY "brandKey" LIMIT 1)`;
  const rows = await queryRows<{ brand: string }>(
    db,
    `WITH RECURSIVE keys("key", "n") AS (
       SELECT ${next(">= ?")}, 1
       UNION ALL SELECT ${next('> keys."key"')}, "n" + 1 FROM keys WHERE "key" IS NOT NULL AND "n" < ?
     ) SELECT (SELECT "brand" FROM "Product" WHERE "brandKey" = "key" LIMIT 1) AS "brand" FROM keys WHERE "key" IS NOT NULL`,
    prefix,
    end,
    end,
    limit,
  );
  return rows.map((row) => row.brand);
}
