import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { Tx } from "@/lib/db/client";

/** Where a job that is being asked for comes from. */
export interface JobOrigin {
  /** The job it repeats, with or without changes. */
  clonedFromId?: string;
  scheduleId?: string;
  /** The parameters as they were given, for a form that repeats the job. */
  given?: Record<string, unknown>;
  priority?: number;
  /** Written in the transaction that puts the job on the queue: both stand, or neither. */
  alsoWrite?(tx: Tx, jobId: string): Promise<void>;
}

const origins = new AsyncLocalStorage<{ origin: JobOrigin | null }>();

/** Runs `work`; the first job that it puts on the queue says that it comes from `origin`. */
export function startedFrom<T>(origin: JobOrigin, work: () => Promise<T>): Promise<T> {
  return origins.run({ origin }, work);
}

/** The origin of the job that is put on the queue now: the first takes it. */
export function takeOrigin(): JobOrigin | null {
  const kept = origins.getStore();
  if (!kept) return null;
  const { origin } = kept;
  kept.origin = null;
  return origin;
}
