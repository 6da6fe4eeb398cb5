"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { answerConflicts, answerConflictsInput } from "@/lib/inbox/answer-conflicts";
import { answerMissing, answerMissingInput } from "@/lib/inbox/answer-missing";
import { dismissRejections, dismissRejectionsInput } from "@/lib/inbox/dismiss-rejections";
import { INBOX_KINDS } from "@/lib/inbox/inbox-row";
import { listSubjects } from "@/lib/inbox/list-subjects";
import { assign, assignInput, comment, commentInput } from "@/lib/inbox/talk";
import { answerMatches, answerMatchInput } from "@/lib/sync/match-queue/answer-match";
import { undoAnswer, undoAnswerInput } from "@/lib/sync/match-queue/answers";

export const answerMatchesAction = action("sync:review", answerMatchInput, async (actor, input) => {
  const { runs, ...told } = await answerMatches(actor, input);
  revalidatePath("/inbox");
  return { ...told, runs: runs.map(({ number, jobId }) => ({ number, jobId })) };
});

export const answerConflictsAction = action("sync:review", answerConflictsInput, async (actor, input) => {
  const answer = await answerConflicts(actor, input);
  revalidatePath("/inbox");
  return answer;
});

export const answerMissingAction = action("sync:review", answerMissingInput, async (actor, input) => {
  const answer = await answerMissing(actor, input);
  revalidatePath("/inbox");
  return answer;
});

export const dismissRejectionsAction = action("sync:review", dismissRejectionsInput, async (actor, input) => {
  const answer = await dismissRejections(actor, input);
  revalidatePath("/inbox");
  return answer;
});

export const undoAnswerAction = action("sync:review", undoAnswerInput, async (actor, input) => {
  const answer = await undoAnswer(actor, input);
  revalidatePath("/inbox/answers");
  return answer;
});

export const assignAction = action("inbox:write", assignInput, async (actor, input) => {
  const answer = await assign(actor, input);
  revalidatePath("/inbox");
  return answer;
});

export const commentAction = action("inbox:write", commentInput, async (actor, input) => {
  await comment(actor, input);
  revalidatePath("/inbox");
});

const listInput = z.object({
  kind: z.enum(INBOX_KINDS),
  source: z.string().max(64).optional(),
  assignee: z.string().max(64).optional(),
  q: z.string().max(100),
});

export const listSubjectsAction = action("sync:read", listInput, (actor, input) => listSubjects(actor, input));
