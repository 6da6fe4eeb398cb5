import "server-only";
import { selectRows } from "./bulk";
import { db, engine, type Reader } from "./client";
import { queryReport } from "./query-aside";
import { queryRows, toTime } from "./raw";

/** A product as far as its quality goes. */
export interface QualityRow {
  id: string;
  version: number;
  name: string;
  sku: string;
  descriptionLength: number;
  hasPrice: boolean;
  hasBrand: boolean;
  hasCode: boolean;
  hasPicture: boolean;
  categoryId: string | null;
}

type Stored = { [K in keyof QualityRow]: QualityRow[K] extends boolean ? boolean | number : QualityRow[K] } & {
  shortLength: number;
};

const COLUMNS = [
  ...["id", "version", "name", "sku", "categoryId"].map((column) => `"Product"."${column}"`),
  `length("Product"."description") AS "descriptionLength"`,
  `length("Product"."shortDescription") AS "shortLength"`,
  `("Product"."priceCents" IS NOT NULL) AS "hasPrice"`,
  `(coalesce("Product"."brand", '') <> '') AS "hasBrand"`,
  `(coalesce("Product"."upc", '') <> '' OR coalesce("Product"."manufacturerPartNumber", '') <> ''
    OR EXISTS (SELECT 1 FROM "ProductCode" c WHERE c."productId" = "Product"."id")) AS "hasCode"`,
  `EXISTS (SELECT 1 FROM "ProductImage" i WHERE i."productId" = "Product"."id" AND i."isActive") AS "hasPicture"`,
].join(", ");

/** What the quality of these products is computed from, metafields left out. */
export async function readQualityRows(on: Reader, ids: string[]): Promise<QualityRow[]> {
  const rows = await selectRows<Stored>(on, "Product", COLUMNS, "id", ids);
  return rows.map(({ shortLength, ...row }) => ({
    ...row,
    descriptionLength: Math.max(row.descriptionLength, shortLength),
    hasPrice: Boolean(row.hasPrice),
    hasBrand: Boolean(row.hasBrand),
    hasCode: Boolean(row.hasCode),
    hasPicture: Boolean(row.hasPicture),
  }));
}

/** Which metafields these products have, by product: `namespace.key`. */
export async function readMetafieldNames(on: Reader, ids: string[]): Promise<Map<string, Set<string>>> {
  const names = new Map<string, Set<string>>();
  const rows = await selectRows<{ productId: string; namespace: string; key: string }>(
    on,
    "ProductMetafield",
    `"ProductMetafield"."productId", "ProductMetafield"."namespace", "ProductMetafield"."key"`,
    "productId",
    ids,
  );
  for (const { productId, namespace, key } of rows) {
    const held = names.get(productId) ?? new Set();
    names.set(productId, held.add(`${namespace}.${key}`));
  }
  return names;
}

/** A place in the order of `updatedAt` and id. */
export interface ChangePlace {
  at: Date;
  id: string;
}

/** Products changed after `place` whose quality is of another version, or not known, in the order of their change. */
export async function listChangedSince(place: ChangePlace, take: number): Promise<ChangePlace[]> {
  const time = engine() === "sqlite" ? "?" : "?::timestamp";
  const rows = await queryRows<{ id: string; at: Date | number }>(
    db,
    `SELECT p."id", p."updatedAt" AS "at" FROM "Product" p LEFT JOIN "ProductQuality" q ON q."productId" = p."id"
     WHERE (p."updatedAt", p."id") > (${time}, ?) AND (q."version" IS NULL OR q."version" <> p."version")
     ORDER BY p."updatedAt", p."id" LIMIT ?`,
    toTime(place.at),
    place.id,
    take,
  );
  return rows.map(({ id, at }) => ({ id, at: new Date(at) }));
}

/** Products by their grade, and those that lack something required. */
export async function countQuality(): Promise<{ byGrade: Map<string, number>; missingRequired: number }> {
  const rows = await queryReport<{ grade: string | null; products: number }>(
    `SELECT "grade", count(*) AS "products" FROM "ProductQuality" GROUP BY "grade"
     UNION ALL SELECT NULL, count(*) FROM "ProductQuality" WHERE "missingRequired" > 0`,
  );
  return {
    byGrade: new Map(rows.flatMap(({ grade, products }) => (grade === null ? [] : [[grade, products]]))),
    missingRequired: rows.find(({ grade }) => grade === null)?.products ?? 0,
  };
}
