import "server-only";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { productSelection, selectedIds } from "@/lib/catalog/selection";
import { db, transaction } from "@/lib/db/client";
import { insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { changeMetadata } from "@/lib/sync/change-metadata";
import { dropStaged } from "@/lib/sync/drop-staged";
import { abandonRun } from "@/lib/sync/finish-run";
import { reopenRun } from "@/lib/sync/reopen-run";
import { runMetadata } from "@/lib/sync/run-metadata";
import { inStage } from "@/lib/sync/run-stages";
import { BackupWriter, backupName } from "./backup-file";
import { dropUnusedBackup } from "./check-backup";
import { archivedBefore, nobody, readyToDelete } from "./count-purge";
import { loadRecords, recordText } from "./product-record";
import { purgeChange } from "./purge-change";
import type { PurgeMetadata } from "./purge-metadata";
import { purgeParameters, recallPurge, startPurge } from "./purge-parameters";
import { nothingWords, type PurgeCounts, purgeReason } from "./purge-words";
import { type Verified, verifyBackup } from "./verify-backup";

/** Products backed up at once. */
const BATCH = 1_000;
const BACKING_UP = "Backing up";
const VERIFYING = "Verifying";

/** Freezes the list of what would be deleted, backs all of it up and reads the backup back; the catalogue stays as it is. */
export const purgePlanJob = defineJob({
  name: "products.purge-plan",
  displayName: "Plan a deletion of products",
  description:
    "Lists the archived products of a list and backs them up, as a run that waits for an admin. Nothing is deleted before it is approved.",
  group: "Catalogue",
  permission: "data:purge",
  stages: [BACKING_UP, VERIFYING],
  isResumable: false,
  idempotency: "Only plans: each time is a run of its own, and nothing is deleted before it is approved.",
  payload: z.object({ runId: z.uuid() }),
  parameters: purgeParameters,
  start: startPurge,
  recall: recallPurge,
  recurs: false,
  maxAttempts: 3,
  exclusive: null,
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
    const { number } = run;
    if (run.status !== "running" && run.status !== "pending") return { runId, number, status: run.status };
    const { purge } = runMetadata.parse(run.metadata ?? {});
    if (!purge) throw new AppError("internal", `Run ${number} does not say what to delete.`);
    await beginAnew(runId, context);
    const { counts, file } = await inStage(runId, BACKING_UP, async () => {
      const result = await backUp({ id: runId, number }, purge, context);
      return { result, rows: result.counts.ready };
    });
    if (!file) return { runId, number, status: await endEmpty(runId, counts, context) };
    const verified = await inStage(runId, VERIFYING, async () => {
      const result = await verifyBackup(
        { id: runId, number },
        file.sha256,
        (done) => context.report({ stage: VERIFYING, done, total: counts.ready, unit: "products" }),
        context,
      );
      return { result, rows: counts.ready };
    });
    const status = await endPlan({ id: runId, number }, { ...counts, ...file, ...verified }, context);
    context.log(`Run ${number}: ${formatPlural(counts.ready - verified.changed, "product")} backed up and verified`);
    return { runId, number, status };
  },
  async giveUp({ runId }, end) {
    await abandonRun(runId, end);
    await dropUnusedBackup(runId);
  },
  reopen: (tx, { runId }) => reopenRun(tx, runId),
});

interface Run {
  id: string;
  number: number;
}

async function beginAnew(runId: string, context: JobContext) {
  await dropStaged(runId, context);
  const none = { totalItems: 0, deleted: 0, unchanged: 0, skipped: 0, changeBytes: 0 };
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.update({ where: { id: runId }, data: { status: "running", ...none }, select: { id: true } });
  });
}

/** Stages a change for each product as it goes into the file; `file` is null where there is none to delete. */
async function backUp(run: Run, { selection, count, afterDays }: PurgeMetadata, context: JobContext) {
  const counts = nobody(afterDays);
  const before = archivedBefore(afterDays);
  let seen = 0;
  const writer = await BackupWriter.begin(run.number);
  try {
    for await (const ids of selectedIds(SYSTEM, productSelection.parse(selection), BATCH)) {
      await context.report({ stage: BACKING_UP, done: seen, total: count, unit: "products" });
      seen += ids.length;
      const found = await readyToDelete(ids, before);
      counts.notArchived += found.notArchived;
      counts.tooFresh += found.tooFresh;
      const records = [...(await loadRecords(db, [...found.ids])).values()];
      counts.ready += records.length;
      if (records.length === 0) continue;
      const places = await writer.append(records.map(recordText));
      const rows = records.map((record, at) => purgeChange(run.id, record, places[at] ?? { offset: 0, length: 0 }));
      await transaction(async (tx) => {
        await context.assertHeld(tx);
        const bytes = await insertChanges(tx, rows);
        const data = { changeBytes: { increment: bytes } };
        await tx.syncHistory.update({ where: { id: run.id }, data, select: { id: true } });
      });
    }
    if (counts.ready > 0) return { counts, file: await writer.finish() };
  } finally {
    await writer.discard();
  }
  return { counts, file: null };
}

type Planned = PurgeCounts & { bytes: number; sha256: string } & Verified;

async function endPlan(run: Run, { bytes, sha256, rows, changed, ...found }: Planned, context: JobContext) {
  const counts = { ...found, ready: found.ready - changed, total: await db.product.count() };
  if (counts.ready === 0) return endEmpty(run.id, counts, context);
  const verifiedAt = new Date().toISOString();
  const backup = { file: backupName(run.number), bytes, sha256, products: counts.ready, rows, verifiedAt };
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await changeMetadata(tx, run.id, ({ purge, ...rest }) => ({
      ...rest,
      ...(purge && { purge: { ...purge, backup } }),
    }));
    const { ready, notArchived, tooFresh } = counts;
    await tx.syncHistory.updateMany({
      where: { id: run.id, status: "running" },
      data: {
        status: "review",
        totalItems: ready + changed + notArchived + tooFresh,
        deleted: ready,
        skipped: changed,
        unchanged: notArchived + tooFresh,
        heldReason: purgeReason(counts, rows, changed),
      },
    });
  });
  return "review";
}

async function endEmpty(runId: string, counts: PurgeCounts, context: JobContext) {
  const stay = counts.notArchived + counts.tooFresh;
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.updateMany({
      where: { id: runId, status: "running" },
      data: {
        status: "success",
        totalItems: stay,
        unchanged: stay,
        messages: [nothingWords(counts)],
        completedAt: new Date(),
      },
    });
  });
  await dropUnusedBackup(runId);
  return "success";
}
