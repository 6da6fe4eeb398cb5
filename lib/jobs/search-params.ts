import { z } from "zod";

/** The jobs list's URL. `before` and `after` are job ids, which are in the order of their making. */
const jobSearch = z.object({
  status: z
    .enum(["pending", "running", "paused", "completed", "failed", "cancelled", "lost", "parked"])
    .optional()
    .catch(undefined),
  mine: z
    .enum(["1"])
    .optional()
    .catch(undefined)
    .transform((value) => value === "1"),
  before: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
export type JobSearch = z.output<typeof jobSearch>;

export function parseJobSearch(params: Record<string, unknown>): JobSearch {
  return jobSearch.parse(params);
}
