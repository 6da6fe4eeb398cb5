import "server-only";
import { type Tx, withGuard } from "@/lib/db/client";
import { isDiskFull } from "@/lib/disk-full";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { notifyJobEnd } from "@/lib/notifications/notify-job-end";
import type { Job, Prisma } from "@/prisma/generated/sqlite/client";
import { type AttemptOutcome, endAttempt } from "./attempts";
import {
  JobCancelledError,
  type JobDefinition,
  JobHeldError,
  JobPausedError,
  LeaseLostError,
  WorkerStoppingError,
} from "./define-job";
import { JobRun } from "./job-run";
import { jobDefinition } from "./registry";
import { tryAgainAfterMs } from "./try-again";

/**
 * Runs one claimed job to its end and records how it ended.
 * @param isPatient waits with the record while the disk is full
 */
export async function runJob(job: Job, workerSignal: AbortSignal, isPatient = false) {
  const run = new JobRun(job, workerSignal, isPatient);
  try {
    await runTry(job, run);
  } finally {
    run.stop();
  }
}

async function runTry(job: Job, run: JobRun) {
  const definition = jobDefinition(job.jobType);
  if (!definition) return finish(job, run, { status: "failed", error: `There is no job type "${job.jobType}".` });
  const payload = definition.payload.safeParse(job.parameters);
  if (!payload.success) return finish(job, run, { status: "failed", error: "The job's parameters can't be read." });
  try {
    const result = await withGuard(run.guard, () => definition.handle(payload.data, run.context));
    await finish(job, run, { status: "completed", result });
  } catch (error) {
    // Whatever an abort made a stream throw: the reason is why it ended.
    const { signal } = run.context;
    await endFailed(job, definition, payload.data, signal.aborted ? signal.reason : error, run);
  }
}

async function endFailed(job: Job, definition: JobDefinition, payload: unknown, error: unknown, run: JobRun) {
  const giveUp = (end: Parameters<JobDefinition["giveUp"]>[1]) =>
    run.surely(() => withGuard(run.guard, () => definition.giveUp(payload, end)));
  if (error instanceof LeaseLostError) {
    log.warn("job.lease-lost", { jobId: job.id });
    return;
  }
  if (error instanceof WorkerStoppingError) {
    await finish(job, run, { status: "pending", outcome: "stopped", returnAttempt: true });
    return;
  }
  if (error instanceof JobPausedError) {
    await finish(job, run, { status: "paused", returnAttempt: true });
    return;
  }
  if (error instanceof JobHeldError) {
    run.context.log(error.message, "warning");
    await finish(job, run, { status: "paused", error: error.message, returnAttempt: true });
    return;
  }
  if (error instanceof JobCancelledError) {
    await giveUp({ status: "cancelled", reason: "A person cancelled it." });
    await finish(job, run, { status: "cancelled" });
    return;
  }
  const said = sentenceFor(error);
  const expected = said !== null;
  const reason = said ?? `Something went wrong (ref ${job.id.slice(-8)}). The log has the details.`;
  log.error("job.failed", error, { jobId: job.id, jobType: job.jobType, attempt: job.attempts });
  run.context.log(reason, "error");
  // An expected failure fails again; anything else may be the machine's bad moment.
  if (!expected && job.attempts < job.maxAttempts) {
    const scheduledAt = new Date(Date.now() + tryAgainAfterMs(job.attempts));
    await finish(job, run, { status: "pending", outcome: "failed", error: reason, scheduledAt });
    return;
  }
  await giveUp({ status: "failed", reason });
  await finish(job, run, { status: expected ? "failed" : "parked", outcome: "failed", error: reason });
}

/** What a person can do about an expected failure; null for one that nobody foresaw. */
function sentenceFor(error: unknown): string | null {
  if (error instanceof AppError) return error.message;
  if (isDiskFull(error)) {
    return "The disk is full. Nothing is lost: free some space in the data folder's disk, then start it again.";
  }
  return null;
}

type Ending = {
  result?: Record<string, unknown>;
  error?: string;
  /** Stopping the worker is not the job's fault: the try doesn't count. */
  returnAttempt?: boolean;
  /** When the next try may begin. */
  scheduledAt?: Date;
} & (
  | { status: "completed" | "failed" | "cancelled" | "paused"; outcome?: undefined }
  | { status: "failed" | "pending" | "parked"; outcome: AttemptOutcome }
);

async function finish(job: Job, run: JobRun, ending: Ending) {
  const ended = ending.status !== "pending" && ending.status !== "paused";
  const endedAt = new Date();
  const endNow = async (tx: Tx) => {
    const { count } = await tx.job.updateMany({
      where: { id: job.id, fence: job.fence, status: "running" },
      data: {
        status: ending.status,
        error: ending.error ?? null,
        completedAt: ended ? endedAt : null,
        ...(ending.status === "completed" ? { progress: 100, currentStage: "done" } : {}),
        // A result is made of plain values by its handler.
        ...(ending.result ? { result: ending.result as Prisma.InputJsonObject } : {}),
        ...(ending.returnAttempt ? { attempts: { decrement: 1 } } : {}),
        ...(ending.scheduledAt ? { scheduledAt: ending.scheduledAt } : {}),
        // A wish that was granted, or came too late, is none for the next try.
        ...(ending.status === "pending" ? {} : { pauseRequested: false }),
      },
    });
    if (count > 0 && (ended || ending.error !== undefined)) {
      await notifyJobEnd(tx, { ...job, status: ending.status, error: ending.error ?? null }, endedAt);
    }
    return count > 0;
  };
  const outcome = ending.outcome ?? ending.status;
  await run.surely(() => run.write(endNow, (tx) => endAttempt(tx, job, { outcome, error: ending.error, endedAt })));
}
