import "server-only";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { db, type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { execute, queryRows } from "@/lib/db/raw";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** What there is of the sample, for the sentence that asks before it goes; null when there is none. */
export async function getSample(actor: Actor) {
  assertCan(actor, "catalog:read");
  const sources = await db.feedSource.findMany({ where: { isSample: true }, select: { id: true } });
  if (sources.length === 0) return null;
  const ids = sources.map((source) => source.id);
  const [products, runs] = await Promise.all([
    db.product.count({ where: { createdByRun: { feedSourceId: { in: ids } } } }),
    db.syncHistory.count({ where: { feedSourceId: { in: ids } } }),
  ]);
  return { products, runs };
}

/**
 * Removes the sample whole: its products, the categories nothing else stands in, its runs, files and sources.
 * The audit trail stays, and says so.
 * @throws {AppError} `not_found` when there is no sample, `conflict` while one of its runs is at work
 */
export async function removeSample(actor: Actor) {
  assertCan(actor, "data:purge");
  const { files, ...counts } = await transaction(async (tx) => {
    const sources = await tx.feedSource.findMany({ where: { isSample: true }, select: { id: true } });
    if (sources.length === 0) throw new AppError("not_found", "The sample is gone already.");
    const sourceIds = sources.map((source) => source.id);
    const runs = await tx.syncHistory.findMany({
      where: { feedSourceId: { in: sourceIds } },
      select: { id: true, status: true, jobId: true },
    });
    if (runs.some((run) => run.status === "running" || run.status === "pending")) {
      throw new AppError("conflict", "The sample is being imported. Wait for it to end, or cancel its job first.");
    }
    const runIds = runs.map((run) => run.id);
    const categoryIds = await sampleCategories(tx, sourceIds);
    const products = await removeProducts(tx, runIds);
    await tx.sourceItem.deleteMany({ where: { sourceId: { in: sourceIds } } });
    const categories = await removeEmptyCategories(tx, categoryIds);
    const received = await tx.feedFile.findMany({
      where: { sourceId: { in: sourceIds } },
      select: { storagePath: true },
    });
    const jobIds = runs.flatMap((run) => run.jobId ?? []);
    await tx.job.deleteMany({ where: { OR: [{ id: { in: jobIds } }, { jobType: "sample.edits" }] } });
    // A run can't go while another says that it takes it back.
    await tx.syncHistory.updateMany({ where: { id: { in: runIds } }, data: { undoesRunId: null } });
    await tx.syncHistory.deleteMany({ where: { id: { in: runIds } } });
    await tx.feedFile.deleteMany({ where: { sourceId: { in: sourceIds } } });
    await tx.feedSource.deleteMany({ where: { id: { in: sourceIds } } });
    const people = await removeEmptiedRuns(tx);
    await removeBrokenGroups(tx);
    await removeUnusedDefinitions(tx);
    await raiseCatalogueVersion(tx, "categories");
    await raiseCatalogueVersion(tx, "products");
    await recordAudit(
      tx,
      actor,
      "sample.remove",
      { entity: "FeedSource", entityId: sourceIds.join(",") },
      {
        before: { products, categories, runs: runIds.length + people },
      },
    );
    return { products, categories, runs: runIds.length + people, files: received.map((file) => file.storagePath) };
  });
  // The rows are gone; a file that stays behind after a crash here is only disk space.
  for (const file of files) await rm(join(env().dataFolder, file), { force: true });
  await rm(join(env().dataFolder, "sample"), { recursive: true, force: true });
  return counts;
}

async function sampleCategories(tx: Tx, sourceIds: string[]) {
  const items = await tx.sourceItem.findMany({
    where: { sourceId: { in: sourceIds }, entity: "category", categoryId: { not: null } },
    select: { categoryId: true },
  });
  return items.flatMap((item) => item.categoryId ?? []);
}

async function removeProducts(tx: Tx, runIds: string[]) {
  const marks = runIds.map(() => "?").join(", ");
  if (runIds.length === 0) return 0;
  await execute(
    tx,
    `DELETE FROM "ProductSearch" WHERE "productId" IN (SELECT "id" FROM "Product" WHERE "createdByRunId" IN (${marks}))`,
    ...runIds,
  );
  const { count } = await tx.product.deleteMany({ where: { createdByRunId: { in: runIds } } });
  return count;
}

/** From the leaves up: a category that still holds somebody's product, icon or category stays. */
async function removeEmptyCategories(tx: Tx, categoryIds: string[]) {
  const sample = new Set(categoryIds);
  const rows = await queryRows<{ id: string }>(tx, `SELECT "id" FROM "Category" ORDER BY "level" DESC`);
  let removed = 0;
  for (const { id } of rows) {
    if (!sample.has(id)) continue;
    const { count } = await tx.category.deleteMany({
      where: { id, products: { none: {} }, children: { none: {} }, icons: { none: {} }, sourceItems: { none: {} } },
    });
    removed += count;
  }
  return removed;
}

/**
 * What people did to the sample alone: runs without a feed of which nothing that they changed is left, and in an empty
 * catalogue those that changed nothing. One that also touched something of theirs stays, whole, and so does a deletion:
 * of what it deleted nothing is left either, and it restores that.
 */
async function removeEmptiedRuns(tx: Tx): Promise<number> {
  const runs = await queryRows<{ id: string; jobId: string | null }>(
    tx,
    `SELECT r."id", r."jobId" FROM "SyncHistory" r
     WHERE r."feedSourceId" IS NULL AND r."status" NOT IN ('running', 'pending') AND r."syncType" <> 'purge'
       AND NOT EXISTS (
         SELECT 1 FROM "SyncChange" c WHERE c."runId" = r."id" AND (
           EXISTS (SELECT 1 FROM "Product" p WHERE p."id" = c."entityId")
           OR EXISTS (SELECT 1 FROM "Category" k WHERE k."id" = c."entityId")))
       AND (EXISTS (SELECT 1 FROM "SyncChange" c WHERE c."runId" = r."id") OR NOT EXISTS (SELECT 1 FROM "Product"))`,
  );
  const ids = runs.map(({ id }) => id);
  const jobIds = runs.flatMap(({ jobId }) => jobId ?? []);
  await inParts(ids, async (part) => {
    await tx.syncHistory.updateMany({ where: { undoesRunId: { in: part } }, data: { undoesRunId: null } });
    await tx.duplicateGroup.deleteMany({ where: { runId: { in: part } } });
    await tx.syncHistory.deleteMany({ where: { id: { in: part } } });
    return [];
  });
  await inParts(jobIds, async (part) => {
    await tx.job.deleteMany({ where: { id: { in: part } } });
    return [];
  });
  return ids.length;
}

/** A group of one asks nothing. */
async function removeBrokenGroups(tx: Tx) {
  await execute(
    tx,
    `DELETE FROM "DuplicateGroup" WHERE (
       SELECT count(*) FROM "DuplicateMember" m WHERE m."groupId" = "DuplicateGroup"."id") < 2`,
  );
}

async function removeUnusedDefinitions(tx: Tx) {
  await execute(
    tx,
    `DELETE FROM "MetafieldDefinition" WHERE "externalKey" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "ProductMetafield" m
       WHERE m."namespace" = "MetafieldDefinition"."namespace" AND m."key" = "MetafieldDefinition"."key")`,
  );
}
