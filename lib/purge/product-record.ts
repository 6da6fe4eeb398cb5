import "server-only";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { Product } from "@/prisma/generated/sqlite/client";

/**
 * Everything that goes with a product, by its name in the product's record. What is computed from it (search, quality) is
 * computed anew.
 */
const PARTS = {
  metafields: (on: Reader, productIds: string[]) =>
    on.productMetafield.findMany({ where: { productId: { in: productIds } }, orderBy: { id: "asc" } }),
  images: (on: Reader, productIds: string[]) =>
    on.productImage.findMany({ where: { productId: { in: productIds } }, orderBy: { id: "asc" } }),
  codes: (on: Reader, productIds: string[]) =>
    on.productCode.findMany({ where: { productId: { in: productIds } }, orderBy: { id: "asc" } }),
  sourceItems: (on: Reader, productIds: string[]) =>
    on.sourceItem.findMany({ where: { productId: { in: productIds } }, orderBy: { id: "asc" } }),
  aliases: (on: Reader, productIds: string[]) =>
    on.codeAlias.findMany({ where: { productId: { in: productIds } }, orderBy: { id: "asc" } }),
  redirects: (on: Reader, productIds: string[]) =>
    on.productRedirect.findMany({ where: { targetId: { in: productIds } }, orderBy: { productId: "asc" } }),
  duplicates: (on: Reader, productIds: string[]) =>
    on.duplicateMember.findMany({ where: { productId: { in: productIds } }, orderBy: { groupId: "asc" } }),
};
export type RecordPart = keyof typeof PARTS;
export const RECORD_PARTS = Object.keys(PARTS) as RecordPart[]; // the keys of the object above

type Parts = { [Part in RecordPart]: Awaited<ReturnType<(typeof PARTS)[Part]>> };
type Row = Parts[RecordPart][number];
export type ProductRecord = Product & Parts;

export const RECORD_TABLES = {
  metafields: "ProductMetafield",
  images: "ProductImage",
  codes: "ProductCode",
  sourceItems: "SourceItem",
  aliases: "CodeAlias",
  redirects: "ProductRedirect",
  duplicates: "DuplicateMember",
} as const satisfies Record<RecordPart, string>;

/** Columns of those tables that hold times. */
export const TIME_COLUMNS: ReadonlySet<string> = new Set([
  "createdAt",
  "updatedAt",
  "archivedAt",
  "shopifySyncedAt",
  "fetchedAt",
  "tombstonedAt",
  "dateValue",
]);

/** Products whole, by id: each row as it stands, with every column there is. */
export async function loadRecords(on: Reader, ids: readonly string[]): Promise<Map<string, ProductRecord>> {
  const products = await inParts(ids, (part) => on.product.findMany({ where: { id: { in: part } } }));
  const records = new Map(products.map((product) => [product.id, { ...product, ...noParts() }]));
  // One after the other: a transaction has one connection.
  for (const part of RECORD_PARTS) {
    const rows = await inParts<string, Row>(records.keys(), (some) => PARTS[part](on, some));
    for (const row of rows) {
      const owner = records.get(("targetId" in row ? row.targetId : row.productId) ?? "");
      (owner?.[part] as Row[] | undefined)?.push(row); // the rows that this part was asked for
    }
  }
  return records;
}

function noParts(): Parts {
  return { metafields: [], images: [], codes: [], sourceItems: [], aliases: [], redirects: [], duplicates: [] };
}

/** A record as its line in a backup: equal rows give equal text. */
export function recordText(record: ProductRecord): string {
  return JSON.stringify(record);
}

/** @throws {Error} where the text is none that `recordText` made */
export function parseRecord(text: string): ProductRecord {
  const parsed = JSON.parse(text);
  const rows: Record<string, unknown>[] = [parsed, ...RECORD_PARTS.flatMap((part) => parsed[part])];
  // Times of the rows alone: what a JSON column holds stays text.
  for (const row of rows) {
    for (const column of TIME_COLUMNS) if (typeof row[column] === "string") row[column] = new Date(row[column]);
  }
  return parsed;
}
