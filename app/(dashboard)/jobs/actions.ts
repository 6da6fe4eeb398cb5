"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { requestCancel } from "@/lib/jobs/mutations";

export const cancelJobAction = action("job:control", z.object({ jobId: z.uuid() }), async (actor, input) => {
  await requestCancel(actor, input);
  revalidatePath("/jobs");
});
