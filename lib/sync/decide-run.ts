import "server-only";
import { db, transaction } from "@/lib/db/client";
import type { JobContext } from "@/lib/jobs/define-job";
import type { FeedSource, SyncHistory } from "@/prisma/generated/sqlite/client";
import { applyApproved, startApplying } from "./apply-approved";
import { finishRun, NEEDS_A_PERSON } from "./finish-run";
import { moveChanges } from "./move-changes";
import type { RunMetadata } from "./run-metadata";

/** What becomes of a staged run: it ends, waits for a person, or is applied. */
export async function decideRun(
  run: SyncHistory,
  source: FeedSource,
  metadata: RunMetadata,
  heldReason: string | null,
  context: JobContext,
) {
  const applicable = await db.syncChange.count({ where: { runId: run.id, kind: { notIn: [...NEEDS_A_PERSON] } } });
  if (run.isDryRun || (applicable === 0 && !heldReason)) {
    const status = await finishRun(run.id);
    return { runId: run.id, number: run.number, status };
  }
  if (heldReason) {
    await moveChanges(run.id, "approved", { state: "staged" }, context.assertHeld);
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await tx.syncHistory.update({ where: { id: run.id }, data: { status: "review" } });
    });
    return { runId: run.id, number: run.number, status: "review", heldReason };
  }
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    // A run without review has staged its changes as approved. What the rules don't allow waits: with no rule, all of it.
    await startApplying(tx, run.id, metadata.autoApprove ? {} : { rulesAfter: 0 });
  });
  return applyApproved(run, { sourceId: source.id }, context);
}
