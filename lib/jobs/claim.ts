import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { Job, Prisma } from "@/prisma/generated/sqlite/client";
import { beginAttempt } from "./attempts";
import { runIdOf } from "./job-parameters";
import { jobDefinitions } from "./registry";

/** Waiting jobs looked at together, while the next is sought. */
const LOOKED_AT = 200;

/**
 * Takes the next job of the queue, larger priority first, then older; null when there is none to run now.
 * @param only no other job than this
 * @param without types that this worker has no room for
 */
export async function claimJob(workerId: string, only?: string, without: readonly string[] = []): Promise<Job | null> {
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const next = await nextJob(tx, [...without, ...(await typesAtTheirLimit(tx))], only);
    if (!next) return null;
    const now = new Date();
    const job = await tx.job.update({
      where: { id: next.id },
      data: {
        status: "running",
        workerId,
        fence: { increment: 1 },
        attempts: { increment: 1 },
        heartbeatAt: now,
        startedAt: next.startedAt ?? now,
        error: null,
      },
    });
    await beginAttempt(tx, job, workerId, now);
    return job;
  });
}

/** Types of which no more may run beside what runs now, on whatever worker. */
async function typesAtTheirLimit(tx: Tx): Promise<string[]> {
  const running = await tx.job.groupBy({ by: ["jobType"], where: { status: "running" }, _count: true });
  const counts = new Map(running.map(({ jobType, _count }) => [jobType, _count]));
  const definitions = jobDefinitions();
  const busyGroups = new Set(definitions.flatMap(({ name, exclusive }) => (counts.has(name) && exclusive) || []));
  return definitions
    .filter(({ name, exclusive, concurrency }) => {
      return (counts.get(name) ?? 0) >= concurrency || (exclusive !== null && busyGroups.has(exclusive));
    })
    .map(({ name }) => name);
}

async function nextJob(tx: Tx, without: string[], only?: string) {
  const pausedSources = await sourcesOfPausedJobs(tx);
  const where: Prisma.JobWhereInput = {
    status: "pending",
    jobType: { notIn: without },
    ...(only ? { id: only } : {}),
    OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
  };
  for (let skip = 0; ; skip += LOOKED_AT) {
    const waiting = await tx.job.findMany({
      where,
      select: { id: true, startedAt: true, parameters: true },
      orderBy: [{ priority: "desc" }, { createdAt: "asc" }, { id: "asc" }],
      skip,
      take: pausedSources.size > 0 ? LOOKED_AT : 1,
    });
    if (pausedSources.size === 0) return waiting[0];
    const sources = await sourcesOf(tx, waiting);
    const next = waiting.find((job) => !pausedSources.has(sources.get(job.id) ?? ""));
    if (next || waiting.length < LOOKED_AT) return next;
  }
}

/**
 * Feed sources whose work a person paused half way: the rest of it was compared with the catalogue as it is, so no
 * other run of the same source may come between. Runs of other sources go on.
 */
async function sourcesOfPausedJobs(tx: Tx): Promise<Set<string>> {
  const paused = await tx.job.findMany({
    where: { status: "paused", startedAt: { not: null } },
    select: { id: true, parameters: true },
  });
  return new Set((await sourcesOf(tx, paused)).values());
}

/** The feed source each job's run belongs to, by job; jobs that work on no run are left out. */
async function sourcesOf(tx: Tx, jobs: { id: string; parameters: unknown }[]): Promise<Map<string, string>> {
  const runIds = new Map(jobs.map((job) => [job.id, runIdOf(job.parameters)]));
  const runs = await tx.syncHistory.findMany({
    where: { id: { in: [...runIds.values()].flatMap((id) => id ?? []) } },
    select: { id: true, feedSourceId: true },
  });
  const bySource = new Map(runs.map((run) => [run.id, run.feedSourceId]));
  const found = [...runIds].flatMap(([jobId, runId]): [string, string][] => {
    const source = bySource.get(runId ?? "");
    return source ? [[jobId, source]] : [];
  });
  return new Map(found);
}
