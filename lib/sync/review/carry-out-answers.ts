import "server-only";
import { answerChanges, nextChanges } from "@/lib/db/answer-changes";
import { db, type Tx, transaction } from "@/lib/db/client";
import { countChanges } from "@/lib/db/run-changes";
import { formatPlural } from "@/lib/format";
import type { JobContext } from "@/lib/jobs/define-job";
import { changeMetadata } from "../change-metadata";
import { NEEDS_A_PERSON } from "../finish-run";
import { MOVED_AT_ONCE } from "../move-changes";
import { runMetadata } from "../run-metadata";
import type { HandedAnswer } from "./handed-answer";
import { choiceOf } from "./row-choice";

/** Whether an answer to all of a run's rows is more than one request writes. */
export async function isForTheJob(runId: string): Promise<boolean> {
  const { count } = await countChanges({ runId, q: "" }, { isExact: false });
  return count > MOVED_AT_ONCE;
}

/** Leaves an answer to the run's job, which gives it to each row as it was shown. */
export function handOver(tx: Tx, runId: string, answer: HandedAnswer) {
  return changeMetadata(tx, runId, (metadata) => ({
    ...metadata,
    handedOver: [...(metadata.handedOver ?? []), answer],
  }));
}

/** Gives one answer to the rows it speaks of that still wait as they were shown. @returns to how many */
export function giveAnswer(
  tx: Tx,
  runId: string,
  { state, choice, withQuestions, answeredById, at, shownAt, answer, reason }: HandedAnswer,
  within?: { after: number; last: number },
): Promise<number> {
  const chosen = choice ? choiceOf(runId, choice) : { filter: { runId, q: "" } };
  const never = withQuestions ? [] : NEEDS_A_PERSON;
  const given = { state, answeredById, at: new Date(at), answer, ...(reason ? { reason } : {}) };
  return answerChanges(tx, chosen, given, { shownAt: new Date(shownAt), never, ...(within ? { within } : {}) });
}

/**
 * Gives the answers that were left to the run's job, a transaction for so many rows. Killed anywhere, the next try goes
 * on with the first row that has none; the run's approved rows are applied once all answers are given.
 */
export async function carryOutAnswers(runId: string, context: JobContext) {
  for (;;) {
    const { metadata } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
    const [first] = runMetadata.parse(metadata ?? {}).handedOver ?? [];
    if (!first) return;
    const stage = first.state === "approved" ? "Approving" : "Rejecting";
    await context.report({ stage, done: first.answered, total: null, unit: "changes" });
    const isDone = await transaction(async (tx) => {
      await context.assertHeld(tx);
      return carryOn(tx, runId, first);
    });
    if (isDone) context.log(`${first.answer}: ${formatPlural(first.answered, "row")}, as they were shown`);
  }
}

async function carryOn(tx: Tx, runId: string, answer: HandedAnswer): Promise<boolean> {
  const { after, answered } = answer;
  const last = await nextChanges(tx, { runId, state: "staged" }, { after, take: MOVED_AT_ONCE });
  const given = last === null ? 0 : await giveAnswer(tx, runId, answer, { after, last });
  const next = last === null ? [] : [{ ...answer, after: last, answered: answered + given }];
  await changeMetadata(tx, runId, ({ handedOver = [], ...rest }) => {
    const left = [...next, ...handedOver.slice(1)];
    return left.length > 0 ? { ...rest, handedOver: left } : rest;
  });
  return last === null;
}
