import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { jobDurations } from "./durations";
import { iconBatchIdOf, runIdOf } from "./job-parameters";
import { isRetryable, withNames } from "./job-rows";
import { jobFacts, jobFactsSelect } from "./job-state";
import { countLines, listLines } from "./list-lines";
import { whatItWaitsFor } from "./waits-for";

/** Lines of a job's log that its page shows. */
const LOG_TAIL_LINES = 200;

/** One job with the end of its log and the run it works on; null when there is none. */
export async function getJob(actor: Actor, id: string) {
  assertCan(actor, "job:read");
  const stored = await db.job.findUnique({
    where: { id },
    select: { ...jobFactsSelect, parameters: true, result: true, workerId: true },
  });
  if (!stored) return null;
  const { parameters, result, workerId, ...job } = stored;
  const runId = runIdOf(parameters);
  const batchId = iconBatchIdOf(parameters);
  const [[row], run, batch, durations, log, lineCount] = await Promise.all([
    withNames([jobFacts(job, new Date())]),
    runId
      ? db.syncHistory.findUnique({ where: { id: runId }, select: { number: true, source: true, isDryRun: true } })
      : null,
    batchId ? db.iconBatch.findUnique({ where: { id: batchId }, select: { number: true } }) : null,
    jobDurations(actor, [job.jobType]),
    listLines(actor, { jobId: id, take: LOG_TAIL_LINES }),
    countLines(actor, id),
  ]);
  if (!row) throw new AppError("not_found", "There is no such job.");
  return {
    ...row,
    parameters,
    result,
    workerId,
    run,
    batch,
    canRetry: isRetryable(row),
    duration: durations.get(job.jobType) ?? null,
    waitsFor: row.status === "pending" ? await whatItWaitsFor(id) : null,
    log: log.lines,
    linesBefore: Math.max(0, lineCount - log.lines.length),
  };
}
export type JobDetail = NonNullable<Awaited<ReturnType<typeof getJob>>>;
