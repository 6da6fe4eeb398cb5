import { cn } from "@/lib/class-names";

/** A grey bar in the place of what loads. It shows late, so that quick answers don't flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("block h-3 animate-appear-late rounded-sm bg-line-soft motion-safe:opacity-100", className)}
    />
  );
}

/** Rows of bars in the shape of a table: one painted element, since each page carries it. */
export function SkeletonRows({ rows = 12, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex-1 overflow-hidden bg-panel">
      <div className="skeleton-rows" style={{ height: rows * 32 }} />
    </div>
  );
}
