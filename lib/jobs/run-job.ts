import "server-only";
import { db, type Tx, transaction, withGuard } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Job, Prisma } from "@/prisma/generated/sqlite/client";
import {
  JobCancelledError,
  type JobContext,
  type JobDefinition,
  JobPausedError,
  LeaseLostError,
  WorkerStoppingError,
} from "./define-job";
import { isDiskFull } from "./disk-full";
import type { JobProgress } from "./progress";
import { jobDefinition } from "./registry";
import { tryAgainAfterMs } from "./try-again";

/** Between two looks at the clock, the cancel wish and the progress row, in milliseconds. */
const REPORT_EVERY_MS = 1_000;
/** Between two signs of life, in milliseconds. */
const HEARTBEAT_EVERY_MS = 5_000;
/** Longest log kept with a job, in characters. */
const LOG_LENGTH = 100_000;

/** Runs one claimed job to its end and records how it ended. */
export async function runJob(job: Job, workerSignal: AbortSignal) {
  const definition = jobDefinition(job.jobType);
  if (!definition) return finish(job, { status: "failed", error: `There is no job type "${job.jobType}".` });
  const payload = definition.payload.safeParse(job.parameters);
  if (!payload.success) return finish(job, { status: "failed", error: "The job's parameters can't be read." });
  const run = new JobRun(job, workerSignal);
  try {
    const result = await withGuard(run.guard, () => definition.handle(payload.data, run.context));
    await finish(job, { status: "completed", result, log: run.lines() });
  } catch (error) {
    // Whatever an abort made a stream throw: the reason is why it ended.
    const { signal } = run.context;
    await endFailed(job, definition, payload.data, signal.aborted ? signal.reason : error, run);
  } finally {
    run.stop();
  }
}

async function endFailed(job: Job, definition: JobDefinition, payload: unknown, error: unknown, run: JobRun) {
  const lines = run.lines();
  const giveUp = (end: Parameters<JobDefinition["giveUp"]>[1]) =>
    withGuard(run.guard, () => definition.giveUp(payload, end));
  if (error instanceof LeaseLostError) {
    log.warn("job.lease-lost", { jobId: job.id });
    return;
  }
  if (error instanceof WorkerStoppingError) {
    await finish(job, { status: "pending", log: lines, returnAttempt: true });
    return;
  }
  if (error instanceof JobPausedError) {
    await finish(job, { status: "paused", log: lines, returnAttempt: true });
    return;
  }
  if (error instanceof JobCancelledError) {
    await giveUp({ status: "cancelled", reason: "A person cancelled it." });
    await finish(job, { status: "cancelled", log: lines });
    return;
  }
  const said = sentenceFor(error);
  const expected = said !== null;
  const reason = said ?? `Something went wrong (ref ${job.id.slice(-8)}). The log has the details.`;
  log.error("job.failed", error, { jobId: job.id, jobType: job.jobType, attempt: job.attempts });
  // An expected failure fails again; anything else may be the machine's bad moment.
  if (!expected && job.attempts < job.maxAttempts) {
    const again = { scheduledAt: new Date(Date.now() + tryAgainAfterMs(job.attempts)) };
    await finish(job, { status: "pending", error: reason, log: `${lines}${reason}\n`, ...again });
    return;
  }
  await giveUp({ status: "failed", reason });
  await finish(job, { status: expected ? "failed" : "parked", error: reason, log: `${lines}${reason}\n` });
}

/** What a person can do about an expected failure; null for one that nobody foresaw. */
function sentenceFor(error: unknown): string | null {
  if (error instanceof AppError) return error.message;
  if (isDiskFull(error)) {
    return "The disk is full. Nothing is lost: free some space in the data folder's disk, then start it again.";
  }
  return null;
}

interface Ending {
  status: "completed" | "failed" | "cancelled" | "pending" | "paused" | "parked";
  result?: Record<string, unknown>;
  error?: string;
  log?: string;
  /** Stopping the worker is not the job's fault: the try doesn't count. */
  returnAttempt?: boolean;
  /** When the next try may begin. */
  scheduledAt?: Date;
}

async function finish(job: Job, ending: Ending) {
  const ended = ending.status !== "pending" && ending.status !== "paused";
  await transaction((tx) =>
    tx.job.updateMany({
      where: { id: job.id, fence: job.fence, status: "running" },
      data: {
        status: ending.status,
        error: ending.error ?? null,
        completedAt: ended ? new Date() : null,
        ...(ending.status === "completed" ? { progress: 100, currentStage: "done" } : {}),
        // A result is made of plain values by its handler.
        ...(ending.result ? { result: ending.result as Prisma.InputJsonObject } : {}),
        ...(ending.log ? { outputLog: ending.log.slice(-LOG_LENGTH) } : {}),
        ...(ending.returnAttempt ? { attempts: { decrement: 1 } } : {}),
        ...(ending.scheduledAt ? { scheduledAt: ending.scheduledAt } : {}),
        // A wish that was granted, or came too late, is none for the next try.
        ...(ending.status === "pending" ? {} : { pauseRequested: false }),
      },
    }),
  );
}

function isEnd(error: unknown) {
  return error instanceof LeaseLostError || error instanceof JobCancelledError || error instanceof JobPausedError;
}

/** One try at a job: its lease, its progress and its log. */
class JobRun {
  readonly context: JobContext;
  readonly #abort = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #onWorkerStop: () => void;
  readonly #job: Job;
  readonly #workerSignal: AbortSignal;
  /** Transactions found to be held: asking once is enough. */
  readonly #held = new WeakSet<Tx>();
  #lines: string;
  #lastReport = 0;
  #stage: { name: string; startedAt: number; doneBefore: number } | undefined;

  constructor(job: Job, workerSignal: AbortSignal) {
    this.#job = job;
    this.#workerSignal = workerSignal;
    this.#lines = job.outputLog;
    this.#onWorkerStop = () => this.#abort.abort(new WorkerStoppingError());
    workerSignal.addEventListener("abort", this.#onWorkerStop);
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_EVERY_MS);
    this.context = {
      jobId: job.id,
      signal: this.#abort.signal,
      report: (progress) => this.#report(progress),
      log: (line) => {
        this.#lines += `${new Date().toISOString()} ${line}\n`;
      },
      assertHeld: (tx) => this.#assertHeld(tx),
    };
  }

  lines() {
    return this.#lines;
  }

  /** First of all in every transaction of the job. */
  readonly guard = (tx: Tx) => this.#assertHeld(tx);

  stop() {
    clearInterval(this.#heartbeat);
    this.#workerSignal.removeEventListener("abort", this.#onWorkerStop);
  }

  async #beat() {
    try {
      await transaction((tx) => this.#assertHeld(tx));
      await this.#stopWhenAsked();
    } catch (error) {
      if (isEnd(error)) this.#abort.abort(error);
      // A heartbeat that could not be written is tried again; the lease outlives five of them.
      else log.warn("job.heartbeat-missed", { jobId: this.#job.id });
    }
  }

  /** @throws {JobCancelledError} {JobPausedError} when a person asked for it */
  async #stopWhenAsked() {
    const job = await db.job.findUnique({
      where: { id: this.#job.id },
      select: { cancelRequested: true, pauseRequested: true },
    });
    if (job?.cancelRequested) throw new JobCancelledError("Cancelled");
    if (job?.pauseRequested) throw new JobPausedError("Paused");
  }

  async #assertHeld(tx: Tx) {
    if (this.#held.has(tx)) return;
    const { count } = await tx.job.updateMany({
      where: { id: this.#job.id, fence: this.#job.fence, status: "running" },
      data: { heartbeatAt: new Date() },
    });
    if (count === 0) throw new LeaseLostError("Another worker took this job over.");
    this.#held.add(tx);
  }

  async #report({ stage, done, total, unit }: Pick<JobProgress, "stage" | "done" | "total" | "unit">) {
    this.#abort.signal.throwIfAborted();
    const now = Date.now();
    const isNewStage = this.#stage?.name !== stage;
    if (isNewStage) this.#stage = { name: stage, startedAt: now, doneBefore: done };
    if (!isNewStage && now - this.#lastReport < REPORT_EVERY_MS) return;
    this.#lastReport = now;
    const { startedAt = now, doneBefore = 0 } = this.#stage ?? {};
    const seconds = (now - startedAt) / 1000;
    const progress: JobProgress = {
      stage,
      done,
      total,
      unit,
      ratePerSecond: seconds > 0.5 ? Math.round((done - doneBefore) / seconds) : null,
      startedAt: new Date(startedAt).toISOString(),
    };
    await this.#stopWhenAsked();
    await transaction(async (tx) => {
      await this.#assertHeld(tx);
      await tx.job.update({
        where: { id: this.#job.id },
        data: {
          currentStage: stage,
          stageProgress: progress,
          progress: total ? Math.min(99, (100 * done) / total) : 0,
          outputLog: this.#lines.slice(-LOG_LENGTH),
        },
      });
    });
  }
}
