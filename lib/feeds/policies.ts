import { z } from "zod";
import type { FeedKind } from "./feed-record";

/** What a source may do without being asked, and what makes a run wait for a manager. Stored in FeedSource.policies. */
export const feedPolicies = z.object({
  /** A run with fewer items than this share of the last good run waits. */
  minItemShare: z.number().min(0).max(1).default(0.7),
  /** A run that misses more than this share of the source's items waits. */
  maxMissingShare: z.number().min(0).max(1).default(0.1),
  /** A price that changes by more than this factor, up or down, waits. */
  maxPriceFactor: z.number().min(1).default(3),
  /** Good runs in a row without an item until a person is asked to archive it. */
  missingRunsUntilReview: z.number().int().min(1).default(3),
  /** An item that no product matches: make a product, or wait for a person. */
  unmatched: z.enum(["create", "hold"]),
});
export type FeedPolicies = z.output<typeof feedPolicies>;

/** The ERP list says what is stocked, not what exists: an item it alone knows waits. */
const UNMATCHED: Record<FeedKind, FeedPolicies["unmatched"]> = {
  etilize: "create",
  shopify_csv: "create",
  erp: "hold",
  csv: "hold",
  category_json: "hold",
};

export function policiesOf(kind: FeedKind, stored: unknown): FeedPolicies {
  const given = z.record(z.string(), z.unknown()).parse(stored ?? {});
  return feedPolicies.parse({ unmatched: UNMATCHED[kind], ...given });
}
