import "server-only";
import { db } from "@/lib/db/client";

/** A worker silent this long is not running, in milliseconds: the header says so. */
export const WORKER_SILENT_MS = 60_000;

/**
 * Workers that gave a sign of life within the last minute. What a job writes is one too: on a slow machine a worker that
 * writes batch after batch may not get its own in between.
 */
export async function countLiveWorkers(now = new Date()): Promise<number> {
  const heartbeatAt = { gte: new Date(now.getTime() - WORKER_SILENT_MS) };
  const [workers, busy] = await Promise.all([
    db.worker.findMany({ where: { heartbeatAt }, select: { id: true } }),
    db.job.findMany({ where: { status: "running", heartbeatAt, workerId: { not: null } }, select: { workerId: true } }),
  ]);
  return new Set([...workers.map(({ id }) => id), ...busy.map(({ workerId }) => workerId)]).size;
}
