import type { FieldChange } from "../change";

/** How an approved change ended that was not applied. */
export type Ending =
  | { state: "failed" | "skipped"; reason: string }
  /** It waits for review again, as it reads now where `lines` are given. */
  | { state: "staged"; reason: string; lines?: FieldChange[]; version?: number };
