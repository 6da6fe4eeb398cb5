import "server-only";
import type { Tx } from "@/lib/db/client";
import { notifyProposalAnswered } from "@/lib/notifications/notify-proposal-answered";
import type { SyncChangeState, SyncStatus } from "@/prisma/generated/sqlite/enums";
import { NEEDS_A_PERSON } from "../finish-run";

/**
 * Says where a run stands once answers were given or applied: in review while a row of it waits for an answer or to be
 * applied, else at its end. `partial` when rows were refused, failed, turned down or need a person.
 */
export async function settleRun(tx: Tx, runId: string): Promise<SyncStatus> {
  // Writing first keeps a second answer to the same run waiting until this one is in.
  const { count } = await tx.syncHistory.updateMany({
    where: { id: runId, status: { in: ["running", "review"] } },
    data: { updatedAt: new Date() },
  });
  const run = await tx.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { status: true, rejected: true, failed: true, held: true, skipped: true, feedSourceId: true },
  });
  if (count === 0) return run.status;
  const has = (...states: SyncChangeState[]) => hasChange(tx, runId, states);
  const isOpen = await has("staged", "approved");
  const status = isOpen ? "review" : endOf(run, await has("rejected"), await has("applied"));
  await tx.syncHistory.update({
    where: { id: runId },
    data: { status, completedAt: isOpen ? null : new Date() },
    select: { id: true },
  });
  if (!isOpen) await notifyProposalAnswered(tx, runId);
  return status;
}

/** Looks for one, which costs the same however many changes the run has. */
async function hasChange(tx: Tx, runId: string, states: SyncChangeState[]) {
  const kind = { notIn: [...NEEDS_A_PERSON] };
  for (const state of states) {
    if (await tx.syncChange.findFirst({ where: { runId, state, kind }, select: { id: true } })) return true;
  }
  return false;
}

function endOf(
  run: { rejected: number; failed: number; held: number; skipped: number; feedSourceId: string | null },
  isTurnedDown: boolean,
  isApplied: boolean,
): SyncStatus {
  if (isTurnedDown && !isApplied && run.failed === 0) return "cancelled";
  // A feed offers again what was skipped; a person's edit is not given twice.
  if (run.feedSourceId === null && run.skipped > 0) return isApplied ? "partial" : "failed";
  const isWhole = run.rejected === 0 && run.failed === 0 && run.held === 0 && !isTurnedDown;
  return isWhole ? "success" : "partial";
}
