import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { AttemptOutcome } from "./attempts";

export interface TimelineStage {
  ordinal: number;
  name: string;
  startedAt: Date;
  /** Null while it is at work. */
  endedAt: Date | null;
  done: number;
  total: number | null;
  unit: string;
}

export interface TimelineAttempt {
  number: number;
  /** The first is 1, whatever number it was written under. */
  place: number;
  workerId: string;
  startedAt: Date;
  endedAt: Date | null;
  /** Null while it runs. */
  outcome: AttemptOutcome | null;
  error: string | null;
  stages: TimelineStage[];
}

/** Tries shown of a job, the newest: one paused a hundred times has as many. */
const MOST_ATTEMPTS = 50;

/** A job's tries, oldest first, each with what it did one after the other. */
export async function jobTimeline(actor: Actor, jobId: string): Promise<TimelineAttempt[]> {
  assertCan(actor, "job:read");
  const [count, attempts, stages] = await Promise.all([
    db.jobAttempt.count({ where: { jobId } }),
    db.jobAttempt.findMany({ where: { jobId }, orderBy: { number: "desc" }, take: MOST_ATTEMPTS }),
    db.jobStage.findMany({ where: { jobId }, orderBy: { ordinal: "asc" } }),
  ]);
  return attempts.toReversed().map(({ jobId: _, outcome, ...attempt }, index) => ({
    ...attempt,
    place: count - attempts.length + index + 1,
    // The table's own check allows no other outcome.
    outcome: outcome as AttemptOutcome | null,
    stages: stages
      .filter((stage) => stage.attempt === attempt.number)
      .map(({ jobId: _job, attempt: _at, ...rest }) => rest),
  }));
}
