import { z } from "zod";
import { JOB_TABS } from "./job-tabs";

const day = z.iso.date().optional().catch(undefined);

/** The jobs list's URL. `before` and `after` are ids of jobs: pages hang on rows, not on positions. */
const jobSearch = z.object({
  tab: z.enum(JOB_TABS).catch("all"),
  /** What kind of work. */
  type: z.string().trim().max(60).optional().catch(undefined),
  /** Who started it: a person's id, `me`, or `system`. */
  who: z
    .union([z.literal("system"), z.literal("me"), z.uuid()])
    .optional()
    .catch(undefined),
  days: z.coerce.number().int().min(1).max(3650).optional().catch(undefined),
  /** First and last day, UTC. */
  from: day,
  to: day,
  /** Part of the job's name or of its error. */
  q: z.string().trim().max(100).catch(""),
  before: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
export type JobSearch = z.output<typeof jobSearch>;

export function parseJobSearch(params: Record<string, unknown>): JobSearch {
  return jobSearch.parse(params);
}
