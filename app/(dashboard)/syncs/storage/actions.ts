"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { requestCompact, requestRetention } from "@/lib/sync/retention/request";
import { retentionInput, setRetention } from "@/lib/sync/retention/settings";

export const saveRetentionAction = action("settings:manage", retentionInput, async (actor, input) => {
  await setRetention(actor, input);
  revalidatePath("/syncs/storage");
});

export const clearHistoryAction = action("settings:manage", z.object({}), async (actor) => {
  const { jobId } = await requestRetention(actor);
  revalidatePath("/syncs/storage");
  return { jobId };
});

export const compactDatabaseAction = action("settings:manage", z.object({}), async (actor) => {
  const { jobId } = await requestCompact(actor);
  revalidatePath("/syncs/storage");
  return { jobId };
});
