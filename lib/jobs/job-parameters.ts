import { z } from "zod";

/** Parameters of the jobs that work on a run. */
const runOf = z.looseObject({ runId: z.uuid() });

/** Parameters of the jobs that make a batch of icons. */
const batchOf = z.looseObject({ batchId: z.uuid() });

/** The run that a job works on; undefined when it works on none. */
export function runIdOf(parameters: unknown): string | undefined {
  return runOf.safeParse(parameters).data?.runId;
}

/** The batch of icons that a job makes; undefined when it makes none. */
export function iconBatchIdOf(parameters: unknown): string | undefined {
  return batchOf.safeParse(parameters).data?.batchId;
}
