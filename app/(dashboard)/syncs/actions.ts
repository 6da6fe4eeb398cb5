"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { approveRows, putBackRows, rejectRows } from "@/lib/sync/review/answer-rows";
import { rowChoice } from "@/lib/sync/review/row-choice";
import { requestUndo, undoInput } from "@/lib/sync/undo/request-undo";
import { getUndoPlan, requestUndoPlan } from "@/lib/sync/undo/undo-plan-job";

const shownAt = z.iso.datetime().transform((text) => new Date(text));
const why = z.string().trim().min(3, "Say in a few words why, for whoever reads this run later.").max(500);
const rejectInput = z.object({ runId: z.uuid(), reason: why });
const confirmation = z.string().max(100).optional();
const rows = { runId: z.uuid(), choice: rowChoice, shownAt };
const approveRowsInput = z.object({
  ...rows,
  seenReason: z.string().nullable(),
  reason: z.string().trim().max(500).optional(),
  confirmation,
});
const rejectRowsInput = z.object({ ...rows, reason: why });
const putBackInput = z.object({ runId: z.uuid(), answeredAt: shownAt });

export const approveRunAction = action(
  "sync:review",
  z.object({ runId: z.uuid(), shownAt, seenReason: z.string().nullable(), confirmation }),
  async (actor, input) => {
    const { jobId } = await approveRun(actor, input);
    revalidatePath("/syncs");
    return { jobId };
  },
);

export const rejectRunAction = action("sync:review", rejectInput, async (actor, input) => {
  await rejectRun(actor, input);
  revalidatePath("/syncs");
});

export const approveRowsAction = action("sync:review", approveRowsInput, async (actor, input) => {
  const answered = await approveRows(actor, input);
  revalidatePath("/syncs");
  return answered;
});

export const rejectRowsAction = action("sync:review", rejectRowsInput, async (actor, input) => {
  const { answeredAt, ...answered } = await rejectRows(actor, input);
  revalidatePath("/syncs");
  return { ...answered, answeredAt: answeredAt.toISOString() };
});

export const putBackRowsAction = action("sync:review", putBackInput, async (actor, input) => {
  const put = await putBackRows(actor, input);
  revalidatePath("/syncs");
  return put;
});

export const undoRunAction = action("sync:review", undoInput, async (actor, input) => {
  const asked = await requestUndo(actor, input);
  revalidatePath("/syncs");
  return asked;
});

export const planUndoAction = action("sync:review", z.object({ runId: z.uuid() }), requestUndoPlan);

export const undoPlanAction = action("sync:review", z.object({ jobId: z.uuid() }), (actor, { jobId }) =>
  getUndoPlan(actor, jobId),
);
