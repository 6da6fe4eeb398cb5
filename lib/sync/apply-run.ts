import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type BulkRow, updateRows, upsertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { listChangesWithFields, type StoredChange } from "@/lib/db/sync-changes";
import type { JobContext } from "@/lib/jobs/define-job";
import { createCategories, updateCategory } from "./apply-categories";
import { createProducts } from "./apply-created-products";
import { type RunIdentity, type StaleLines, updateProducts } from "./apply-updated-products";
import { type ChangeFields, changeFields } from "./change";

/** Changes written in one transaction: short enough that a person's save never waits a second. */
const BATCH = 1_000;

type ApprovedChange = StoredChange & { fields: ChangeFields };

/**
 * Applies a run's approved changes in batches. Each batch writes rows, change states, counts, audit and checkpoint in
 * one transaction: killed anywhere, the next try goes on with the first change that is still approved.
 */
export async function applyRun(run: RunIdentity, context: JobContext) {
  const where = { runId: run.id, state: "approved" } as const;
  const total = await db.syncChange.count({
    where: { runId: run.id, state: { in: ["approved", "applied", "failed", "skipped"] } },
  });
  let done = total - (await db.syncChange.count({ where }));
  for (let after = 0; ; ) {
    await context.report({ stage: "Applying", done, total, unit: "changes" });
    const rows = await listChangesWithFields(db, { ...where, after, take: BATCH });
    const last = rows.at(-1);
    if (!last) return;
    const batch = rows.map((row) => ({ ...row, fields: changeFields.parse(row.fields) }));
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await applyBatch(tx, run, batch);
    });
    after = last.id;
    done += rows.length;
  }
}

async function applyBatch(tx: Tx, run: RunIdentity, batch: ApprovedChange[]) {
  const categories = batch.filter((change) => change.entity === "category");
  const products = batch.filter((change) => change.entity === "product");
  await applyCategories(tx, categories);
  const refused = await createProducts(tx, run, creations(products));
  const stale = await updateProducts(tx, run, updates(products));
  await rememberSaid(tx, run, batch, refused);
  await settle(tx, run, batch, refused, stale);
  if (categories.length > 0) await raiseCatalogueVersion(tx, "categories");
  if (products.length > 0) await raiseCatalogueVersion(tx, "products");
}

async function applyCategories(tx: Tx, changes: ApprovedChange[]) {
  const created = changes.flatMap(({ entityId, fields }) =>
    entityId && fields.category ? { id: entityId, category: fields.category } : [],
  );
  await createCategories(tx, created);
  for (const { entityId, fields } of changes) {
    const lines = (fields.update ?? []).filter((line) => line.field !== "source");
    if (entityId && lines.length > 0) await updateCategory(tx, entityId, lines);
  }
}

function creations(changes: ApprovedChange[]) {
  return changes.flatMap(({ entityId, fields }) =>
    entityId && fields.product ? { id: entityId, product: fields.product } : [],
  );
}

function updates(changes: ApprovedChange[]) {
  return changes.flatMap(({ id, entityId, version, fields }) =>
    entityId && fields.update ? { changeId: id, id: entityId, version, lines: fields.update } : [],
  );
}

/** Remembers what the source said, so that the same words next time are no change. */
async function rememberSaid(tx: Tx, run: RunIdentity, batch: ApprovedChange[], refused: Set<string>) {
  const now = new Date();
  const said: BulkRow[] = [];
  const missing: BulkRow[] = [];
  for (const change of batch) {
    if (!change.entityId || refused.has(change.entityId)) continue;
    const identity = { sourceId: run.sourceId, entity: change.entity, externalKey: change.externalKey };
    if (change.kind === "missing") {
      const runs = Number(change.fields.update?.[0]?.after ?? 1);
      missing.push({
        ...identity,
        missingRuns: runs,
        updatedAt: now,
        ...(runs === 1 ? { missingSinceRunId: run.id } : {}),
      });
    } else if (change.fields.said) {
      said.push({
        ...identity,
        productId: change.entity === "product" ? change.entityId : null,
        categoryId: change.entity === "category" ? change.entityId : null,
        contentHash: change.fields.said.contentHash,
        fieldHashes: change.fields.said.fieldHashes,
        missingRuns: 0,
        missingSinceRunId: null,
        createdAt: now,
        updatedAt: now,
      });
    }
  }
  const key = ["sourceId", "entity", "externalKey"];
  const changing = [
    "productId",
    "categoryId",
    "contentHash",
    "fieldHashes",
    "missingRuns",
    "missingSinceRunId",
    "updatedAt",
  ];
  await upsertRows(tx, "SourceItem", key, changing, said);
  for (const first of [true, false]) {
    const rows = missing.filter((row) => "missingSinceRunId" in row === first);
    await updateRows(tx, "SourceItem", key, rows);
  }
}

/** Writes how each change ended, the run's counts and checkpoint, and the audit entry of the batch. */
async function settle(tx: Tx, run: RunIdentity, batch: ApprovedChange[], refused: Set<string>, stale: StaleLines) {
  const now = new Date();
  const states = batch.map((change) => {
    const dropped = stale.get(change.id);
    const allDropped = dropped !== undefined && dropped.length === change.fields.update?.length;
    const isRefused = change.entityId !== null && refused.has(change.entityId);
    const reason = isRefused
      ? `SKU ${change.label} was taken by another product meanwhile.`
      : dropped
        ? `Changed since by somebody else, left as it is: ${dropped.map((line) => line.field).join(", ")}.`
        : null;
    return { id: change.id, state: isRefused ? "failed" : allDropped ? "skipped" : "applied", reason, appliedAt: now };
  });
  const withReason = states.filter((row) => row.reason !== null);
  const plain = states.filter((row) => row.reason === null);
  await updateRows(tx, "SyncChange", ["id"], withReason);
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    plain.map(({ id, state, appliedAt }) => ({ id, state, appliedAt })),
  );
  const count = (state: string) => states.filter((row) => row.state === state).length;
  const last = batch.at(-1);
  await tx.syncHistory.update({
    where: { id: run.id },
    data: {
      processed: { increment: batch.length },
      successful: { increment: count("applied") },
      failed: { increment: count("failed") },
      skipped: { increment: count("skipped") },
      checkpoint: { changeId: last?.id ?? 0 },
    },
  });
  await recordAudit(
    tx,
    SYSTEM,
    "sync.apply",
    { entity: "SyncHistory", entityId: run.id },
    {
      after: { firstChangeId: batch[0]?.id ?? 0, lastChangeId: last?.id ?? 0, applied: count("applied") },
    },
  );
}
