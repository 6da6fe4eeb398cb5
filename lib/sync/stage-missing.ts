import "server-only";
import { fieldSources } from "@/lib/catalog/field-source";
import { isMerged } from "@/lib/categories/merged-mark";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { FieldChange } from "./change";
import { fromJson } from "./load-products";

/** Items of a source looked through together. */
const BATCH = 5_000;

interface MissingItem {
  externalKey: string;
  productId: string;
  missingRuns: number;
  sku: string;
  name: string;
  status: string;
  version: number;
  fieldSources: unknown;
  /** Another source that still lists the product; null when none does. */
  otherSource: string | null;
}

/**
 * Looks through all products a source has told of: how many, and those whose key `isSeen` does not know. What was
 * archived because the source dropped it is done with until it returns.
 */
export async function* listMissing(on: Reader, sourceId: string, isSeen: (externalKey: string) => boolean) {
  for (let after = ""; ; ) {
    // By the order of the unique key: by another, each look would sort all that is left.
    const items = await queryRows<{ id: number; externalKey: string }>(
      on,
      `SELECT "id", "externalKey" FROM "SourceItem"
       WHERE "sourceId" = ? AND "entity" = 'product' AND "externalKey" > ? AND "productId" IS NOT NULL
         AND "tombstonedAt" IS NULL
       ORDER BY "externalKey" LIMIT ${BATCH}`,
      sourceId,
      after,
    );
    const last = items.at(-1);
    if (!last) return;
    const ids = items.filter((item) => !isSeen(item.externalKey)).map((item) => item.id);
    yield { known: items.length, missing: await listMissingItems(on, ids) };
    after = last.externalKey;
  }
}

async function listMissingItems(on: Reader, ids: number[]): Promise<MissingItem[]> {
  const product = (column: string) =>
    `(SELECT p."${column}" FROM "Product" p WHERE p."id" = "SourceItem"."productId") AS "${column}"`;
  const other = `(SELECT MIN(f."name") FROM "SourceItem" o JOIN "FeedSource" f ON f."id" = o."sourceId"
    WHERE o."productId" = "SourceItem"."productId" AND o."sourceId" <> "SourceItem"."sourceId"
      AND o."missingRuns" = 0 AND o."tombstonedAt" IS NULL) AS "otherSource"`;
  const columns = ["sku", "name", "status", "version", "fieldSources"].map(product).join(", ");
  const own = `"externalKey", "productId", "missingRuns", "SourceItem"."fieldHashes"`;
  const rows = await selectRows<MissingItem & { fieldHashes: unknown }>(
    on,
    "SourceItem",
    `${own}, ${columns}, ${other}`,
    "id",
    ids,
  );
  // Of a merged product another row of the source speaks.
  return rows.filter(({ fieldHashes }) => !isMerged(fromJson(fieldHashes) as Record<string, string>)); // as rememberSaid wrote it
}

/**
 * The change that counts a product as missing once more, or archives it; null when all is said: a person was asked
 * already, or it stays in the catalogue for a reason that was told.
 */
export function missingChange(
  runId: string,
  item: MissingItem,
  policies: FeedPolicies,
): { change: ChangeRow; isArchived: boolean } | null {
  const runs = item.missingRuns + 1;
  const isDue = runs >= policies.missingRunsUntilReview;
  const statusLine = isDue && policies.missing === "archive" ? archiveLine(item) : null;
  if (runs > policies.missingRunsUntilReview && !statusLine) return null;
  const isArchived = statusLine !== null && !statusLine.kept;
  const asks = isDue && policies.missing === "flag";
  const lines: FieldChange[] = [{ field: "missing", before: item.missingRuns, after: runs }];
  if (statusLine) lines.push(statusLine);
  return { isArchived, change: missingRow(runId, item, lines, reasonOf(item, runs, policies, statusLine), asks) };
}

/** Archiving as a line of the change; kept, where a person holds the status; null where there is nothing to archive. */
function archiveLine({ status, otherSource, fieldSources: stored }: MissingItem): FieldChange | null {
  if (status === "archived" || otherSource !== null) return null;
  const source = fieldSources.parse(fromJson(stored) ?? {}).status;
  const line: FieldChange = { field: "status", before: status, after: "archived" };
  if (!source) return line;
  if (!source.kept) return { ...line, beforeSource: source };
  return source.feedValue === "archived" ? null : { ...line, kept: true, beforeSource: source };
}

function reasonOf(item: MissingItem, runs: number, policies: FeedPolicies, statusLine: FieldChange | null) {
  const limit = policies.missingRunsUntilReview;
  if (runs < limit) {
    const then = policies.missing === "archive" ? "it is archived" : "a person is asked";
    return `Missing from ${runs} of ${limit} good runs until ${then}.`;
  }
  const missing = runs === 1 ? "Missing from 1 good run." : `Missing from ${runs} good runs in a row.`;
  if (statusLine?.kept) return `${missing} A person keeps its status, so it stays ${item.status}.`;
  if (statusLine)
    return `${missing} Archived, as this source's policy says; it comes back when the feed lists it again.`;
  if (policies.missing === "flag") return `${missing} Archive it if it is gone for good.`;
  if (item.otherSource !== null) return `${missing} ${item.otherSource} still lists it, so it is not archived.`;
  return `${missing} It is archived already.`;
}

function missingRow(runId: string, item: MissingItem, lines: FieldChange[], reason: string, asks: boolean): ChangeRow {
  return {
    runId,
    entity: "product",
    entityId: item.productId,
    externalKey: item.externalKey,
    label: item.sku,
    name: item.name,
    action: "update",
    kind: "missing",
    state: "staged",
    reason,
    fields: { update: lines, ...(asks ? { isDue: true } : {}) },
    file: null,
    line: null,
    version: lines.length > 1 ? item.version : null,
    createdAt: new Date(),
  };
}
