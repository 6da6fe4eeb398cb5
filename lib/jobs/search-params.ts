import { z } from "zod";

/** The jobs list's URL. `before` and `after` are job ids, which are in the order of their making. */
const jobSearch = z.object({
  status: z
    .enum(["pending", "running", "paused", "completed", "failed", "cancelled", "lost", "parked", "trouble"])
    .optional()
    .catch(undefined),
  /** What kind of work. */
  type: z.string().trim().max(60).optional().catch(undefined),
  /** Part of the job's name or of its error. */
  q: z.string().trim().max(100).catch(""),
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
