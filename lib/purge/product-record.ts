import "server-only";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import type { Prisma } from "@/prisma/generated/sqlite/client";

/** Everything that goes with a product. What is computed from it (search, quality) is computed anew. */
const WHOLE = {
  metafields: { orderBy: { id: "asc" } },
  images: { orderBy: { id: "asc" } },
  codes: { orderBy: { id: "asc" } },
  sourceItems: { orderBy: { id: "asc" } },
  aliases: { orderBy: { id: "asc" } },
  redirects: { orderBy: { productId: "asc" } },
  duplicates: { orderBy: { groupId: "asc" } },
} satisfies Prisma.ProductInclude;

export type ProductRecord = Prisma.ProductGetPayload<{ include: typeof WHOLE }>;

/** The names of what stands beside a product in its record, each with its table. */
export const RECORD_TABLES = {
  metafields: "ProductMetafield",
  images: "ProductImage",
  codes: "ProductCode",
  sourceItems: "SourceItem",
  aliases: "CodeAlias",
  redirects: "ProductRedirect",
  duplicates: "DuplicateMember",
} as const satisfies Record<keyof typeof WHOLE, string>;
export type RecordPart = keyof typeof RECORD_TABLES;
export const RECORD_PARTS = Object.keys(RECORD_TABLES) as RecordPart[]; // the keys of the object above

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
  const rows = await inParts(ids, (part) => on.product.findMany({ where: { id: { in: part } }, include: WHOLE }));
  return new Map(rows.map((row) => [row.id, row]));
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
