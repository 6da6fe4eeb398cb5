import "server-only";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { runState } from "../run-words";

/**
 * Holds a run that waits for review until the transaction ends, writing `data`: of two people who answer at once, the
 * second comes after the first, or is told.
 * @throws {AppError} `not_found`; `conflict` when it does not wait any more
 */
export async function takeWaitingRun(tx: Tx, runId: string, data: Prisma.SyncHistoryUpdateManyMutationInput) {
  const { count } = await tx.syncHistory.updateMany({ where: { id: runId, status: "review" }, data });
  const run = await tx.syncHistory.findUnique({
    where: { id: runId },
    select: { number: true, source: true, status: true, heldReason: true, isDryRun: true },
  });
  if (!run) throw new AppError("not_found", "There is no such run.");
  if (count > 0) return run;
  const { words } = runState(run);
  throw new AppError("conflict", `Run ${run.number} does not wait for review any more. It is now “${words}”.`);
}
