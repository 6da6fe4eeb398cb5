import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { Job, Prisma } from "@/prisma/generated/sqlite/client";
import { beginAttempt } from "./attempts";
import { runIdOf } from "./job-parameters";
import { jobDefinitions } from "./registry";

/** Waiting jobs looked at together, while the next is sought. */
const LOOKED_AT = 200;
const LOST = { outcome: "lost" };

export type ClaimedJob = Job & {
  /** Its worker died in an earlier try, perhaps of it: nothing else may run in the same process. */
  runsAlone: boolean;
};

interface Room {
  /** No other job than this. */
  only?: string;
  /** Types that this worker has no room for. */
  without?: readonly string[];
  /** Other jobs run in this worker: none that runs alone is taken. */
  isShared?: boolean;
}

/** Takes the next job of the queue, larger priority first, then older; null when there is none to run now. */
export async function claimJob(workerId: string, room: Room = {}): Promise<ClaimedJob | null> {
  const { only, without = [], isShared = false } = room;
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const runnable: Prisma.JobWhereInput = {
      status: "pending",
      jobType: { notIn: [...without, ...(await typesAtTheirLimit(tx))] },
      ...(only ? { id: only } : {}),
      ...(isShared ? { attemptRows: { none: LOST } } : {}),
      OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
    };
    const next = await nextJob(tx, runnable);
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
    return { ...job, runsAlone: (await tx.jobAttempt.count({ where: { jobId: job.id, ...LOST } })) > 0 };
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

async function nextJob(tx: Tx, where: Prisma.JobWhereInput) {
  const pausedSources = await sourcesOfPausedJobs(tx);
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
