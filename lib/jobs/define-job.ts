import "server-only";
import type { z } from "zod";
import { type Actor, assertCan, type Grant } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "./enqueue";
import type { JobGroup } from "./job-groups";
import type { LineLevel } from "./job-lines";
import type { JobProgress } from "./progress";

/** What a running job has at hand. */
export interface JobContext {
  jobId: string;
  /** Aborted when a person cancels, the worker stops, or the lease is lost. */
  signal: AbortSignal;
  /** Tells how far the work is; written at most once a second. Throws when the job shall stop. */
  report(progress: Pick<JobProgress, "stage" | "done" | "total" | "unit">): Promise<void>;
  /** Adds a line to the job's log, `info` unless it says otherwise; written with the next report, at most a second later. */
  log(line: string, level?: LineLevel): void;
  /**
   * First line of every write transaction of a job: refuses it when another worker holds the job by now.
   * @throws {LeaseLostError}
   */
  assertHeld(tx: Tx): Promise<void>;
}

export interface StartedJob {
  jobId: string;
}

export interface JobDefinition<P extends z.ZodType = z.ZodType, S extends z.ZodObject = z.ZodObject> {
  name: string;
  displayName: string;
  /** A sentence: what it does, for whoever is about to start it. */
  description: string;
  group: JobGroup;
  /** Who may start it by hand. */
  permission: Grant;
  /** What is stored with the job. */
  payload: P;
  /**
   * What a person gives: its form, its command's flags and its API call are made of it. Fields tell their title and
   * help by `.meta({ title, description, choose })`; `choose` makes a field a search among what there is (ChoiceKind).
   */
  parameters: S;
  /**
   * Makes what the job works on and puts it on the queue. Checks the actor's grant and the state of things itself.
   * @throws {AppError} with a sentence why it can't be started
   */
  start(actor: Actor, parameters: z.output<S>): Promise<StartedJob>;
  /** The parameters of an earlier job of which only the payload is kept, as far as they can be known. */
  recall?(payload: z.output<P>): Promise<Partial<z.input<S>>>;
  /** What it reports, in order; a stage that a job has no need of is left out. */
  stages: readonly string[];
  /** Whether the next try goes on where a killed one stopped; otherwise it begins anew. */
  isResumable: boolean;
  /** A sentence: what happens when it runs twice. */
  idempotency: string;
  /** What the names of its result mean, where they do not say it themselves: `written` is `Words written`. */
  resultTitles?: Readonly<Record<string, string>>;
  /**
   * Whether there is a use in it again and again, so that a schedule may start it. What is done for good, or is about
   * something that is there once, has none.
   */
  recurs: boolean;
  /** How many of the type work at once. */
  concurrency: number;
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

type Usual = "concurrency" | "recurs";
type Written<P extends z.ZodType, S extends z.ZodObject> = Omit<JobDefinition<P, S>, Usual | "parameters" | "start"> &
  Partial<Pick<JobDefinition<P, S>, Usual>>;

/** A job about something: `start` finds or makes that. */
export function defineJob<P extends z.ZodType, S extends z.ZodObject>(
  definition: Written<P, S> & Pick<JobDefinition<P, S>, "parameters" | "start">,
): JobDefinition<P, S>;
/** A job whose parameters are its payload: it is put on the queue as they are. */
export function defineJob<P extends z.ZodObject>(definition: Written<P, P>): JobDefinition<P, P>;
export function defineJob(
  written: Written<z.ZodType, z.ZodObject> & Partial<Pick<JobDefinition, "parameters" | "start">>,
): JobDefinition {
  const definition: JobDefinition = {
    concurrency: 1,
    recurs: true,
    // The second overload: the payload is an object.
    parameters: written.payload as z.ZodObject,
    start: (actor, parameters) => enqueueOnce(actor, definition, parameters),
    ...written,
  };
  return definition;
}

/** Whoever asks for what waits already waits for the same job. */
async function enqueueOnce(actor: Actor, definition: JobDefinition, parameters: unknown) {
  assertCan(actor, definition.permission);
  const wanted = JSON.stringify(definition.payload.parse(parameters));
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const waiting = await tx.job.findMany({
      where: { jobType: definition.name, status: "pending" },
      select: { id: true, parameters: true },
    });
    // Parsed, for PostgreSQL keeps the names of stored JSON in an order of its own.
    const same = waiting.find((job) => JSON.stringify(definition.payload.safeParse(job.parameters).data) === wanted);
    return { jobId: same?.id ?? (await enqueue(tx, actor, definition, parameters)) };
  });
}

/** A person asked for the end, between two batches. */
export class JobCancelledError extends Error {
  override name = "JobCancelledError";
}

/** A person asked for a pause, between two batches: what is done stays done. */
export class JobPausedError extends Error {
  override name = "JobPausedError";
}

/** The job can't go on until a person did something: it pauses with the sentence that says what. */
export class JobHeldError extends Error {
  override name = "JobHeldError";
}

/** Another worker took the job over; this one writes nothing more. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
}

/** The worker is asked to stop: the job goes back to the queue and is resumed by the next worker. */
export class WorkerStoppingError extends Error {
  override name = "WorkerStoppingError";
}
