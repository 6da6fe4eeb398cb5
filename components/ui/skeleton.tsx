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

/** Rows of bars in the shape of a table. */
export function SkeletonRows({ rows = 12, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex-1 overflow-hidden bg-panel">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line-soft px-3">
          <Skeleton className="w-24" />
          <Skeleton className="max-w-80 flex-1" />
          <Skeleton className="w-16" />
        </div>
      ))}
    </div>
  );
}
