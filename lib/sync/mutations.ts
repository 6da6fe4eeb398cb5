import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { notifyProposalAnswered } from "@/lib/notifications/notify-proposal-answered";
import { assertDeletable, assertMayAnswer } from "@/lib/purge/assert-deletable";
import { startApplying } from "./apply-approved";
import { applyJob } from "./apply-job";
import { assertConfirmed } from "./review/assert-confirmed";
import { assertLatest } from "./review/assert-latest";
import { giveAnswer, handOver, isForTheJob } from "./review/carry-out-answers";
import type { HandedAnswer } from "./review/handed-answer";
import { settleRun } from "./review/settle-run";
import { takeWaitingRun } from "./review/take-waiting-run";
import { settleEnd } from "./settle-end";

/**
 * Approves all of a run that waits for review: it is applied by the worker. Changes that need to know which product is
 * meant stay held.
 * @param seenReason the guards' reasons as the person saw them; left out by the system alone
 * @param confirmation what was typed, where the run archives many products or deletes any
 * @param shownAt when the run was shown; with it a change that returned to review since is not approved unseen
 * @throws {AppError} `conflict` when somebody else answered first, or rows changed since `shownAt`
 */
export async function approveRun(
  actor: Actor,
  {
    runId,
    shownAt,
    seenReason,
    confirmation,
  }: { runId: string; shownAt?: Date; seenReason?: string | null; confirmation?: string },
) {
  assertCan(actor, "sync:review");
  await assertDeletable(actor, runId);
  const isLarge = await isForTheJob(runId);
  return transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, { status: "running" });
    if (seenReason !== undefined && seenReason !== run.heldReason) {
      throw new AppError("conflict", `Run ${run.number} is held for a reason you have not seen. Load the page again.`);
    }
    assertConfirmed(actor, run.heldReason, confirmation);
    await assertLatest(tx, runId);
    // Of a large run each row is looked at when it is approved: what changed since it was shown goes on waiting.
    if (shownAt && !isLarge) await assertNothingReturned(tx, runId, shownAt);
    await startApplying(tx, runId);
    const answer = answerToAll(actor, "approved", "approved", shownAt);
    if (isLarge) await handOver(tx, runId, answer);
    else await giveAnswer(tx, runId, answer);
    const displayName = `Apply run ${run.number} of ${run.source}`;
    const jobId = await enqueue(tx, actor, applyJob, { runId }, { displayName });
    await tx.syncHistory.update({ where: { id: runId }, data: { jobId } });
    const after = { number: run.number, heldReason: run.heldReason };
    await recordAudit(tx, actor, "sync.approve", { entity: "SyncHistory", entityId: runId }, { after });
    return { jobId };
  });
}

/**
 * Turns down all that still waits of a run in review: of a run of which nothing was approved, nothing is applied. Of a
 * large run the worker does it.
 */
export async function rejectRun(actor: Actor, { runId, reason }: { runId: string; reason: string }) {
  assertCan(actor, "sync:review");
  await assertMayAnswer(actor, runId);
  const isLarge = await isForTheJob(runId);
  const told = await transaction(async (tx) => {
    const run = await takeWaitingRun(tx, runId, { status: isLarge ? "running" : "review" });
    const after = { number: run.number, reason };
    await recordAudit(tx, actor, "sync.reject", { entity: "SyncHistory", entityId: runId }, { after });
    const taken = await tx.syncChange.findFirst({
      where: { runId, state: { in: ["approved", "applied", "failed", "skipped"] } },
      select: { id: true },
    });
    const messages = [`${actor.name} rejected ${taken ? "what was left of it" : "it"}: ${reason}`];
    await tx.syncHistory.update({ where: { id: runId }, data: { messages }, select: { id: true } });
    const answer = { ...answerToAll(actor, "rejected", `rejected: ${reason}`), reason, withQuestions: true };
    if (isLarge) {
      await startApplying(tx, runId);
      await handOver(tx, runId, answer);
      const displayName = `Turn down run ${run.number} of ${run.source}`;
      const jobId = await enqueue(tx, actor, applyJob, { runId }, { displayName });
      await tx.syncHistory.update({ where: { id: runId }, data: { jobId }, select: { id: true } });
      return { status: "running" as const };
    }
    await giveAnswer(tx, runId, answer);
    if (taken) return { status: await settleRun(tx, runId) };
    const ended = { status: "cancelled", completedAt: new Date() } as const;
    await tx.syncHistory.update({ where: { id: runId }, data: ended, select: { id: true } });
    await notifyProposalAnswered(tx, runId);
    return { status: ended.status };
  });
  await settleEnd(runId);
  return told;
}

function answerToAll(actor: Actor, state: "approved" | "rejected", answer: string, shownAt = new Date()): HandedAnswer {
  const at = new Date().toISOString();
  const of = { choice: null, withQuestions: false, after: 0, answered: 0 };
  return { ...of, state, answer, at, shownAt: shownAt.toISOString(), answeredById: actorUserId(actor) };
}

/** @throws {AppError} `conflict` */
async function assertNothingReturned(tx: Tx, runId: string, shownAt: Date) {
  const count = await tx.syncChange.count({ where: { runId, state: "staged", answeredAt: { gt: shownAt } } });
  if (count === 0) return;
  const words = `${formatPlural(count, "row")} changed since you opened this page. Nothing was approved: look again.`;
  throw new AppError("conflict", words);
}
