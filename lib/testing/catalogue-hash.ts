import { createHash } from "node:crypto";
import { db } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";

/** The tables a catalogue consists of, with the columns that say what it is; ids and times differ from run to run. */
const QUERIES: Record<string, string> = {
  categories: `SELECT "path", "name", "slug", "level", "sortOrder", "isActive" FROM "Category" ORDER BY "path"`,
  products: `SELECT p."sku", p."name", p."nameKey", p."description", p."shortDescription", p."brand", p."brandKey",
   p."manufacturer", p."manufacturerPartNumber", p."upc", p."variation", p."weightGrams", p."lengthMm", p."widthMm",
   p."heightMm", p."priceCents",
   p."compareAtPriceCents", p."costPriceCents", p."inventoryQuantity", p."stockStatus", p."seoTitle",
   p."seoDescription", p."handle", p."status", c."path", p."fieldSources", p."createdByRunId"
   FROM "Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId" ORDER BY p."sku"`,
  metafields: `SELECT p."sku", m."namespace", m."key", m."value", m."type", m."kept", m."feedValue", m."displayOrder", m."source"
   FROM "ProductMetafield" m JOIN "Product" p ON p."id" = m."productId" ORDER BY p."sku", m."namespace", m."key"`,
  codes: `SELECT p."sku", c."type", c."code" FROM "ProductCode" c JOIN "Product" p ON p."id" = c."productId"
   ORDER BY p."sku", c."type", c."code"`,
  images: `SELECT p."sku", i."view", i."url", i."altText", i."sortOrder", i."storagePath", i."fileHash", i."isFeatured"
   FROM "ProductImage" i JOIN "Product" p ON p."id" = i."productId" ORDER BY p."sku", i."view", i."url"`,
  memory: `SELECT f."name", s."entity", s."externalKey", s."contentHash", s."fieldHashes", s."missingRuns",
   s."missingSinceRunId", s."tombstonedAt" IS NULL AS "isListed"
   FROM "SourceItem" s JOIN "FeedSource" f ON f."id" = s."sourceId" ORDER BY f."name", s."entity", s."externalKey"`,
  search: `SELECT p."sku", d."title", d."codes", d."body" FROM "ProductSearch" d JOIN "Product" p ON p."id" = d."productId"
   ORDER BY p."sku"`,
};

const VERSIONS = `SELECT "sku", "version" FROM "Product" ORDER BY "sku"`;

/**
 * One hash over what the catalogue says, where each value came from, and what its sources remember: equal hashes,
 * equal catalogues, however they came about. `versions: false` leaves out how often each product was written.
 */
export async function catalogueHash({ versions = true } = {}): Promise<string> {
  const parts = await catalogueHashes();
  const hash = createHash("sha256");
  for (const part of Object.values(parts)) hash.update(part);
  if (versions) hash.update(await hashOf(VERSIONS, (value) => value));
  return hash.digest("hex");
}

/** The same per table, without versions: a test that fails says where. */
export async function catalogueHashes(): Promise<Record<string, string>> {
  const runs = await db.syncHistory.findMany({ select: { id: true, number: true } });
  const numberOf = new Map(runs.map((run) => [run.id, `run ${run.number}`]));
  const named = (value: unknown): unknown => {
    if (typeof value === "string" && /^[[{]/.test(value)) return named(fromJson(value));
    if (typeof value === "string") return numberOf.get(value) ?? value;
    if (Array.isArray(value)) return value.map(named);
    if (value === null || typeof value !== "object" || value instanceof Date) return value;
    const entries = Object.entries(value).filter(([key]) => key !== "at" && key !== "sourceId");
    return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, of]) => [key, named(of)]);
  };
  const hashes: Record<string, string> = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    hashes[name] = await hashOf(query, name === "search" ? inOneOrder : named);
  }
  return hashes;
}

/** What is searched is a bag of words: written anew, a document may hold them in another order. */
function inOneOrder(words: unknown) {
  return String(words).split(" ").sort();
}

async function hashOf(query: string, named: (value: unknown) => unknown) {
  const hash = createHash("sha256");
  for (const row of await queryRows<Record<string, unknown>>(db, query)) {
    hash.update(JSON.stringify(Object.values(row).map(named)));
  }
  return hash.digest("hex");
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A text that begins like JSON.
    return [text];
  }
}
