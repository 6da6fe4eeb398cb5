import { formatCount } from "@/lib/format";
import { type RunFound, type RunPart, runSegments, runSummary } from "@/lib/sync/run-words";

const COLOURS = {
  unchanged: "bg-line",
  changed: "bg-blue",
  added: "bg-green",
  missing: "bg-amber",
  deleted: "bg-red/70",
  waiting: "bg-amber/60",
  repeated: "bg-line-strong",
  rejected: "bg-red",
} as const satisfies Record<RunPart, string>;

/** Parts too small to be seen still get this much, in pixels. */
const LEAST_WIDTH = 3;

/** What became of a run's products or categories, as one bar that adds up. `small` is for lists, without the legend. */
export function RunBar({ found, small = false }: { found: RunFound; small?: boolean }) {
  const segments = runSegments(found.counts);
  if (segments.length === 0) return null;
  return (
    <div>
      <div
        role="img"
        aria-label={runSummary(found)}
        className={`flex gap-0.5 overflow-hidden rounded-full ${small ? "h-1.5" : "h-2.5"}`}
      >
        {segments.map(({ part, share }) => (
          <span key={part} className={COLOURS[part]} style={{ flex: `${share} 1 0`, minWidth: LEAST_WIDTH }} />
        ))}
      </div>
      {!small && (
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {segments.map(({ part, label, count }) => (
            <li key={part} className="flex items-center gap-1.5">
              <span aria-hidden className={`size-2 rounded-[2px] ${COLOURS[part]}`} />
              <b className="tabular font-semibold text-text">{formatCount(count)}</b>
              {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
