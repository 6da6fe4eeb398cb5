import "server-only";
import { transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { Job } from "@/prisma/generated/sqlite/client";
import { jobDefinition } from "./registry";

/** A running job whose holder was silent this long is taken from it, in milliseconds. */
export const LEASE_MS = 30_000;

/** Takes the next job of the queue, larger priority first, then older; null when there is none to run now. */
export async function claimJob(workerId: string, only?: string): Promise<Job | null> {
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const running = await tx.job.findMany({ where: { status: "running" }, select: { jobType: true } });
    const busy = new Set(running.map((job) => jobDefinition(job.jobType)?.exclusive));
    const waiting = await tx.job.findMany({
      where: {
        status: "pending",
        ...(only ? { id: only } : {}),
        OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
      },
      orderBy: [{ priority: "desc" }, { createdAt: "asc" }, { id: "asc" }],
      take: 50,
    });
    const next = waiting.find((job) => {
      const group = jobDefinition(job.jobType)?.exclusive;
      return !group || !busy.has(group);
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
 * Puts jobs of dead workers back on the queue, or parks them when no try is left.
 * A worker is dead when its job's heartbeat is older than the lease, or when it ran here and its process is gone.
 */
export async function recoverLostJobs(host: string): Promise<Job[]> {
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const running = await tx.job.findMany({ where: { status: "running" } });
    if (running.length === 0) return [];
    const workers = await tx.worker.findMany();
    const silentSince = Date.now() - LEASE_MS;
    const lost = running.filter((job) => {
      if ((job.heartbeatAt?.getTime() ?? 0) < silentSince) return true;
      const worker = workers.find((candidate) => candidate.id === job.workerId);
      return worker !== undefined && worker.host === host && !isAlive(worker.pid);
    });
    for (const job of lost) {
      const again = job.attempts < job.maxAttempts && !job.cancelRequested;
      await tx.job.update({
        where: { id: job.id },
        data: {
          status: again ? "pending" : job.cancelRequested ? "cancelled" : "parked",
          error: again ? null : `Its worker died ${job.attempts} times. Look at the log, then run it again.`,
          completedAt: again ? null : new Date(),
          outputLog: `${job.outputLog}${new Date().toISOString()} the worker died; ${again ? "resuming" : "parked"}\n`,
        },
      });
    }
    return lost.filter((job) => job.attempts >= job.maxAttempts || job.cancelRequested);
  });
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
