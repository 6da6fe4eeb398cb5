import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { giveAnswer } from "@/lib/sync/review/carry-out-answers";

export const withdrawInput = z.object({ runId: z.uuid() });

/**
 * Takes back what the actor has proposed, while nobody has answered it: nothing of it is applied.
 * @throws {AppError} `not_found` for a run that is no proposal of theirs, `conflict` when somebody was quicker
 */
export async function withdrawProposal(actor: Actor, { runId }: z.output<typeof withdrawInput>) {
  assertCan(actor, "catalog:propose");
  return transaction(async (tx) => {
    const number = await takeOwn(tx, actor, runId);
    const at = new Date().toISOString();
    await giveAnswer(tx, runId, {
      ...{ state: "rejected", choice: null, withQuestions: true, after: 0, answered: 0 },
      ...{ answer: "withdrawn", answeredById: actorUserId(actor), at, shownAt: at },
    });
    await recordAudit(tx, actor, "sync.withdraw", { entity: "SyncHistory", entityId: runId }, { after: { number } });
    return { number };
  });
}

/** Of a manager who answers and its author who withdraws at once, the second is told. */
async function takeOwn(tx: Tx, actor: Actor, runId: string) {
  const { count } = await tx.syncHistory.updateMany({
    where: { id: runId, syncType: "proposal", status: "review", userId: actorUserId(actor) ?? "" },
    data: { status: "cancelled", completedAt: new Date(), messages: [`${actor.name} withdrew it.`] },
  });
  const run = await tx.syncHistory.findUnique({
    where: { id: runId },
    select: { number: true, syncType: true, userId: true },
  });
  if (run?.syncType !== "proposal" || run.userId !== actorUserId(actor)) {
    throw new AppError("not_found", "There is no such proposal of yours.");
  }
  if (count === 0) {
    throw new AppError("conflict", `Your proposal, run ${run.number}, is answered already. Load the page again.`);
  }
  return run.number;
}
