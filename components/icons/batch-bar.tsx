import { cn } from "@/lib/class-names";
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
export function BatchBar({ counts, className }: { counts: BatchCounts; className?: string }) {
  const total = picturesOf(counts);
  let at = 0;
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden
      className={cn("block w-full overflow-hidden rounded-sm", className)}
    >
      {PARTS.map(({ status, fill }) => {
        const width = total === 0 ? 0 : (counts[status] / total) * 100;
        const x = at;
        at += width;
        return width > 0 ? <rect key={status} x={x} width={width} height={10} className={fill} /> : null;
      })}
    </svg>
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
