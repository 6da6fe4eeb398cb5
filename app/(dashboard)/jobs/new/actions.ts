"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { choiceSearch, listChoices } from "@/lib/jobs/choices";
import { newJob, startJob } from "@/lib/jobs/start-job";

export const startJobAction = action("job:read", newJob, async (actor, input) => {
  const started = await startJob(actor, input);
  revalidatePath("/", "layout");
  return started;
});

export const findChoicesAction = action("job:read", choiceSearch, listChoices);
