"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { cancelJobs, jobsInput, retryJobs } from "@/lib/jobs/control-jobs";
import { requestCancel, requestPause, resumeJob, retryJob } from "@/lib/jobs/mutations";
import { prioritiseJob, priorityInput } from "@/lib/jobs/prioritise-job";
import { jobRetentionInput, setJobRetention } from "@/lib/jobs/retention/settings";

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

export const cancelJobsAction = action("job:control", jobsInput, async (actor, input) => {
  const outcome = await cancelJobs(actor, input);
  revalidatePath("/jobs");
  return outcome;
});

export const retryJobsAction = action("job:control", jobsInput, async (actor, input) => {
  const outcome = await retryJobs(actor, input);
  revalidatePath("/jobs");
  return outcome;
});

export const prioritiseJobAction = action("job:control", priorityInput, async (actor, input) => {
  await prioritiseJob(actor, input);
  revalidatePath("/jobs");
});

export const saveJobRetentionAction = action("settings:manage", jobRetentionInput, async (actor, input) => {
  await setJobRetention(actor, input);
  revalidatePath("/jobs/figures");
});
