import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { isAlive } from "@/lib/is-alive";
import { isUnreleased } from "@/lib/sync/review/release-approved";
import type { Job } from "@/prisma/generated/sqlite/client";
import { runIdOf } from "./job-parameters";
import { LeaseWatch } from "./lease-watch";
import { parseJobProgress } from "./progress";
import { jobDefinition } from "./registry";
import { tryAgainAfterMs } from "./try-again";

/** Waiting jobs among which the next is sought. */
const LOOKED_AT = 200;

/** Takes the next job of the queue, larger priority first, then older; null when there is none to run now. */
export async function claimJob(workerId: string, only?: string): Promise<Job | null> {
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const running = await tx.job.findMany({ where: { status: "running" }, select: { jobType: true } });
    const busy = new Set(running.map((job) => jobDefinition(job.jobType)?.exclusive));
    const pausedSources = await sourcesOfPausedJobs(tx);
    const waiting = await tx.job.findMany({
      where: {
        status: "pending",
        ...(only ? { id: only } : {}),
        OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
      },
      orderBy: [{ priority: "desc" }, { createdAt: "asc" }, { id: "asc" }],
      take: LOOKED_AT,
    });
    const sources = pausedSources.size > 0 ? await sourcesOf(tx, waiting) : new Map<string, string>();
    const next = waiting.find((job) => {
      const group = jobDefinition(job.jobType)?.exclusive;
      return (!group || !busy.has(group)) && !pausedSources.has(sources.get(job.id) ?? "");
    });
    if (!next) return null;
    const now = new Date();
    return tx.job.update({
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
  });
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

/**
 * Puts jobs of dead workers back on the queue, or parks them when no try is left.
 * A worker is dead when its job's heartbeat is older than the lease (LeaseWatch), or when it ran here and its process is gone.
 */
export async function recoverLostJobs(host: string, leases = new LeaseWatch()): Promise<Job[]> {
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const running = await tx.job.findMany({ where: { status: "running" } });
    if (running.length === 0) return [];
    const workers = await tx.worker.findMany();
    const silent = leases.silentOf(running.map((job) => ({ ...job, leaseMs: jobDefinition(job.jobType)?.leaseMs })));
    const lost = running.filter((job) => {
      if (silent.has(job.id)) return true;
      const worker = workers.find((candidate) => candidate.id === job.workerId);
      return worker !== undefined && worker.host === host && !isAlive(worker.pid);
    });
    for (const job of lost) {
      const again = job.attempts < job.maxAttempts && !job.cancelRequested;
      const status = !again
        ? job.cancelRequested
          ? "cancelled"
          : "parked"
        : job.pauseRequested
          ? "paused"
          : "pending";
      await tx.job.update({
        where: { id: job.id },
        data: {
          status,
          error: status === "parked" ? parkedBecause(job) : null,
          completedAt: again ? null : new Date(),
          scheduledAt: status === "pending" ? new Date(Date.now() + tryAgainAfterMs(job.attempts)) : null,
          pauseRequested: false,
          outputLog: `${job.outputLog}${new Date().toISOString()} ${LOST_WORDS[status]}\n`,
        },
      });
    }
    return lost.filter((job) => job.attempts >= job.maxAttempts || job.cancelRequested);
  });
}

/** Ended jobs whose run or fetch does not know: whoever ended them died before telling it. */
export async function listUnsettledJobs(): Promise<Job[]> {
  const [runs, fetches] = await Promise.all([
    db.syncHistory.findMany({
      where: { jobId: { not: null }, status: { in: ["pending", "running", "review"] } },
      select: { id: true, jobId: true, status: true },
    }),
    db.feedFetch.findMany({ where: { jobId: { not: null }, outcome: "running" }, select: { jobId: true } }),
  ]);
  const ids = [...runs, ...fetches].flatMap(({ jobId }) => jobId ?? []);
  if (ids.length === 0) return [];
  const ended = await db.job.findMany({
    where: { id: { in: ids }, status: { in: ["cancelled", "failed", "parked"] } },
  });
  const unsettled: Job[] = [];
  for (const job of ended) {
    const run = runs.find(({ jobId }) => jobId === job.id);
    if (run?.status !== "review" || (await isUnreleased(run.id))) unsettled.push(job);
  }
  return unsettled;
}

const LOST_WORDS = {
  pending: "the worker died; another takes the job up again",
  paused: "the worker died; paused, as a person had asked",
  cancelled: "the worker died; cancelled, as a person had asked",
  parked: "the worker died again; parked until a person looks at it",
} as const;

/** Where it stood each time is the best hint at what kills it. */
function parkedBecause(job: Job) {
  const last = parseJobProgress(job.stageProgress);
  const at = last
    ? `, at last while ${lowerFirst(last.stage)} (${last.done.toLocaleString("en-GB")} ${last.unit})`
    : "";
  return `Its worker died ${job.attempts} times${at}. Look at the log, then run it again or cancel it.`;
}

function lowerFirst(text: string) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
