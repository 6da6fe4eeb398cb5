import "server-only";
import { engine } from "./client";
import { queryReport } from "./query-aside";

export interface RowCounts {
  definitions: number;
  metafields: number;
  images: number;
  imageBytes: number;
  codes: number;
}

/** Rows beside the products; each count reads one index. */
export async function countRows(): Promise<RowCounts> {
  const files = engine() === "sqlite" ? `"ProductImage" INDEXED BY "ProductImage_here"` : `"ProductImage"`;
  const [row] = await queryReport<RowCounts>(
    `SELECT (SELECT count(*) FROM "MetafieldDefinition") AS "definitions",
       (SELECT count(*) FROM "ProductMetafield") AS "metafields",
       (SELECT count(*) FROM "ProductImage") AS "images",
       (SELECT coalesce(sum("fileSize"), 0) FROM ${files} WHERE "storagePath" IS NOT NULL) AS "imageBytes",
       (SELECT count(*) FROM "ProductCode") AS "codes"`,
  );
  return row ?? { definitions: 0, metafields: 0, images: 0, imageBytes: 0, codes: 0 };
}

export interface Heaviest {
  id: string;
  sku: string;
  rows: number;
}

/** The product with the most metafields, or pictures; null where there are none. */
export async function heaviestProduct(table: "ProductMetafield" | "ProductImage"): Promise<Heaviest | null> {
  const [row] = await queryReport<Heaviest>(
    `SELECT p."id", p."sku", most."rows" FROM (
       SELECT "productId", count(*) AS "rows" FROM "${table}" GROUP BY "productId" ORDER BY count(*) DESC LIMIT 1
     ) most JOIN "Product" p ON p."id" = most."productId"`,
  );
  return row ?? null;
}
