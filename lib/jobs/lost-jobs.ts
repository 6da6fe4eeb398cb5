import "server-only";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { isAlive } from "@/lib/is-alive";
import { notifyJobEnd } from "@/lib/notifications/notify-job-end";
import { isUnreleased } from "@/lib/sync/review/release-approved";
import type { Job } from "@/prisma/generated/sqlite/client";
import { endAttempt } from "./attempts";
import { addLines, newLine } from "./job-lines";
import { LeaseWatch } from "./lease-watch";
import { parseJobProgress } from "./progress";
import { jobDefinition } from "./registry";
import { tryAgainAfterMs } from "./try-again";

/**
 * Puts jobs of dead workers back on the queue, or parks them when no try is left.
 * A worker is dead when its job's heartbeat is older than the lease (LeaseWatch), or when it ran here and its process is gone.
 * @param isOurs jobs this very process is at work on: however long the database let nobody write a sign of life
 */
export async function recoverLostJobs(
  host: string,
  leases = new LeaseWatch(),
  isOurs: (job: Pick<Job, "id" | "workerId">) => boolean = () => false,
): Promise<Job[]> {
  if ((await db.job.findFirst({ where: { status: "running" }, select: { id: true } })) === null) return [];
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const running = await tx.job.findMany({ where: { status: "running" } });
    if (running.length === 0) return [];
    const workers = await tx.worker.findMany();
    const silent = leases.silentOf(running.map((job) => ({ ...job, leaseMs: jobDefinition(job.jobType)?.leaseMs })));
    const lost = running.filter((job) => {
      if (isOurs(job)) return false;
      if (silent.has(job.id)) return true;
      const worker = workers.find((candidate) => candidate.id === job.workerId);
      return worker !== undefined && worker.host === host && !isAlive(worker.pid);
    });
    for (const job of lost) await putBack(tx, job);
    return lost.filter((job) => job.attempts >= job.maxAttempts || job.cancelRequested);
  });
}

async function putBack(tx: Tx, job: Job) {
  const now = new Date();
  const again = job.attempts < job.maxAttempts && !job.cancelRequested;
  const status = !again ? (job.cancelRequested ? "cancelled" : "parked") : job.pauseRequested ? "paused" : "pending";
  await tx.job.update({
    where: { id: job.id },
    data: {
      status,
      error: status === "parked" ? parkedBecause(job) : null,
      completedAt: again ? null : now,
      scheduledAt: status === "pending" ? new Date(now.getTime() + tryAgainAfterMs(job.attempts)) : null,
      pauseRequested: false,
    },
    select: { id: true },
  });
  await addLines(tx, job.id, [newLine(LOST_WORDS[status], status === "parked" ? "error" : "warning", now)]);
  if (status === "parked") await notifyJobEnd(tx, { ...job, status, error: parkedBecause(job) }, now);
  if (status === "pending") await notifyJobEnd(tx, { ...job, status: "lost", error: null }, now);
  // When it died nobody knows; its last sign of life is known.
  await endAttempt(tx, job, { outcome: "lost", endedAt: job.heartbeatAt ?? now });
}

/** Ended jobs whose run, fetch or icons do not know: whoever ended them died before telling it. */
export async function listUnsettledJobs(): Promise<Job[]> {
  const [runs, fetches, batches] = await Promise.all([
    db.syncHistory.findMany({
      where: { jobId: { not: null }, status: { in: ["pending", "running", "review"] } },
      select: { id: true, jobId: true, status: true },
    }),
    db.feedFetch.findMany({ where: { jobId: { not: null }, outcome: "running" }, select: { jobId: true } }),
    db.iconBatch.findMany({
      where: { jobId: { not: null }, generations: { some: { status: { in: ["waiting", "running"] } } } },
      select: { jobId: true },
    }),
  ]);
  const ids = [...runs, ...fetches, ...batches].flatMap(({ jobId }) => jobId ?? []);
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
