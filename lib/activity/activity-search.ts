import { z } from "zod";
import { timelineCursor } from "@/lib/sync/history/timeline-cursor";

/** What the activity is narrowed to, and the beginnings of the audit trail's actions that belong to it. */
export const ACTIVITY_KINDS = {
  runs: { label: "Runs", prefixes: [] },
  products: {
    label: "Products and pictures",
    prefixes: ["product.", "image.", "missing.", "conflict.", "duplicates."],
  },
  categories: { label: "Categories and icons", prefixes: ["category.", "icon."] },
  metafields: { label: "Metafields and views", prefixes: ["definition.", "view.", "quality."] },
  feeds: {
    label: "Feeds and rules",
    prefixes: ["feed.", "mapping.", "rule.", "policies.", "schedule.", "match.", "rejection.", "inbox.", "sample."],
  },
  work: { label: "Syncs and jobs", prefixes: ["sync.", "job.", "retention.", "database."] },
  people: { label: "People and access", prefixes: ["user.", "token."] },
} as const satisfies Record<string, { label: string; prefixes: readonly string[] }>;
export type ActivityKind = keyof typeof ACTIVITY_KINDS;

const KINDS = Object.keys(ACTIVITY_KINDS) as [ActivityKind, ...ActivityKind[]]; // the keys of a literal

const activitySearch = z.object({
  kind: z.enum(KINDS).optional().catch(undefined),
  /** A user's id, or `system`. */
  who: z
    .union([z.uuid(), z.literal("system")])
    .optional()
    .catch(undefined),
  /** A day in UTC. */
  day: z.iso.date().optional().catch(undefined),
  /** Of one product or category. */
  entity: z.enum(["product", "category"]).optional().catch(undefined),
  id: z.uuid().optional().catch(undefined),
  before: timelineCursor.optional().catch(undefined),
});
export type ActivitySearch = z.output<typeof activitySearch>;

export function parseActivitySearch(params: Record<string, unknown>): ActivitySearch {
  return activitySearch.parse(params);
}
