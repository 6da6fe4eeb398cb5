import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { approveStaged } from "./apply-approved";
import { applyJob } from "./apply-job";

/**
 * Approves a run that waits for review: its changes are applied by the worker. Changes that need to know which product
 * is meant stay held.
 * @throws {AppError} `conflict` when somebody else answered first
 */
export async function approveRun(actor: Actor, { runId }: { runId: string }) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, "running");
    await approveStaged(tx, runId);
    const displayName = `Apply run ${run.number} of ${run.source}`;
    const jobId = await enqueue(tx, actor, applyJob, { runId }, { displayName });
    await tx.syncHistory.update({ where: { id: runId }, data: { jobId } });
    await recordAudit(
      tx,
      actor,
      "sync.approve",
      { entity: "SyncHistory", entityId: runId },
      {
        after: { number: run.number, heldReason: run.heldReason },
      },
    );
    return { jobId };
  });
}

/** Turns down a run that waits for review: nothing of it is applied. */
export async function rejectRun(actor: Actor, { runId, reason }: { runId: string; reason: string }) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, "cancelled");
    await tx.syncChange.updateMany({ where: { runId, state: "staged" }, data: { state: "rejected", reason } });
    await tx.syncHistory.update({
      where: { id: runId },
      data: { completedAt: new Date(), messages: [`${actor.name} rejected it: ${reason}`] },
    });
    await recordAudit(
      tx,
      actor,
      "sync.reject",
      { entity: "SyncHistory", entityId: runId },
      {
        after: { number: run.number, reason },
      },
    );
    return {};
  });
}

/** Takes a run out of review; of two people who answer at once, the second is told. */
async function takeWaitingRun(tx: Tx, runId: string, status: "running" | "cancelled") {
  const { count } = await tx.syncHistory.updateMany({ where: { id: runId, status: "review" }, data: { status } });
  const run = await tx.syncHistory.findUnique({
    where: { id: runId },
    select: { number: true, source: true, status: true, heldReason: true },
  });
  if (!run) throw new AppError("not_found", "There is no such run.");
  if (count === 0) {
    throw new AppError("conflict", `Run ${run.number} does not wait for review any more: it is ${run.status}.`);
  }
  return run;
}
