import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { closeSuperseded } from "@/lib/inbox/close-superseded";
import { enqueue } from "@/lib/jobs/enqueue";
import { approveStaged } from "./apply-approved";
import { applyJob } from "./apply-job";
import { settleRetry } from "./retry/settle-retry";
import { assertLatest } from "./review/assert-latest";
import { settleRun } from "./review/settle-run";

/**
 * Approves all of a run that waits for review: it is applied by the worker. Changes that need to know which product is
 * meant stay held.
 * @param seenReason the guards' reasons as the person saw them; left out by the system alone
 * @param shownAt when the run was shown; with it a change that returned to review since is not approved unseen
 * @throws {AppError} `conflict` when somebody else answered first, or rows changed since `shownAt`
 */
export async function approveRun(
  actor: Actor,
  { runId, shownAt, seenReason }: { runId: string; shownAt?: Date; seenReason?: string | null },
) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, "running");
    if (seenReason !== undefined && seenReason !== run.heldReason) {
      throw new AppError("conflict", `Run ${run.number} is held for a reason you have not seen. Load the page again.`);
    }
    await assertLatest(tx, runId);
    if (shownAt) await assertNothingReturned(tx, runId, shownAt);
    await approveStaged(tx, runId, { answeredById: actorUserId(actor) });
    const displayName = `Apply run ${run.number} of ${run.source}`;
    const jobId = await enqueue(tx, actor, applyJob, { runId }, { displayName });
    await tx.syncHistory.update({ where: { id: runId }, data: { jobId } });
    const after = { number: run.number, heldReason: run.heldReason };
    await recordAudit(tx, actor, "sync.approve", { entity: "SyncHistory", entityId: runId }, { after });
    return { jobId };
  });
}

/** Turns down all that still waits of a run in review: of a run of which nothing was approved, nothing is applied. */
export async function rejectRun(actor: Actor, { runId, reason }: { runId: string; reason: string }) {
  assertCan(actor, "sync:review");
  const told = await transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, "review");
    const answer = { answeredById: actorUserId(actor), answeredAt: new Date(), answer: `rejected: ${reason}` };
    await tx.syncChange.updateMany({
      where: { runId, state: "staged" },
      data: { state: "rejected", reason, openSince: null, ...answer },
    });
    const taken = await tx.syncChange.findFirst({
      where: { runId, state: { in: ["approved", "applied", "failed", "skipped"] } },
      select: { id: true },
    });
    const status = taken ? await settleRun(tx, runId) : "cancelled";
    await tx.syncHistory.update({
      where: { id: runId },
      data: {
        messages: [`${actor.name} rejected ${taken ? "what was left of it" : "it"}: ${reason}`],
        ...(taken ? {} : { status, completedAt: new Date() }),
      },
    });
    const after = { number: run.number, reason };
    await recordAudit(tx, actor, "sync.reject", { entity: "SyncHistory", entityId: runId }, { after });
    return { status };
  });
  await settleRetry(runId);
  await closeSuperseded(runId);
  return told;
}

/** @throws {AppError} `conflict` */
async function assertNothingReturned(tx: Tx, runId: string, shownAt: Date) {
  const count = await tx.syncChange.count({ where: { runId, state: "staged", answeredAt: { gt: shownAt } } });
  if (count === 0) return;
  const words = `${formatPlural(count, "row")} changed since you opened this page. Nothing was approved: look again.`;
  throw new AppError("conflict", words);
}

/** Takes a run out of review; of two people who answer at once, the second is told. */
async function takeWaitingRun(tx: Tx, runId: string, status: "running" | "review") {
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
