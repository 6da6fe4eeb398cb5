import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { answerChanges, type ChangeChoice, countAnswers } from "@/lib/db/answer-changes";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { assertRowByRow } from "@/lib/purge/assert-deletable";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
import { applyJob } from "../apply-job";
import { NEEDS_A_PERSON } from "../finish-run";
import { MOVED_AT_ONCE } from "../move-changes";
import { settleEnd } from "../settle-end";
import { type AnsweredBefore, beforeWords } from "./answer-words";
import { assertConfirmed } from "./assert-confirmed";
import { assertLatest } from "./assert-latest";
import { handOver, isForTheJob } from "./carry-out-answers";
import { choiceOf, type RowChoice } from "./row-choice";
import { settleRun } from "./settle-run";
import { takeWaitingRun } from "./take-waiting-run";

interface Rows {
  runId: string;
  choice: RowChoice;
  /** When the rows were shown: what changed since is not answered. */
  shownAt: Date;
}

interface Answered {
  /** Null: more than one request writes, the run's job answers each as it was shown. */
  answered: number | null;
  /** About rows that were chosen and not answered; "" when all were. */
  rest: string;
}

/**
 * Approves chosen rows of a run in review: a job applies them at once while the others wait. Each row is answered once,
 * and only as it was shown.
 * @param seenReason the guards' reasons as the person saw them: rows of a held run pass only by who has seen why
 * @throws {AppError} `conflict` when the run is not in review, or none of the rows waits any more
 */
export async function approveRows(
  actor: Actor,
  {
    runId,
    choice,
    shownAt,
    reason,
    seenReason,
    confirmation,
  }: Rows & { reason?: string; seenReason?: string | null; confirmation?: string },
): Promise<Answered & { jobId: string }> {
  assertCan(actor, "sync:review");
  const isLarge = !("ids" in choice) && (await isForTheJob(runId));
  return transaction(async (tx) => {
    const run = await openReview(tx, runId);
    if ((seenReason ?? null) !== run.heldReason) {
      throw new AppError("conflict", `Run ${run.number} is held for a reason you have not seen. Load the page again.`);
    }
    assertConfirmed(actor, run.heldReason, confirmation);
    await assertLatest(tx, runId);
    const answer = reason ? `approved: ${reason}` : "approved";
    const given = { state: "approved" as const, answer, at: new Date() };
    const result = isLarge
      ? await leaveToTheJob(tx, actor, runId, choice, given, shownAt)
      : await answerChoice(tx, actor, choiceOf(runId, choice), given, shownAt);
    const rows = result.answered === null ? "the chosen rows" : formatPlural(result.answered, "row");
    const jobId = await workOn(tx, actor, runId, `Apply ${rows} of run ${run.number} of ${run.source}`);
    const after = {
      number: run.number,
      ...(result.answered === null ? { choice } : { rows: result.answered }),
      heldReason: run.heldReason,
      ...(reason ? { reason } : {}),
    };
    await recordAudit(tx, actor, "sync.approve-rows", { entity: "SyncHistory", entityId: runId }, { after });
    return { ...result, jobId };
  });
}

/**
 * Turns chosen rows of a run in review down. When nothing waits any more the run ends.
 * @returns `answeredAt` names these rows for `putBackRows`
 * @throws {AppError} `conflict` as `approveRows`
 */
export async function rejectRows(
  actor: Actor,
  { runId, choice, shownAt, reason }: Rows & { reason: string },
): Promise<Answered & { answeredAt: Date; status: SyncStatus; jobId: string | null }> {
  assertCan(actor, "sync:review");
  const isLarge = !("ids" in choice) && (await isForTheJob(runId));
  const told = await transaction(async (tx) => {
    const run = await openReview(tx, runId);
    const at = new Date();
    const given = { state: "rejected" as const, answer: `rejected: ${reason}`, at };
    const result = isLarge
      ? await leaveToTheJob(tx, actor, runId, choice, given, shownAt)
      : await answerChoice(tx, actor, choiceOf(runId, choice), given, shownAt);
    const displayName = `Turn down rows of run ${run.number} of ${run.source}`;
    const jobId = isLarge ? await workOn(tx, actor, runId, displayName) : null;
    const rows = result.answered === null ? { choice } : { rows: result.answered };
    const after = { number: run.number, ...rows, reason };
    await recordAudit(tx, actor, "sync.reject-rows", { entity: "SyncHistory", entityId: runId }, { after });
    return { ...result, jobId, answeredAt: at, status: isLarge ? "review" : await settleRun(tx, runId) };
  });
  await settleEnd(runId);
  return told;
}

/**
 * Lets rows that this person turned down at `answeredAt` wait again: those of one request, not what a job turned down.
 * @throws {AppError} `conflict` when the run has ended, none of them is turned down any more, or a job did it
 */
export async function putBackRows(actor: Actor, { runId, answeredAt }: { runId: string; answeredAt: Date }) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const run = await openReview(tx, runId);
    const where = { runId, state: "rejected", answeredById: actorUserId(actor), answeredAt } as const;
    if ((await tx.syncChange.count({ where })) > MOVED_AT_ONCE) {
      throw new AppError("conflict", "These are too many rows to put back. Import the feed again to see them anew.");
    }
    const { count } = await tx.syncChange.updateMany({
      where,
      data: { state: "staged", answeredById: null, answeredAt: null, answer: null },
    });
    if (count === 0)
      throw new AppError("conflict", "These rows are not turned down any more. Reload to see how they stand.");
    const after = { number: run.number, rows: count };
    await recordAudit(tx, actor, "sync.put-back-rows", { entity: "SyncHistory", entityId: runId }, { after });
    return { count };
  });
}

/** Holds the run in review until this transaction ends, so that two answers come one after the other. */
async function openReview(tx: Tx, runId: string) {
  await assertRowByRow(tx, runId);
  return takeWaitingRun(tx, runId, { updatedAt: new Date() });
}

async function workOn(tx: Tx, actor: Actor, runId: string, displayName: string) {
  const jobId = await enqueue(tx, actor, applyJob, { runId }, { displayName });
  await tx.syncHistory.update({ where: { id: runId }, data: { jobId }, select: { id: true } });
  return jobId;
}

interface Given {
  state: "approved" | "rejected";
  answer: string;
  at: Date;
}

async function leaveToTheJob(tx: Tx, actor: Actor, runId: string, choice: RowChoice, given: Given, shownAt: Date) {
  const times = { at: given.at.toISOString(), shownAt: shownAt.toISOString() };
  const of = { choice, answeredById: actorUserId(actor), withQuestions: false, after: 0, answered: 0 };
  await handOver(tx, runId, { ...given, ...times, ...of });
  return { answered: null, rest: "" };
}

async function answerChoice(
  tx: Tx,
  actor: Actor,
  choice: ChangeChoice,
  given: Given,
  shownAt: Date,
): Promise<Answered> {
  const answeredById = actorUserId(actor);
  // Counted before: afterwards these rows would be among those answered.
  const before = await answeredBefore(tx, choice, shownAt);
  const answered = await answerChanges(tx, choice, { ...given, answeredById }, { shownAt, never: NEEDS_A_PERSON });
  const rest = beforeWords(before);
  if (answered === 0) {
    throw new AppError("conflict", rest || "None of these rows waits for an answer. Reload to see how they stand.");
  }
  return { answered, rest };
}

async function answeredBefore(tx: Tx, choice: ChangeChoice, shownAt: Date): Promise<AnsweredBefore> {
  const groups = await countAnswers(tx, choice, shownAt);
  const answers = groups.filter(({ state }) => state !== "staged");
  const ids = answers.flatMap(({ answeredById }) => answeredById ?? []);
  const names = await personNames(tx, ids);
  const counts = new Map<string | null, number>();
  for (const { answeredById, count } of answers) counts.set(answeredById, (counts.get(answeredById) ?? 0) + count);
  return {
    by: [...counts].map(([id, count]) => ({
      name: id === null ? null : (names.get(id) ?? SOMEBODY_GONE),
      count,
    })),
    returned: groups.filter(({ state }) => state === "staged").reduce((sum, { count }) => sum + count, 0),
  };
}
