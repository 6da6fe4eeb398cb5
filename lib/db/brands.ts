import "server-only";
import { db } from "./client";
import { filterSql } from "./product-filter";
import { queryRows } from "./raw";

/** Brands of products that are not archived, the most frequent first, with how many products each has. */
export async function selectBrands(asked: { path?: string; prefix: string; limit: number }) {
  const { from, where, parameters } = filterSql({
    scope: asked.path === undefined ? { kind: "all" } : { kind: "subtree", path: asked.path },
    statuses: ["draft", "active"],
    brands: [],
  });
  // The last character there is: every key that begins with the prefix is below prefix + it.
  const begins = asked.prefix ? ` AND p."brandKey" >= ? AND p."brandKey" < ?` : "";
  const range = asked.prefix ? [asked.prefix, `${asked.prefix}\u{10ffff}`] : [];
  return queryRows<{ brand: string; products: number }>(
    db,
    `SELECT p."brand" AS "brand", count(*) AS "products" FROM ${from} WHERE ${where} AND p."brand" IS NOT NULL${begins}
     GROUP BY p."brand" ORDER BY "products" DESC, p."brand" LIMIT ?`,
    ...parameters,
    ...range,
    asked.limit,
  );
}
