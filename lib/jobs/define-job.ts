import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import type { JobProgress } from "./progress";

/** What a running job has at hand. */
export interface JobContext {
  jobId: string;
  /** Aborted when a person cancels, the worker stops, or the lease is lost. */
  signal: AbortSignal;
  /** Tells how far the work is; written at most once a second. Throws when the job shall stop. */
  report(progress: Pick<JobProgress, "stage" | "done" | "total" | "unit">): Promise<void>;
  /** Adds a line to the job's log. */
  log(line: string): void;
  /**
   * First line of every write transaction of a job: refuses it when another worker holds the job by now.
   * @throws {LeaseLostError}
   */
  assertHeld(tx: Tx): Promise<void>;
}

export interface JobDefinition<P extends z.ZodType = z.ZodType> {
  name: string;
  displayName: string;
  payload: P;
  /** Tries before the job is parked for a person, a killed worker's try included. */
  maxAttempts: number;
  /** Jobs of one group never run side by side. */
  exclusive: "catalogue" | null;
  /** Silence after which its worker counts as dead, in milliseconds, where the usual is too short for the work. */
  leaseMs?: number;
  /** Safe to run again after being killed anywhere. The answer is the job's result. */
  handle(payload: z.output<P>, context: JobContext): Promise<Record<string, unknown>>;
  /** Called when no try is left or a person cancelled: marks what the job was working on. */
  giveUp(payload: z.output<P>, end: { status: "failed" | "cancelled"; reason: string }): Promise<void>;
  /**
   * Undoes `giveUp`, so that a person can run the ended job again. Without it a job that ended stays ended.
   * @throws {AppError} `conflict` when that would do harm by now
   */
  reopen?(tx: Tx, payload: z.output<P>): Promise<void>;
}

export function defineJob<P extends z.ZodType>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}

/** A person asked for the end, between two batches. */
export class JobCancelledError extends Error {
  override name = "JobCancelledError";
}

/** A person asked for a pause, between two batches: what is done stays done. */
export class JobPausedError extends Error {
  override name = "JobPausedError";
}

/** Another worker took the job over; this one writes nothing more. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
}

/** The worker is asked to stop: the job goes back to the queue and is resumed by the next worker. */
export class WorkerStoppingError extends Error {
  override name = "WorkerStoppingError";
}
