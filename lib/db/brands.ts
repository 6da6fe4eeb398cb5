import "server-only";
import { filterSql } from "./product-filter";
import { queryAside } from "./query-aside";

/** Brands, the most frequent first. Archived products count: their status is not in the index that answers this. */
export async function selectBrands(asked: { path?: string; prefix: string; limit: number }): Promise<string[]> {
  const { from, where, parameters } = filterSql(
    {
      scope: asked.path === undefined ? { kind: "all" } : { kind: "subtree", path: asked.path },
      statuses: ["draft", "active", "archived"],
      brands: [],
    },
    // Read alone this index answers; SQLite would rather look up the rows of each category.
    asked.prefix ? undefined : { index: "Product_brand_categoryId_idx" },
  );
  // The last character there is: every key that begins with the prefix is below prefix + it.
  const begins = asked.prefix ? ` AND p."brandKey" >= ? AND p."brandKey" < ?` : "";
  const range = asked.prefix ? [asked.prefix, `${asked.prefix}\u{10ffff}`] : [];
  const rows = await queryAside<{ brand: string }>(
    `SELECT p."brand" AS "brand" FROM ${from} WHERE ${where} AND p."brand" IS NOT NULL${begins}
     GROUP BY p."brand" ORDER BY count(*) DESC, p."brand" LIMIT ?`,
    ...parameters,
    ...range,
    asked.limit,
  );
  return rows.map((row) => row.brand);
}
