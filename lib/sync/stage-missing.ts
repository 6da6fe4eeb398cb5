import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedPolicies } from "@/lib/feeds/policies";

/** Items of a source looked through together. */
const BATCH = 5_000;

interface MissingItem {
  externalKey: string;
  productId: string;
  missingRuns: number;
  sku: string;
  name: string;
}

/** Looks through all products a source has told of: how many, and those whose key `isSeen` does not know. */
export async function* listMissing(on: Reader, sourceId: string, isSeen: (externalKey: string) => boolean) {
  for (let after = 0; ; ) {
    const items = await queryRows<{ id: number; externalKey: string }>(
      on,
      `SELECT "id", "externalKey" FROM "SourceItem"
       WHERE "sourceId" = ? AND "id" > ? AND "productId" IS NOT NULL ORDER BY "id" LIMIT ${BATCH}`,
      sourceId,
      after,
    );
    const last = items.at(-1);
    if (!last) return;
    const ids = items.filter((item) => !isSeen(item.externalKey)).map((item) => item.id);
    yield { known: items.length, missing: await listMissingItems(on, ids) };
    after = last.id;
  }
}

function listMissingItems(on: Reader, ids: number[]): Promise<MissingItem[]> {
  const product = `(SELECT p."COLUMN" FROM "Product" p WHERE p."id" = "SourceItem"."productId")`;
  return selectRows(
    on,
    "SourceItem",
    `"externalKey", "productId", "missingRuns", ${product.replace("COLUMN", "sku")} AS "sku", ${product.replace("COLUMN", "name")} AS "name"`,
    "id",
    ids,
  );
}

/** The change that flags a product as missing once more. */
export function missingRow(runId: string, item: MissingItem, policies: FeedPolicies): ChangeRow {
  const runs = item.missingRuns + 1;
  const review = runs >= policies.missingRunsUntilReview;
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
    reason: review
      ? `Missing from ${runs} good runs in a row. Archive it if it is gone for good.`
      : `Missing from ${runs} of ${policies.missingRunsUntilReview} good runs until a person is asked.`,
    fields: { update: [{ field: "missing", before: item.missingRuns, after: runs }] },
    file: null,
    line: null,
    version: null,
    createdAt: new Date(),
  };
}
