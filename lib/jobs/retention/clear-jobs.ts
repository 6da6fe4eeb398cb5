import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import { deleteOldJobs, deleteOldLines, hasOldJobs, type JobCutoffs } from "@/lib/db/job-retention";
import type { JobContext } from "@/lib/jobs/define-job";
import { readJobRetention } from "./settings";

const DAY_MS = 86_400_000;
/** Lines deleted in one transaction: short enough that a person's save never waits a second. */
const LINES = 1_000;
/** Jobs deleted in one transaction, each with its tries and stages. */
const JOBS = 100;

/** Whether jobs or lines of logs have been kept long enough. */
export async function areJobsDue(now = new Date()): Promise<boolean> {
  return hasOldJobs(await cutoffs(now));
}

/** Drops old jobs and old lines in small steps. Safe to be stopped anywhere. */
export async function clearJobs(context: JobContext, now = new Date()): Promise<{ jobs: number; lines: number }> {
  const due = await cutoffs(now);
  const lines = await inBatches(context, { stage: "Clearing old logs", unit: "lines", batch: LINES }, (tx) =>
    deleteOldLines(tx, due, LINES),
  );
  const jobs = await inBatches(context, { stage: "Clearing old jobs", unit: "jobs", batch: JOBS }, (tx) =>
    deleteOldJobs(tx, due, JOBS),
  );
  return { jobs, lines };
}

async function inBatches(
  context: JobContext,
  { batch, ...told }: { stage: string; unit: string; batch: number },
  remove: (tx: Tx) => Promise<number>,
) {
  for (let sum = 0; ; ) {
    await context.report({ ...told, done: sum, total: null });
    const count = await transaction(async (tx) => {
      await context.assertHeld(tx);
      return remove(tx);
    });
    sum += count;
    if (count < batch) return sum;
  }
}

async function cutoffs(now: Date): Promise<JobCutoffs> {
  const { doneDays, failedDays, lineDays } = await readJobRetention(db);
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return { done: before(doneDays), failed: before(failedDays), lines: before(lineDays) };
}
