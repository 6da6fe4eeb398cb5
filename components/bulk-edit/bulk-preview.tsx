import { ValueDiff } from "@/components/diff/value-diff";
import type { PreviewRow } from "@/lib/bulk-edit/preview-bulk-edit";
import { cn } from "@/lib/class-names";

const KEEPING = { keep: "kept against feeds", release: "given back to the feed" } as const;

type Props = { rows: PreviewRow[]; failure: string | null; isStale: boolean };

/** The first selected products, each value before and after. */
export function BulkPreview({ rows, failure, isStale }: Props) {
  if (failure) {
    return (
      <p role="alert" className="text-red">
        {failure}
      </p>
    );
  }
  if (rows.length === 0) return null;
  return (
    <ul
      aria-label="What it does to the first products"
      aria-busy={isStale}
      className={cn("rounded-md border", isStale && "opacity-60")}
    >
      {rows.map((row) => (
        <li
          key={row.id}
          className="grid grid-cols-[168px_minmax(0,1fr)] gap-x-3 border-b border-line-soft px-2.5 py-1.5 last:border-b-0 max-sm:grid-cols-1"
        >
          <span className="min-w-0">
            <span className="mono block truncate text-muted">{row.sku}</span>
            <span className="block truncate text-2xs text-faint" title={row.name}>
              {row.name}
            </span>
          </span>
          <span className="min-w-0">
            {row.refused !== null ? (
              <span className="text-red">{row.refused}</span>
            ) : row.lines.length === 0 ? (
              <span className="text-faint">says so already</span>
            ) : (
              row.lines.map((line) => (
                <span key={line.field} className="flex flex-wrap items-baseline gap-x-2">
                  {row.lines.length > 1 && <span className="text-xs text-muted">{line.label}</span>}
                  {line.keeping === "keep" ? (
                    <span>{line.before ?? "nothing"}</span>
                  ) : (
                    <ValueDiff before={short(line.before)} after={short(line.after)} label={line.label} />
                  )}
                  {line.keeping && <span className="text-2xs text-amber">{KEEPING[line.keeping]}</span>}
                </span>
              ))
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Longer values are read on the run's page, in characters. */
const LONGEST = 160;

function short(value: string | null) {
  return value !== null && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
