import "server-only";
import type { Reader } from "@/lib/db/client";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedKind, FeedProduct, FeedRejection } from "@/lib/feeds/feed-record";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { CategoryMap } from "./category-map";
import type { ChangeFields } from "./change";
import type { IntakeRules, SkipCode } from "./intake-rules";
import type { RunSources } from "./load-products";
import type { Matcher } from "./match";
import type { Stopwatch } from "./stopwatch";

/** What one item of the feed comes to. */
export type StagedProduct =
  | { item: FeedProduct; outcome: "unchanged" }
  | { item: FeedProduct; outcome: "skipped"; code: SkipCode }
  | { item: FeedProduct; outcome: "rejected"; rejection: FeedRejection }
  | {
      item: FeedProduct;
      outcome: "new" | "changed" | "held";
      change: ChangeRow;
      priceMove?: PriceMove;
    };

/** The greatest change among a product's prices. */
export interface PriceMove {
  label: string;
  beforeCents: number;
  afterCents: number;
  isJump: boolean;
}

export interface StagingContext {
  on: Reader;
  runId: string;
  sourceId: string;
  kind: FeedKind;
  policies: FeedPolicies;
  categories: CategoryMap;
  sources: RunSources;
  matcher: Pick<Matcher, "match">;
  watch?: Stopwatch;
  /** Absent: any product. */
  intake?: IntakeRules;
}

/** The row of a change to a product, or to none yet, as its item of the feed asks for it. */
export function changeRow(
  runId: string,
  item: FeedProduct,
  what: {
    entityId: string | null;
    label: string;
    name: string;
    action: "create" | "update";
    kind: "new" | "changed" | "moved" | "returned" | "conflict" | "ambiguous" | "unmatched";
    reason: string | null;
    version: number | null;
    fields: ChangeFields;
  },
): ChangeRow {
  return {
    runId,
    entity: "product",
    externalKey: item.key,
    ...what,
    state: "staged",
    file: item.at.file,
    line: item.at.line,
    createdAt: new Date(),
  };
}
