import "server-only";
import { db } from "@/lib/db/client";

/** A batch of large changes is cut to about so much, in bytes of their JSON: a worker has 512 MB for everything. */
const BATCH_BYTES = 8 * 2 ** 20;

/** Of a run's changes, as many as fit into memory by their average size, `most` at most. */
export async function largestBatch(runId: string, most: number): Promise<number> {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { changeBytes: true } });
  const changes = await db.syncChange.count({ where: { runId } });
  const bytesEach = Number(run.changeBytes) / Math.max(1, changes);
  return Math.max(1, Math.min(most, Math.floor(BATCH_BYTES / Math.max(1, bytesEach))));
}
