import { formatCount, formatPlural } from "@/lib/format";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { SyncChangeKind, SyncChangeState, SyncStatus } from "@/prisma/generated/sqlite/enums";

/** What became of a run's products. All products the run knows of are the sum of these. */
export interface RunCounts {
  added: number;
  /** Changed, moved, returned, or against a kept value. */
  changed: number;
  /** Known to the source before, and not in this feed. */
  missing: number;
  /** Only a person can say which product it is. */
  waiting: number;
  rejected: number;
  /** The same row again within the feed. */
  repeated: number;
  unchanged: number;
  /** Deleted for good, or planned to be. */
  deleted: number;
}

export type RunPart = keyof RunCounts;

/** From most to least often, as the bar shows them; the headline names the news first. */
const BAR_ORDER: readonly RunPart[] = [
  "unchanged",
  "changed",
  "added",
  "deleted",
  "missing",
  "waiting",
  "repeated",
  "rejected",
];
const NEWS: readonly RunPart[] = ["changed", "added", "deleted", "missing", "waiting", "rejected"];
const PART_WORDS: Record<RunPart, string> = {
  added: "added",
  deleted: "deleted",
  changed: "changed",
  missing: "missing",
  waiting: "to decide",
  rejected: "rejected",
  repeated: "repeated",
  unchanged: "unchanged",
};

/** The columns that `runCounts` is told of. */
export const RUN_COUNTS = {
  created: true,
  updated: true,
  missing: true,
  held: true,
  rejected: true,
  repeated: true,
  unchanged: true,
  deleted: true,
} as const satisfies Prisma.SyncHistorySelect;

/** The counts as the run's row holds them. */
export function runCounts(run: Record<keyof typeof RUN_COUNTS, number>): RunCounts {
  const { created, updated, missing, held, rejected, repeated, unchanged, deleted } = run;
  return { added: created, changed: updated, missing, waiting: held, rejected, repeated, unchanged, deleted };
}

/** Categories of a run by what became of them. */
export interface RunCategories {
  created: number;
  updated: number;
  unchanged: number;
}

/** What a run's words and bar are about: its products, or the categories of one that found no product. */
export interface RunFound {
  of: "product" | "category";
  counts: RunCounts;
}

/** Whether any product was found; refused rows alone may be categories'. */
export function hasProducts({ rejected: _, ...found }: RunCounts): boolean {
  return Object.values(found).some((count) => count > 0);
}

export function runFound({ counts, categories }: { counts: RunCounts; categories?: RunCategories | null }): RunFound {
  if (!categories || hasProducts(counts)) return { of: "product", counts };
  const { created, updated, unchanged } = categories;
  return { of: "category", counts: { ...counts, added: created, changed: updated, unchanged } };
}

export function countItems(counts: RunCounts): number {
  return BAR_ORDER.reduce((sum, part) => sum + counts[part], 0);
}

/** "212 changed, 294 added, 73 missing, 5 rejected; 14,121 unchanged"; of categories: "Categories: 3 added". */
export function runSummary({ of, counts }: RunFound): string {
  const { news, rest } = runSummaryParts(counts);
  const words = rest ? `${news}; ${rest}` : news;
  return of === "category" && countItems(counts) > 0 ? `Categories: ${words.replace("Nothing", "nothing")}` : words;
}

/** An undo's headline, of products: what it took away stands in no other run's counts. */
export function undoSummary(run: { updated: number; deleted: number; skipped: number }): string {
  const parts = [
    run.updated > 0 && `${formatCount(run.updated)} put back`,
    run.deleted > 0 && `${formatCount(run.deleted)} taken away`,
    run.skipped > 0 && `${formatPlural(run.skipped, "change")} left`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "Nothing put back";
}

/** The headline in two: what is new, and what stayed ("" for nothing). */
export function runSummaryParts(counts: RunCounts): { news: string; rest: string } {
  const told = NEWS.filter((part) => counts[part] > 0);
  const news = told.map((part) => `${formatCount(counts[part])} ${PART_WORDS[part]}`).join(", ");
  const quiet: RunPart[] = ["repeated", "unchanged"];
  const rest = quiet
    .filter((part) => counts[part] > 0)
    .map((part) => `${formatCount(counts[part])} ${PART_WORDS[part]}`)
    .join(", ");
  return { news: news || "Nothing changed", rest };
}

export interface RunSegment {
  part: RunPart;
  label: string;
  count: number;
  /** Share of all items, 0 to 1. The shares of a run's segments add up to 1. */
  share: number;
}

/** The bar of a run: its parts that hold anything. */
export function runSegments(counts: RunCounts): RunSegment[] {
  const total = countItems(counts);
  return BAR_ORDER.filter((part) => counts[part] > 0).map((part) => ({
    part,
    label: PART_WORDS[part],
    count: counts[part],
    share: counts[part] / total,
  }));
}

/** Share of items neither rejected nor failed, 0 to 100; null for a run without items. */
export function successRate(counts: RunCounts, failed: number): number | null {
  const total = countItems(counts);
  return total === 0 ? null : (100 * Math.max(0, total - counts.rejected - failed)) / total;
}

/** Tones of the status dot. */
export type Tone = "green" | "amber" | "red" | "blue" | "idle";

/** A run's state for people. */
export function runState(run: { status: SyncStatus; isDryRun: boolean; heldReason: string | null }): {
  words: string;
  tone: Tone;
} {
  switch (run.status) {
    case "pending":
      return { words: "waiting to start", tone: "idle" };
    case "running":
      return { words: "running", tone: "blue" };
    case "review":
      return { words: run.heldReason ? "held for review" : "waits for review", tone: "amber" };
    case "success":
      return { words: run.isDryRun ? "dry run done" : "done", tone: "green" };
    case "partial":
      return run.isDryRun ? { words: "dry run done", tone: "green" } : { words: "done in part", tone: "amber" };
    case "failed":
      return { words: "failed", tone: "red" };
    case "cancelled":
      return { words: "cancelled", tone: "idle" };
    case "reverted":
      return { words: "undone", tone: "idle" };
    default:
      return run.status satisfies never;
  }
}

export const CHANGE_KIND_WORDS: Record<SyncChangeKind, string> = {
  new: "added",
  changed: "changed",
  moved: "moved",
  missing: "missing",
  returned: "returned",
  conflict: "conflict",
  unmatched: "no match",
  ambiguous: "several matches",
  removed: "deleted",
};

export const CHANGE_STATE_WORDS: Record<SyncChangeState, { words: string; tone: Tone }> = {
  staged: { words: "waits for review", tone: "amber" },
  approved: { words: "approved", tone: "blue" },
  applied: { words: "applied", tone: "green" },
  skipped: { words: "skipped", tone: "idle" },
  rejected: { words: "turned down", tone: "idle" },
  failed: { words: "failed", tone: "red" },
  reverted: { words: "undone", tone: "idle" },
};

/** Whether a file's rows are all accounted for, and the sentence that says so. */
export function fileBalance(file: {
  rowsRead: number;
  rowsStaged: number;
  rowsUnchanged: number;
  rowsRepeated: number;
  rowsRejected: number;
}): { isBalanced: boolean; words: string } {
  const known = file.rowsStaged + file.rowsUnchanged + file.rowsRepeated + file.rowsRejected;
  const gap = file.rowsRead - known;
  if (gap === 0) return { isBalanced: true, words: "every row accounted for" };
  const words = gap > 0 ? `${formatPlural(gap, "row")} unaccounted for` : `${formatPlural(-gap, "row")} counted twice`;
  return { isBalanced: false, words };
}

export function isHeldKind(kind: SyncChangeKind): boolean {
  return kind === "ambiguous" || kind === "unmatched";
}

/** Changes that wait to learn which product is meant. */
export function heldCount({ kinds }: { kinds: Partial<Record<SyncChangeKind, number>> }): number {
  return (kinds.ambiguous ?? 0) + (kinds.unmatched ?? 0);
}
