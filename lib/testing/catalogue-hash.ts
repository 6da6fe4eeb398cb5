import { createHash } from "node:crypto";
import { db } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";

/** The tables a catalogue consists of, with the columns that say what it is; ids and times differ from run to run. */
const QUERIES = [
  `SELECT "path", "name", "level", "sortOrder", "isActive" FROM "Category" ORDER BY "path"`,
  `SELECT p."sku", p."name", p."description", p."shortDescription", p."brand", p."manufacturer", p."manufacturerPartNumber", p."upc",
   p."priceCents", p."inventoryQuantity", p."status", p."version", c."path" FROM "Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId" ORDER BY p."sku"`,
  `SELECT p."sku", m."namespace", m."key", m."value", m."type", m."kept", m."feedValue" FROM "ProductMetafield" m
   JOIN "Product" p ON p."id" = m."productId" ORDER BY p."sku", m."namespace", m."key"`,
  `SELECT p."sku", c."type", c."code" FROM "ProductCode" c JOIN "Product" p ON p."id" = c."productId" ORDER BY p."sku", c."type", c."code"`,
  `SELECT p."sku", i."view", i."url", i."altText", i."sortOrder" FROM "ProductImage" i JOIN "Product" p ON p."id" = i."productId"
   ORDER BY p."sku", i."view", i."url"`,
  `SELECT s."entity", s."externalKey", s."contentHash", s."missingRuns" FROM "SourceItem" s ORDER BY s."entity", s."externalKey"`,
  `SELECT p."sku", d."title", d."codes", d."body" FROM "ProductSearch" d JOIN "Product" p ON p."id" = d."productId" ORDER BY p."sku"`,
];

/** One hash over what the catalogue says: equal hashes, equal catalogues, however they came about. */
export async function catalogueHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const query of QUERIES) {
    for (const row of await queryRows<Record<string, unknown>>(db, query))
      hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest("hex");
}
