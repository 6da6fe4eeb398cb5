import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { deleteMissing, deleteStaged } from "@/lib/db/sync-changes";
import type { JobContext } from "@/lib/jobs/define-job";

/** Rows deleted in one transaction: short enough that a person's save never waits a second. */
const BATCH = 1_000;

/** Drops what an earlier, killed try of a run had staged: it is staged again. */
export async function dropStaged(runId: string, context: JobContext) {
  await drop(context, (tx) => deleteStaged(tx, "SyncChange", runId, BATCH));
  await drop(context, (tx) => deleteStaged(tx, "SyncRejection", runId, BATCH));
}

/** Drops what an earlier try had staged as missing, which is told once all is read. */
export function dropMissing(runId: string, context: JobContext) {
  return drop(context, (tx) => deleteMissing(tx, runId, BATCH));
}

async function drop(context: JobContext, deleteSome: (tx: Tx) => Promise<number>) {
  for (let dropped = BATCH; dropped === BATCH; ) {
    dropped = await transaction(async (tx) => {
      await context.assertHeld(tx);
      return deleteSome(tx);
    });
    if (dropped > 0) await context.report({ stage: "Beginning again", done: 0, total: null, unit: "changes" });
  }
}
