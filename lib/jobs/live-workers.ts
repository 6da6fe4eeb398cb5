import "server-only";
import { db } from "@/lib/db/client";

/** A worker silent this long is not running, in milliseconds: the header says so. */
export const WORKER_SILENT_MS = 60_000;

/** Workers that gave a sign of life within the last minute. */
export function countLiveWorkers(now = new Date()): Promise<number> {
  return db.worker.count({ where: { heartbeatAt: { gte: new Date(now.getTime() - WORKER_SILENT_MS) } } });
}
