/** Rows of bars in the shape of a table: one painted element, since each page carries it. */
export function SkeletonRows({ rows = 12, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex-1 overflow-hidden bg-panel">
      <div className="skeleton-rows" style={{ height: rows * 32 }} />
    </div>
  );
}
