import { z } from "zod";

const cursor = z.coerce.number().int().min(1).optional().catch(undefined);
const flag = z
  .enum(["1"])
  .optional()
  .catch(undefined)
  .transform((value) => value === "1");

/** The sync history's URL. `before` and `after` are run numbers: pages hang on rows, not on positions. */
const runSearch = z.object({
  source: z.uuid().optional().catch(undefined),
  status: z
    .enum(["pending", "running", "review", "success", "partial", "failed", "cancelled", "reverted"])
    .optional()
    .catch(undefined),
  days: z.coerce.number().int().min(1).max(3650).optional().catch(undefined),
  rejections: flag,
  dry: z.enum(["only", "none"]).optional().catch(undefined),
  before: cursor,
  after: cursor,
});
export type RunSearch = z.output<typeof runSearch>;

export function parseRunSearch(params: Record<string, unknown>): RunSearch {
  return runSearch.parse(params);
}

export const RUN_TABS = ["changes", "rejected", "held", "timeline", "files", "log"] as const;

/** A run's page: the open tab and what it shows. `before` and `after` are ids of changes or rejections. */
const runPageSearch = z.object({
  tab: z.enum(RUN_TABS).catch("changes"),
  what: z.enum(["product", "category"]).catch("product"),
  kind: z
    .enum(["new", "changed", "moved", "missing", "returned", "conflict", "unmatched", "ambiguous"])
    .optional()
    .catch(undefined),
  state: z
    .enum(["staged", "approved", "applied", "skipped", "rejected", "failed", "reverted"])
    .optional()
    .catch(undefined),
  q: z.string().trim().max(100).catch(""),
  severity: z.enum(["error", "warning"]).catch("error"),
  /** The change whose every field is shown. */
  open: cursor,
  before: cursor,
  after: cursor,
});
export type RunPageSearch = z.output<typeof runPageSearch>;

export function parseRunPageSearch(params: Record<string, unknown>): RunPageSearch {
  return runPageSearch.parse(params);
}
