import { z } from "zod";

/** Parameters of the jobs that work on a run. */
const runOf = z.looseObject({ runId: z.uuid() });

/** The run that a job works on; undefined when it works on none. */
export function runIdOf(parameters: unknown): string | undefined {
  return runOf.safeParse(parameters).data?.runId;
}
