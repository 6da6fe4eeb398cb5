import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { requestCancel, retryJob } from "./mutations";

/** Jobs that can be ticked on one page of the list. */
export const jobsInput = z.object({ jobIds: z.array(z.uuid()).min(1).max(100) });

export interface ControlledJobs {
  done: number;
  /** Why others were left as they are: each sentence once. */
  refused: { reason: string; count: number }[];
}

/** Asks for the end of several jobs; one that can't be cancelled keeps no other from it. */
export async function cancelJobs(actor: Actor, { jobIds }: z.output<typeof jobsInput>): Promise<ControlledJobs> {
  assertCan(actor, "job:control");
  return each(jobIds, (jobId) => requestCancel(actor, { jobId }));
}

/** Puts several failed jobs on the queue again; one that can't be run again keeps no other from it. */
export async function retryJobs(actor: Actor, { jobIds }: z.output<typeof jobsInput>): Promise<ControlledJobs> {
  assertCan(actor, "job:control");
  return each(jobIds, (jobId) => retryJob(actor, { jobId }));
}

async function each(jobIds: string[], ask: (jobId: string) => Promise<void>): Promise<ControlledJobs> {
  const refused = new Map<string, number>();
  let done = 0;
  for (const jobId of new Set(jobIds)) {
    try {
      await ask(jobId);
      done++;
    } catch (error) {
      // What one job is refused is told with the others' outcome.
      if (!(error instanceof AppError)) throw error;
      refused.set(error.message, (refused.get(error.message) ?? 0) + 1);
    }
  }
  return { done, refused: [...refused].map(([reason, count]) => ({ reason, count })) };
}
