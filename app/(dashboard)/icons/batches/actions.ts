"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { approveBatch, approveBatchInput } from "@/lib/icons/approve-batch";
import { ceilingInput, raiseCeiling } from "@/lib/icons/raise-ceiling";
import { batchInput, retryFailed } from "@/lib/icons/retry-failed";

export const approveBatchAction = action("catalog:write", approveBatchInput, async (actor, input) => {
  const approved = await approveBatch(actor, input);
  revalidatePath("/icons", "layout");
  return approved;
});

export const retryBatchAction = action("catalog:write", batchInput, async (actor, input) => {
  const asked = await retryFailed(actor, input);
  revalidatePath("/icons", "layout");
  return asked;
});

export const raiseCeilingAction = action("catalog:write", ceilingInput, async (actor, input) => {
  const raised = await raiseCeiling(actor, input);
  revalidatePath("/icons", "layout");
  return raised;
});
