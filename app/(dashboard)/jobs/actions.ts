"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { requestCancel, requestPause, resumeJob, retryJob } from "@/lib/jobs/mutations";

const target = z.object({ jobId: z.uuid() });

export const cancelJobAction = action("job:control", target, async (actor, input) => {
  await requestCancel(actor, input);
  revalidatePath("/jobs");
});

export const pauseJobAction = action("job:control", target, async (actor, input) => {
  await requestPause(actor, input);
  revalidatePath("/jobs");
});

export const resumeJobAction = action("job:control", target, async (actor, input) => {
  await resumeJob(actor, input);
  revalidatePath("/jobs");
});

export const retryJobAction = action("job:control", target, async (actor, input) => {
  await retryJob(actor, input);
  revalidatePath("/jobs");
});
