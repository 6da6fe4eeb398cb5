import "server-only";
import { transaction } from "@/lib/db/client";
import { deleteStaged } from "@/lib/db/sync-changes";
import type { JobContext } from "@/lib/jobs/define-job";

/** Rows deleted in one transaction: short enough that a person's save never waits a second. */
const BATCH = 1_000;

/** Drops what an earlier, killed try of a run had staged: it is staged again. */
export async function dropStaged(runId: string, context: JobContext) {
  for (const table of ["SyncChange", "SyncRejection"] as const) {
    for (let dropped = BATCH; dropped === BATCH; ) {
      dropped = await transaction(async (tx) => {
        await context.assertHeld(tx);
        return deleteStaged(tx, table, runId, BATCH);
      });
      if (dropped > 0) await context.report({ stage: "Beginning again", done: 0, total: null, unit: "changes" });
    }
  }
}
