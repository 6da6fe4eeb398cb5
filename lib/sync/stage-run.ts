import "server-only";
import { db } from "@/lib/db/client";
import type { FeedDefinition, FeedKind, FeedRecord } from "@/lib/feeds/feed-record";
import type { KeyTable } from "@/lib/feeds/key-table";
import type { Mapping } from "@/lib/feeds/mapping";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { JobContext } from "@/lib/jobs/define-job";
import { CategoryMap } from "./category-map";
import type { FeedProfile, RunFigures } from "./feed-profile";
import { StockedItems } from "./intake-rules";
import { loadRunSources } from "./load-products";
import { Matcher } from "./match";
import type { StagedCounts, StagedFile } from "./run-tally";
import type { StagingContext } from "./staged-product";
import { Stager } from "./stager";
import type { StagedBefore } from "./staging-checkpoint";
import { Stopwatch } from "./stopwatch";

export interface RunToStage {
  id: string;
  sourceId: string;
  kind: FeedKind;
  policies: FeedPolicies;
  /**
   * The state of changes that need no person's answer. `approved` saves writing each row again when the run is to be
   * applied without review.
   */
  initialState: "staged" | "approved";
  /** It holds only some rows of the feed: what it lacks is not missing. */
  isPartial?: boolean;
  /** Which products its mapping lets it touch; absent: any. */
  intake?: { mode: Mapping["mode"]; stockedOnly: boolean };
  /** Of what it is staged (staging-checkpoint.ts), so that a killed try can be gone on with. */
  basis: string;
  /** What an earlier try had staged; null: nothing. */
  before: StagedBefore | null;
}

export interface StagedRun {
  counts: StagedCounts;
  figures: Omit<RunFigures, "lastItems">;
  profile: FeedProfile;
  /** Worth knowing, and no row's fault. */
  warnings: string[];
  /** JSON bytes of the changes. */
  changeBytes: number;
  /** What the time went to, in milliseconds. */
  spent: Record<string, number>;
  files: StagedFile[];
  definitions: FeedDefinition[];
}

/** Reads a feed to its end and writes down what it would change, and what it refuses; the catalogue stays as it is. */
export async function stageRun(
  run: RunToStage,
  batches: AsyncIterable<FeedRecord[]>,
  context: JobContext,
  keys?: KeyTable,
): Promise<StagedRun> {
  const [sources, categories] = await Promise.all([loadRunSources(db), CategoryMap.load(db, run.sourceId)]);
  const matcher = new Matcher(db, run.sourceId);
  if (run.before) matcher.remember(run.before.matched);
  const staging: StagingContext & { watch: Stopwatch } = {
    on: db,
    runId: run.id,
    sourceId: run.sourceId,
    kind: run.kind,
    policies: run.policies,
    categories,
    sources,
    matcher,
    watch: new Stopwatch("read"),
    intake: run.intake && {
      mode: run.intake.mode,
      stocked: run.intake.stockedOnly ? await StockedItems.load(db) : null,
    },
  };
  const stager = new Stager(staging, run, context, keys);
  for await (const records of batches) {
    for (const record of records) {
      const work = stager.take(record);
      if (work) await work;
    }
  }
  return stager.finish();
}
