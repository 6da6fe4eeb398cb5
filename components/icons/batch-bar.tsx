import { ShareBar } from "@/components/charts/share-bar";
import type { BatchCounts } from "@/lib/icons/list-batches";

const PARTS = [
  { status: "succeeded", fill: "fill-green" },
  { status: "running", fill: "fill-blue" },
  { status: "failed", fill: "fill-red" },
  { status: "skipped", fill: "fill-faint" },
  { status: "waiting", fill: "fill-line" },
] as const;

export function picturesOf(counts: BatchCounts): number {
  return PARTS.reduce((sum, { status }) => sum + counts[status], 0);
}

/** What became of a batch's pictures, as one bar that adds up. */
export function BatchBar({ counts, className }: { counts: BatchCounts; className: string }) {
  return (
    <ShareBar
      parts={PARTS.map(({ status, fill }) => ({ part: status, count: counts[status], fill }))}
      className={className}
    />
  );
}

/** `18 made · 1 failed · 2 to come` */
export function batchWords(counts: BatchCounts): string {
  const made = counts.succeeded - counts.fromCache;
  const open = counts.waiting + counts.running;
  return [
    made > 0 || counts.succeeded === 0 ? `${made} made` : "",
    counts.fromCache > 0 ? `${counts.fromCache} made before` : "",
    counts.failed > 0 ? `${counts.failed} failed` : "",
    counts.skipped > 0 ? `${counts.skipped} left out` : "",
    open > 0 ? `${open} to come` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
