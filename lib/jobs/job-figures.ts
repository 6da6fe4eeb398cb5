import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countJobsByDay } from "@/lib/db/job-days";
import { type JobDuration, jobDurations } from "./durations";
import { jobDefinition } from "./registry";

const DAY_MS = 86_400_000;

/** The jobs asked for on one day. */
export interface JobDay {
  /** `2026-11-21`, UTC */
  day: string;
  done: number;
  /** Failed, or gave up. */
  failed: number;
  cancelled: number;
  /** Not at their end yet. */
  open: number;
}

/** What was asked of the workers, day by day, days without a job included. */
export async function jobsByDay(actor: Actor, days: number, now = new Date()): Promise<JobDay[]> {
  assertCan(actor, "job:read");
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - (days - 1)));
  const byDay = new Map<string, JobDay>();
  for (let offset = 0; offset < days; offset++) {
    const day = new Date(from.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
    byDay.set(day, { day, done: 0, failed: 0, cancelled: 0, open: 0 });
  }
  for (const { day, status, jobs } of await countJobsByDay(from)) {
    const entry = byDay.get(day);
    if (entry) entry[partOf(status)] += jobs;
  }
  return [...byDay.values()];
}

function partOf(status: string): Exclude<keyof JobDay, "day"> {
  if (status === "completed") return "done";
  if (status === "cancelled") return "cancelled";
  return status === "failed" || status === "parked" ? "failed" : "open";
}

/** One kind of work over the last days. */
export interface JobKind {
  type: string;
  name: string;
  jobs: number;
  failed: number;
  /** Of the newest fifty that finished, whenever that was; null when none did. */
  duration: JobDuration | null;
}

/** How often each kind was asked for, how often it failed and how long it takes; the most frequent first. */
export async function listJobKinds(actor: Actor, days: number, now = new Date()): Promise<JobKind[]> {
  assertCan(actor, "job:read");
  const groups = await db.job.groupBy({
    by: ["jobType", "status"],
    where: { createdAt: { gte: new Date(now.getTime() - days * DAY_MS) } },
    _count: true,
  });
  const types = [...new Set(groups.map(({ jobType }) => jobType))];
  const durations = await jobDurations(actor, types);
  const count = (type: string, isMeant: (status: string) => boolean) =>
    groups.reduce((sum, group) => sum + (group.jobType === type && isMeant(group.status) ? group._count : 0), 0);
  return types
    .map((type) => ({
      type,
      name: jobDefinition(type)?.displayName ?? type,
      jobs: count(type, () => true),
      failed: count(type, (status) => partOf(status) === "failed"),
      duration: durations.get(type) ?? null,
    }))
    .sort((a, b) => b.jobs - a.jobs || a.name.localeCompare(b.name));
}
