import { z } from "zod";
import type { FeedKind } from "./feed-record";

const share = z.number().min(0).max(1);

/** What a source may do without being asked, and what makes a run wait for a manager. Stored in FeedSource.policies; shares are 0 to 1. */
export const feedPolicies = z.object({
  /** A run with fewer items than this share of the last good run waits. */
  minItemShare: share.default(0.7),
  /** A run that misses, or would archive, more than this share of the source's items waits. */
  maxMissingShare: share.default(0.1),
  /** A price that changes by more than this factor, up or down, waits. */
  maxPriceFactor: z.number().min(1).max(1_000).default(3),
  /** A run that refuses more than this share of its rows waits or fails, from `REFUSED_AT_LEAST` refused rows on. */
  maxRefusedShare: share.default(0.1),
  whenRefused: z.enum(["hold", "stop"]).default("hold"),
  /** A field filled in so much less of the rows than last time makes the run wait. */
  maxCoverageDrop: share.default(0.2),
  /** A field whose values were of one kind and are so much less so now makes the run wait. */
  maxKindDrift: share.default(0.2),
  /** A column or attribute that was not there and fills more than this share of the rows makes the run wait. */
  maxNewFieldShare: share.default(0.5),
  /** What becomes of a product that the feed no longer lists. */
  missing: z.enum(["ignore", "flag", "archive"]).default("flag"),
  /** Good runs in a row without an item until a person is asked, or it is archived. */
  missingRunsUntilReview: z.number().int().min(1).max(365).default(3),
  /** An item that no product matches: make a product, or wait for a person. */
  unmatched: z.enum(["create", "hold"]),
  /** Received files kept in the archive. */
  keepFiles: z.number().int().min(1).max(1_000).default(10),
});
export type FeedPolicies = z.output<typeof feedPolicies>;

/** Fields filled in less of the rows than this may come and go. */
export const SHAPE_SHARE_AT_LEAST = 0.05;

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
