import "server-only";
import type { Tx } from "@/lib/db/client";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
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
    select: { status: true, rejected: true, failed: true, held: true },
  });
  if (count === 0) return run.status;
  const states = await tx.syncChange.groupBy({
    by: ["state"],
    where: { runId, kind: { notIn: [...NEEDS_A_PERSON] } },
    _count: { _all: true },
  });
  const countOf = (state: string) => states.find((group) => group.state === state)?._count._all ?? 0;
  const isOpen = countOf("staged") + countOf("approved") > 0;
  const status = isOpen ? "review" : endOf(run, countOf("rejected"), countOf("applied"));
  await tx.syncHistory.update({
    where: { id: runId },
    data: { status, completedAt: isOpen ? null : new Date() },
    select: { id: true },
  });
  return status;
}

function endOf(run: { rejected: number; failed: number; held: number }, turnedDown: number, applied: number) {
  if (turnedDown > 0 && applied === 0 && run.failed === 0) return "cancelled";
  const isWhole = run.rejected === 0 && run.failed === 0 && run.held === 0 && turnedDown === 0;
  return isWhole ? "success" : "partial";
}
