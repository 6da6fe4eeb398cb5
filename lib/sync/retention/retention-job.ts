import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { clearOldExports } from "@/lib/catalog/table-export/exports-folder";
import { transaction } from "@/lib/db/client";
import { type DueRun, deleteChanges, deleteRejections } from "@/lib/db/retention";
import { giveSpaceBack, measureStorage } from "@/lib/db/storage";
import { defineJob, type JobContext, type StartedJob } from "@/lib/jobs/define-job";
import { clearJobs } from "@/lib/jobs/retention/clear-jobs";
import { dueRuns } from "./plan";

/** Rows deleted in one transaction: short enough that a person's save never waits a second. */
const BATCH = 1_000;
/** Runs read at a time. */
const RUNS = 100;

/** Drops what retention no longer keeps, in small steps, and gives the space back. Safe to be stopped anywhere. */
export const retentionJob = defineJob({
  name: "sync.retention",
  displayName: "Clear old history",
  description: "Drops what the retention rules no longer keep of old runs and old jobs, and gives the space back.",
  group: "Upkeep",
  permission: "settings:manage",
  stages: ["Clearing the rows", "Forgetting old runs", "Clearing old logs", "Clearing old jobs", "Giving space back"],
  isResumable: true,
  idempotency: "What is cleared is cleared: run again it finds what became due since.",
  payload: z.object({}),
  parameters: z.object({}),
  start: async (actor): Promise<StartedJob> => (await import("./request")).requestRetention(actor),
  resultTitles: {
    runs: "Runs cleared",
    changes: "Changes dropped",
    rejections: "Refused rows dropped",
    forgotten: "Runs forgotten",
    jobs: "Jobs cleared",
    lines: "Log lines cleared",
    bytesBefore: "Database before",
    bytesAfter: "Database after",
    freeBytes: "Of it unused",
  },
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    await clearOldExports();
    const before = await measureStorage();
    const cleared = await clearRows(context);
    const forgotten = await forgetRuns(context);
    const old = await clearJobs(context);
    // Also when nothing was left to clear: an earlier try may have ended between its last row and this.
    await giveSpaceBack(
      ["SyncChangeDetail", "SyncChange", "SyncRejection", "JobLine", "JobStage", "JobAttempt", "Job"],
      (left) => context.report({ stage: "Giving space back", done: 0, total: left, unit: "pages" }),
    );
    const after = await measureStorage();
    const result = {
      ...cleared,
      forgotten,
      jobs: old.jobs,
      lines: old.lines,
      bytesBefore: before.bytes,
      bytesAfter: after.bytes,
      freeBytes: after.freeBytes,
    };
    context.log(
      `Cleared ${cleared.changes} changes and ${cleared.rejections} refused rows of ${cleared.runs} runs, forgot ${forgotten} runs; dropped ${old.jobs} jobs and ${old.lines} lines of logs; ${before.bytes} bytes before, ${after.bytes} after`,
    );
    return result;
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

async function clearRows(context: JobContext) {
  const cleared = { runs: 0, changes: 0, rejections: 0 };
  for (;;) {
    const { rows } = await dueRuns(new Date(), RUNS);
    if (rows.length === 0) return cleared;
    for (const run of rows) {
      const report = () =>
        context.report({
          stage: `Clearing the rows of run ${run.number}`,
          done: cleared.changes + cleared.rejections,
          total: null,
          unit: "rows",
        });
      await report();
      const changes = await inBatches(context, report, (tx) => deleteChanges(tx, run.id, BATCH));
      const rejections = await inBatches(context, report, (tx) => deleteRejections(tx, run.id, BATCH));
      await markCleared(run, { changes, rejections }, context);
      cleared.runs++;
      cleared.changes += changes;
      cleared.rejections += rejections;
    }
  }
}

type Delete = (tx: Parameters<Parameters<typeof transaction>[0]>[0]) => Promise<number>;

async function inBatches(context: JobContext, report: () => Promise<void>, remove: Delete) {
  for (let sum = 0; ; ) {
    const count = await transaction(async (tx) => {
      await context.assertHeld(tx);
      return remove(tx);
    });
    sum += count;
    if (count < BATCH) return sum;
    await report();
  }
}

/** From here the run says that it can't be undone any more; its counts stay. */
async function markCleared(run: DueRun, rows: { changes: number; rejections: number }, context: JobContext) {
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    const prunedAt = new Date();
    await tx.syncHistory.updateMany({ where: { id: run.id, prunedAt: null }, data: { prunedAt } });
    if (rows.changes + rows.rejections === 0) return;
    const target = { entity: "SyncHistory", entityId: run.id };
    await recordAudit(tx, SYSTEM, "sync.clear", target, { after: { number: run.number, ...rows } });
  });
}

async function forgetRuns(context: JobContext) {
  for (let sum = 0; ; ) {
    await context.report({ stage: "Forgetting old runs", done: sum, total: null, unit: "runs" });
    const { forgotten } = await dueRuns(new Date(), RUNS);
    if (forgotten.length === 0) return sum;
    const nobody = async () => undefined;
    for (const run of forgotten) {
      await inBatches(context, nobody, (tx) => deleteChanges(tx, run.id, BATCH));
      await inBatches(context, nobody, (tx) => deleteRejections(tx, run.id, BATCH));
    }
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await tx.syncHistory.deleteMany({ where: { id: { in: forgotten.map((run) => run.id) } } });
      const numbers = forgotten.map((run) => run.number);
      const target = { entity: "Configuration", entityId: "sync.retention" };
      await recordAudit(tx, SYSTEM, "sync.forget", target, { after: { runs: numbers } });
    });
    sum += forgotten.length;
  }
}
