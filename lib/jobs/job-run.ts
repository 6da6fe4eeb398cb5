import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { db, type Tx, transaction } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Job } from "@/prisma/generated/sqlite/client";
import { JobCancelledError, type JobContext, JobPausedError, LeaseLostError, WorkerStoppingError } from "./define-job";
import { isHeldUp } from "./held-up";
import { addLines, type LineLevel, MOST_LINES, type NewLine, newLine } from "./job-lines";
import type { JobProgress } from "./progress";
import { StageLog } from "./stage-log";

/** Between two looks at the clock, the cancel wish and the progress row, in milliseconds. */
const REPORT_EVERY_MS = 1_000;
/** Between two signs of life, in milliseconds. */
const HEARTBEAT_EVERY_MS = 5_000;
/** Between two tries to write how a job ended, in milliseconds. */
const END_EVERY_MS = 2_000;

type Told = Pick<JobProgress, "stage" | "done" | "total" | "unit">;

/** One try at a job: its lease, its progress and its log. */
export class JobRun {
  readonly context: JobContext;
  readonly #abort = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #onWorkerStop: () => void;
  /** Transactions found to be held: asking once is enough. */
  readonly #held = new WeakSet<Tx>();
  readonly #stages: StageLog;
  /** Said and not written yet. */
  #lines: NewLine[] = [];
  /** Lines in the log; null until the first write has counted them. */
  #written: number | null = null;
  #soon: NodeJS.Timeout | undefined;
  /** The last write begun: the next waits for it, so that no line is written twice. */
  #writing: Promise<unknown> = Promise.resolve();
  #lastReport = 0;
  #stage: { name: string; startedAt: number; doneBefore: number } | undefined;

  constructor(
    private readonly job: Job,
    private readonly workerSignal: AbortSignal,
    private readonly isPatient: boolean,
  ) {
    this.#stages = new StageLog(job.id, job.fence);
    this.#onWorkerStop = () => this.#abort.abort(new WorkerStoppingError());
    if (workerSignal.aborted) this.#onWorkerStop();
    workerSignal.addEventListener("abort", this.#onWorkerStop);
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_EVERY_MS);
    this.context = {
      jobId: job.id,
      signal: this.#abort.signal,
      report: (progress) => this.#report(progress),
      log: (line, level) => this.#log(line, level),
      assertHeld: (tx) => this.#assertHeld(tx),
    };
  }

  /** First of all in every transaction of the job. */
  readonly guard = (tx: Tx) => this.#assertHeld(tx);

  /**
   * Writes what was said so far together with `work`, whose transaction holds the job's row from its first statement on.
   * `work` answers false when the job is no longer this try's: then nothing more is written. `last` comes after all.
   */
  write(work: (tx: Tx) => Promise<boolean>, last?: (tx: Tx) => Promise<void>): Promise<void> {
    const turn = this.#writing.then(async () => {
      clearTimeout(this.#soon);
      this.#soon = undefined;
      const settle = await transaction(async (tx) => {
        if (!(await work(tx))) return () => undefined;
        const settled = await this.#writeSaid(tx);
        await last?.(tx);
        return settled;
      });
      settle();
    });
    this.#writing = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Ends the job, if need be once there is room on the disk: a job whose end nobody could write down would look as if
   * it had killed its worker.
   */
  async surely(end: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await end();
      } catch (error) {
        if (!this.isPatient || !isHeldUp(error) || this.workerSignal.aborted) throw error;
        log.error("job.end-held-up", error, { jobId: this.job.id });
        // A worker that stops wakes it; the next look throws.
        await sleep(END_EVERY_MS, undefined, { signal: this.workerSignal }).catch(() => undefined);
      }
    }
  }

  stop() {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#soon);
    this.workerSignal.removeEventListener("abort", this.#onWorkerStop);
  }

  async #writeSaid(tx: Tx): Promise<() => void> {
    const settleStages = await this.#stages.write(tx);
    const taken = this.#lines.length;
    const written = this.#written ?? (taken > 0 ? await tx.jobLine.count({ where: { jobId: this.job.id } }) : null);
    const room = Math.max(0, MOST_LINES - (written ?? 0));
    const lines = this.#lines.slice(0, room);
    if (lines.length === room && room > 0) lines[room - 1] = logEnd();
    if (lines.length > 0) await addLines(tx, this.job.id, lines);
    return () => {
      settleStages();
      this.#written = written === null ? null : written + lines.length;
      this.#lines.splice(0, taken);
    };
  }

  #log(text: string, level?: LineLevel) {
    if (this.#written !== null && this.#written + this.#lines.length > MOST_LINES) return;
    this.#lines.push(newLine(text, level));
    this.#soon ??= setTimeout(() => void this.#writeSoon(), REPORT_EVERY_MS);
  }

  async #writeSoon() {
    await this.#quietly(() => this.write((tx) => this.#hold(tx)));
  }

  async #beat() {
    await this.#quietly(async () => {
      await transaction((tx) => this.#assertHeld(tx));
      await this.#stopWhenAsked();
    });
  }

  /** Outside the handler's own steps: an end goes to the handler by its signal, anything else waits for the next time. */
  async #quietly(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      if (isEnd(error)) this.#abort.abort(error);
      // A heartbeat that could not be written is tried again; the lease outlives five of them.
      else log.error("job.heartbeat-missed", error, { jobId: this.job.id });
    }
  }

  /** @throws {JobCancelledError} {JobPausedError} when a person asked for it */
  async #stopWhenAsked() {
    const job = await db.job.findUnique({
      where: { id: this.job.id },
      select: { cancelRequested: true, pauseRequested: true },
    });
    if (job?.cancelRequested) throw new JobCancelledError("Cancelled");
    if (job?.pauseRequested) throw new JobPausedError("Paused");
  }

  async #hold(tx: Tx) {
    await this.#assertHeld(tx);
    return true;
  }

  async #assertHeld(tx: Tx) {
    if (this.#held.has(tx)) return;
    const { count } = await tx.job.updateMany({
      where: { id: this.job.id, fence: this.job.fence, status: "running" },
      data: { heartbeatAt: new Date() },
    });
    if (count === 0) throw new LeaseLostError("Another worker took this job over.");
    this.#held.add(tx);
  }

  async #report({ stage, done, total, unit }: Told) {
    this.#abort.signal.throwIfAborted();
    const now = Date.now();
    const isNewStage = this.#stage?.name !== stage;
    if (isNewStage) this.#stage = { name: stage, startedAt: now, doneBefore: done };
    const isDue = now - this.#lastReport >= REPORT_EVERY_MS;
    const hasOwnRow = isNewStage && this.#stages.hasRoom;
    this.#stages.tell({ stage, done, total, unit }, new Date(now));
    if (!hasOwnRow && !isDue) return;
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
    await this.write(async (tx) => {
      await this.#assertHeld(tx);
      await tx.job.update({
        where: { id: this.job.id },
        data: {
          currentStage: stage,
          stageProgress: progress,
          progress: total ? Math.min(99, (100 * done) / total) : 0,
        },
        select: { id: true },
      });
      return true;
    });
  }
}

/** A lease that went, or a person's wish. */
function isEnd(error: unknown) {
  return error instanceof LeaseLostError || error instanceof JobCancelledError || error instanceof JobPausedError;
}

function logEnd() {
  const words = `The log ends here: a job keeps ${MOST_LINES.toLocaleString("en-GB")} lines. Its work goes on.`;
  return newLine(words, "warning");
}
