import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { whyNotUndoable } from "./undoable";

export interface UndoState {
  canUndo: boolean;
  /** It takes another run back, or began to. */
  isUndo: boolean;
  /** The number of the run it takes back; null when it is no undo, or gave up. */
  undoes: number | null;
  /** The number of the run that takes it back. */
  undoneBy: number | null;
  /** That run has not ended yet. */
  isBeingUndone: boolean;
  /** Products, of an undo. */
  putBack: number;
  takenAway: number;
  /** Changes that an undo left as they are. */
  left: number;
}

/** Whether a run can be undone, was, or is an undo itself. @throws {AppError} `not_found` */
export async function getUndoState(actor: Actor, runId: string): Promise<UndoState> {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: {
      number: true,
      status: true,
      isDryRun: true,
      trigger: true,
      prunedAt: true,
      updated: true,
      deleted: true,
      skipped: true,
      undoes: { select: { number: true } },
      undoneBy: { select: { number: true, status: true } },
    },
  });
  const isUndo = run.trigger === "undo";
  const first = await db.syncChange.findFirst({ where: { runId, state: "applied" }, select: { id: true } });
  return {
    canUndo: whyNotUndoable({ ...run, applied: first ? 1 : 0 }) === null,
    isUndo,
    undoes: run.undoes?.number ?? null,
    undoneBy: run.undoneBy?.number ?? null,
    isBeingUndone: run.undoneBy?.status === "pending" || run.undoneBy?.status === "running",
    putBack: isUndo ? run.updated : 0,
    takenAway: isUndo ? run.deleted : 0,
    left: isUndo ? run.skipped : 0,
  };
}
