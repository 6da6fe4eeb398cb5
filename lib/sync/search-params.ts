import { z } from "zod";
import { changedField } from "./review/row-choice";
import { PERSON_RUNS } from "./run-triggers";

const cursor = z.coerce.number().int().min(1).optional().catch(undefined);
const flag = z
  .enum(["1"])
  .optional()
  .catch(undefined)
  .transform((value) => value === "1");

const day = z.iso.date().optional().catch(undefined);
/** What can start a run, as SyncHistory.trigger has it. */
export const RUN_TRIGGERS = ["manual", "schedule", "undo", "retry", "answer", ...PERSON_RUNS] as const;

/** The sync history's URL. `before` and `after` are run numbers: pages hang on rows, not on positions. */
const runSearch = z.object({
  source: z.uuid().optional().catch(undefined),
  status: z
    .enum(["pending", "running", "review", "success", "partial", "failed", "cancelled", "reverted"])
    .optional()
    .catch(undefined),
  trigger: z.enum(RUN_TRIGGERS).optional().catch(undefined),
  /** Who started it: a person's id, or `system`. */
  who: z
    .union([z.literal("system"), z.uuid()])
    .optional()
    .catch(undefined),
  days: z.coerce.number().int().min(1).max(3650).optional().catch(undefined),
  /** First and last day, UTC. */
  from: day,
  to: day,
  /** Part of a source, file, message or refused row; or a run's number, a SKU, a code. */
  q: z.string().trim().max(100).catch(""),
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
    .enum(["new", "changed", "moved", "missing", "returned", "conflict", "unmatched", "ambiguous", "removed"])
    .optional()
    .catch(undefined),
  state: z
    .enum(["staged", "approved", "applied", "skipped", "rejected", "failed", "reverted"])
    .optional()
    .catch(undefined),
  /** Only changes of this field, as CHANGED_FIELDS calls it. */
  field: changedField.optional().catch(undefined),
  q: z.string().trim().max(100).catch(""),
  severity: z.enum(["error", "warning"]).catch("error"),
  /** Refused rows of one reason, column, file, or state. */
  code: z.string().max(100).optional().catch(undefined),
  column: z.string().max(500).optional().catch(undefined),
  file: z.string().max(500).optional().catch(undefined),
  rows: z.enum(["open", "settled"]).optional().catch(undefined),
  /** The change whose every field is shown. */
  open: cursor,
  before: cursor,
  after: cursor,
});
export type RunPageSearch = z.output<typeof runPageSearch>;

export function parseRunPageSearch(params: Record<string, unknown>): RunPageSearch {
  return runPageSearch.parse(params);
}
