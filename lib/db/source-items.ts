import "server-only";
import type { Reader } from "./client";
import { engine } from "./client";
import { nativeOf } from "./native";
import { queryReport } from "./query-aside";
import { queryRows } from "./raw";

export interface SourceItemRow {
  externalKey: string;
  id: number | null;
  productId: string | null;
  categoryId: string | null;
  contentHash: string | null;
  fieldHashes: Record<string, string>;
  missingRuns: number | null;
  missingSinceRunId: string | null;
  tombstonedAt: Date | null;
}

/** How many products each source speaks of, by its id. */
export async function countSourceProducts(): Promise<Map<string, number>> {
  const rows = await queryReport<{ sourceId: string; products: number }>(
    `SELECT "sourceId", count(*) AS "products" FROM "SourceItem" WHERE "entity" = 'product' GROUP BY "sourceId"`,
  );
  return new Map(rows.map(({ sourceId, products }) => [sourceId, products]));
}

/**
 * Of the items read, those that the source has not said before, says otherwise now, or that were missing.
 * Everything else is unchanged and costs no row.
 */
export async function listChangedItems(
  on: Reader,
  sourceId: string,
  entity: "product" | "category",
  items: { key: string; hash: string }[],
): Promise<SourceItemRow[]> {
  const changed = await withoutUnchanged(on, sourceId, entity, items);
  if (changed.length === 0) return [];
  const pairs = JSON.stringify(changed.map((item) => [item.key, item.hash]));
  const set =
    engine() === "sqlite"
      ? `(SELECT value->>0 AS "key", value->>1 AS "hash" FROM json_each(?)) k`
      : `(SELECT value->>0 AS "key", value->>1 AS "hash" FROM jsonb_array_elements(?::jsonb)) k`;
  const cast = engine() === "sqlite" ? "?" : `?::"SyncEntity"`;
  const rows = await queryRows<
    Omit<SourceItemRow, "fieldHashes" | "tombstonedAt"> & { fieldHashes: unknown; tombstonedAt: Date | number | null }
  >(
    on,
    `SELECT k."key" AS "externalKey", s."id", s."productId", s."categoryId", s."contentHash", s."fieldHashes",
       s."missingRuns", s."missingSinceRunId", s."tombstonedAt"
     FROM ${set}
     LEFT JOIN "SourceItem" s ON s."sourceId" = ? AND s."entity" = ${cast} AND s."externalKey" = k."key"
     WHERE s."contentHash" IS NULL OR s."contentHash" <> k."hash" OR s."missingRuns" > 0`,
    pairs,
    sourceId,
    entity,
  );
  return rows.map((row) => ({
    ...row,
    fieldHashes: parseHashes(row.fieldHashes),
    tombstonedAt: row.tombstonedAt === null ? null : new Date(row.tombstonedAt),
  }));
}

/** On SQLite a look-up per item costs a third of a join with a JSON list; most items of a feed end here. */
async function withoutUnchanged(on: Reader, sourceId: string, entity: string, items: { key: string; hash: string }[]) {
  const native = await nativeOf(on);
  if (!native) return items;
  const known = native.getEach<{ contentHash: string; missingRuns: number }>(
    `SELECT "contentHash", "missingRuns" FROM "SourceItem" WHERE "sourceId" = ? AND "entity" = ? AND "externalKey" = ?`,
    items.map((item) => [sourceId, entity, item.key]),
  );
  return items.filter((item, at) => known[at]?.contentHash !== item.hash || (known[at]?.missingRuns ?? 0) > 0);
}

/** Raw SQLite gives JSON columns as text, PostgreSQL as objects. */
function parseHashes(stored: unknown): Record<string, string> {
  if (typeof stored === "string") return JSON.parse(stored) as Record<string, string>;
  return (stored ?? {}) as Record<string, string>;
}
