"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { requestUndo, undoInput } from "@/lib/sync/undo/request-undo";

const rejectInput = z.object({
  runId: z.uuid(),
  reason: z.string().trim().min(3, "Say in a few words why, for whoever reads this run later.").max(500),
});

export const approveRunAction = action("sync:review", z.object({ runId: z.uuid() }), async (actor, input) => {
  const { jobId } = await approveRun(actor, input);
  revalidatePath("/syncs");
  return { jobId };
});

export const rejectRunAction = action("sync:review", rejectInput, async (actor, input) => {
  await rejectRun(actor, input);
  revalidatePath("/syncs");
});

export const undoRunAction = action("sync:review", undoInput, async (actor, input) => {
  const asked = await requestUndo(actor, input);
  revalidatePath("/syncs");
  return asked;
});
