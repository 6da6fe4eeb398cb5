import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Jobs of a kind that its figures are of: the newest. */
const MEASURED = 50;

export interface JobDuration {
  /** How many were measured, at most 50. */
  count: number;
  /** Seconds from the beginning of the first try to the end. */
  medianSeconds: number;
  /** Of twenty, nineteen were done within. */
  p95Seconds: number;
}

/** How long finished jobs of each of these types took, the newest fifty of each; a type that none finished of is left out. */
export async function jobDurations(actor: Actor, types: readonly string[]): Promise<Map<string, JobDuration>> {
  assertCan(actor, "job:read");
  const found = await Promise.all([...new Set(types)].map(async (type) => [type, await durationOf(type)] as const));
  return new Map(found.flatMap(([type, duration]) => (duration ? [[type, duration] as const] : [])));
}

async function durationOf(jobType: string): Promise<JobDuration | null> {
  const jobs = await db.job.findMany({
    where: { jobType, status: "completed", completedAt: { not: null } },
    select: { startedAt: true, completedAt: true },
    orderBy: { completedAt: "desc" },
    take: MEASURED,
  });
  const seconds = jobs
    .flatMap(({ startedAt, completedAt }) =>
      startedAt && completedAt ? Math.max(0, (completedAt.getTime() - startedAt.getTime()) / 1000) : [],
    )
    .sort((a, b) => a - b);
  if (seconds.length === 0) return null;
  return { count: seconds.length, medianSeconds: quantile(seconds, 0.5), p95Seconds: quantile(seconds, 0.95) };
}

/** The smallest value that at least this share of the sorted ones does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
