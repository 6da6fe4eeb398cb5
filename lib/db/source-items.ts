import "server-only";
import type { Reader } from "./client";
import { engine } from "./client";
import { queryRows } from "./raw";

export interface SourceItemRow {
  externalKey: string;
  id: number | null;
  productId: string | null;
  categoryId: string | null;
  contentHash: string | null;
  fieldHashes: Record<string, string>;
  missingRuns: number | null;
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
  const pairs = JSON.stringify(items.map((item) => [item.key, item.hash]));
  const set =
    engine() === "sqlite"
      ? `(SELECT value->>0 AS "key", value->>1 AS "hash" FROM json_each(?)) k`
      : `(SELECT value->>0 AS "key", value->>1 AS "hash" FROM jsonb_array_elements(?::jsonb)) k`;
  const cast = engine() === "sqlite" ? "?" : `?::"SyncEntity"`;
  const rows = await queryRows<Omit<SourceItemRow, "fieldHashes"> & { fieldHashes: unknown }>(
    on,
    `SELECT k."key" AS "externalKey", s."id", s."productId", s."categoryId", s."contentHash", s."fieldHashes", s."missingRuns"
     FROM ${set}
     LEFT JOIN "SourceItem" s ON s."sourceId" = ? AND s."entity" = ${cast} AND s."externalKey" = k."key"
     WHERE s."contentHash" IS NULL OR s."contentHash" <> k."hash" OR s."missingRuns" > 0`,
    pairs,
    sourceId,
    entity,
  );
  return rows.map((row) => ({ ...row, fieldHashes: parseHashes(row.fieldHashes) }));
}

/** Raw SQLite gives JSON columns as text, PostgreSQL as objects. */
function parseHashes(stored: unknown): Record<string, string> {
  if (typeof stored === "string") return JSON.parse(stored) as Record<string, string>;
  return (stored ?? {}) as Record<string, string>;
}
