import "server-only";
import { db } from "./client";
import { inParts } from "./in-parts";
import { queryRows } from "./raw";

/** How much a product carries. */
export interface ProductParts {
  metafields: number;
  images: number;
  sourceItems: number;
}

export const NO_PARTS: ProductParts = { metafields: 0, images: 0, sourceItems: 0 };

/** By the product's id. Prisma's own `_count` counts the whole tables first, however few products are asked for. */
export async function countProductParts(ids: string[]): Promise<Map<string, ProductParts>> {
  const rows = await inParts(ids, (part) =>
    queryRows<ProductParts & { id: string }>(
      db,
      `SELECT p."id", (SELECT count(*) FROM "ProductMetafield" m WHERE m."productId" = p."id") AS "metafields",
         (SELECT count(*) FROM "ProductImage" i WHERE i."productId" = p."id") AS "images",
         (SELECT count(*) FROM "SourceItem" s WHERE s."productId" = p."id") AS "sourceItems"
       FROM "Product" p WHERE p."id" IN (${part.map(() => "?").join(", ")})`,
      ...part,
    ),
  );
  return new Map(rows.map(({ id, ...parts }) => [id, parts]));
}
