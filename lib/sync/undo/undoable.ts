import type { SyncStatus } from "@/prisma/generated/sqlite/enums";

/** Products from which on an undo is confirmed by typing. */
export const TYPED_FROM = 50;

/** What a person types before a large run is undone. */
export function undoConfirmation(number: number) {
  return `undo run ${number}`;
}

export interface UndoableRun {
  number: number;
  status: SyncStatus;
  isDryRun: boolean;
  trigger: string;
  prunedAt: Date | null;
  /** The undo that has it, or had it. */
  undoneBy: { number: number; status: SyncStatus } | null;
  /** Changes that stand applied. */
  applied: number;
}

/** Why a run can't be undone, as a sentence; null when it can. */
export function whyNotUndoable(run: UndoableRun): string | null {
  const { number, status, undoneBy } = run;
  if (run.trigger === "undo")
    return `Run ${number} is an undo itself. Import the feed again to bring its changes back.`;
  if (undoneBy && (undoneBy.status === "pending" || undoneBy.status === "running"))
    return `Run ${number} is being undone by run ${undoneBy.number}.`;
  if (status === "reverted" || undoneBy)
    return `Run ${number} is undone already${undoneBy ? `, by run ${undoneBy.number}` : ""}.`;
  if (run.isDryRun) return `Run ${number} was a dry run: it changed nothing.`;
  if (status === "pending" || status === "running")
    return `Run ${number} is still at work. Wait for it to end, or cancel it.`;
  if (status === "review") return `Run ${number} waits for review. Answer it first, then undo what was applied.`;
  if (run.prunedAt)
    return `The changes of run ${number} were dropped to save space: what was before is not known any more.`;
  if (run.applied === 0) return `Run ${number} changed nothing, so there is nothing to undo.`;
  return null;
}
