import type { RUN_TRIGGERS } from "./search-params";

/** What started a run, for people. */
export const TRIGGER_WORDS: Record<(typeof RUN_TRIGGERS)[number], string> = {
  manual: "Started by hand",
  schedule: "On schedule",
  undo: "Undo",
  retry: "Refused rows again",
  answer: "Answers to held rows",
  bulk: "Bulk edit",
  category: "Categories edited",
  merge: "Products merged",
  restore: "Values restored",
  proposal: "Proposed edit",
  purge: "Products deleted",
};
