import Link from "next/link";
import { RunStatus } from "@/components/runs/run-status";
import { Time } from "@/components/ui/time";
import { formatBytes, formatCount, formatDuration, formatPercent, NOTHING } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";
import { countItems, successRate } from "@/lib/sync/run-words";

type Row = {
  label: string;
  hasDifference?: false;
  /** Left out where neither run has any. */
  isRare?: true;
  of: (run: RunDetail) => number | null;
  format?: (value: number) => string;
};

const ROWS: Row[] = [
  { label: "Products in all", of: (run) => countItems(run.counts) },
  { label: "Added", of: (run) => run.counts.added },
  { label: "Changed", of: (run) => run.counts.changed },
  { label: "Missing", of: (run) => run.counts.missing },
  { label: "To decide", of: (run) => run.counts.waiting },
  { label: "Rejected", of: (run) => run.counts.rejected },
  { label: "Repeated", of: (run) => run.counts.repeated },
  { label: "Unchanged", of: (run) => run.counts.unchanged },
  { label: "Applied", of: (run) => run.successful },
  { label: "Failed", of: (run) => run.failed },
  { label: "Skipped", of: (run) => run.skipped },
  { label: "Good", of: (run) => successRate(run.counts, run.failed), format: formatPercent, hasDifference: false },
  { label: "Categories added", of: (run) => run.categories?.created ?? null, isRare: true },
  { label: "Categories changed", of: (run) => run.categories?.updated ?? null, isRare: true },
  { label: "Categories unchanged", of: (run) => run.categories?.unchanged ?? null, isRare: true },
  { label: "Rows read", of: (run) => run.files.reduce((sum, file) => sum + file.rowsRead, 0) },
  { label: "Files", of: (run) => run.files.length },
  { label: "Bytes read", of: (run) => run.files.reduce((sum, file) => sum + file.bytes, 0), format: formatBytes },
  { label: "Took", of: secondsOf, format: formatDuration },
];

/** Two runs' counts side by side, and what the later one has more or less. */
export function CompareCounts({ a, b }: { a: RunDetail; b: RunDetail }) {
  const rows = ROWS.filter(({ isRare, of }) => !isRare || of(a) || of(b));
  return (
    <section aria-labelledby="compare-counts">
      <h2 id="compare-counts" className="mb-2 text-md font-semibold">
        Side by side
      </h2>
      <table className="tabular w-full">
        <thead>
          <tr className="border-b">
            <th scope="col" className="py-1 text-left text-xs font-medium text-muted">
              Count
            </th>
            <RunHeading run={a} />
            <RunHeading run={b} />
            <th scope="col" className="num py-1 pl-4 text-xs font-medium text-muted">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, of, format = formatCount, hasDifference }) => {
            const [left, right] = [of(a), of(b)];
            return (
              <tr key={label} className="border-b border-line-soft">
                <th scope="row" className="py-1 text-left font-normal">
                  {label}
                </th>
                <td className="num">{left === null ? NOTHING : format(left)}</td>
                <td className="num">{right === null ? NOTHING : format(right)}</td>
                <td className="num pl-4 text-muted">
                  {hasDifference === false ? NOTHING : difference(left, right, format)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function RunHeading({ run }: { run: RunDetail }) {
  return (
    <th scope="col" className="py-1 pl-4 text-right font-medium">
      <Link href={`/syncs/${run.number}`} className="text-accent hover:underline">
        Run {run.number}
      </Link>
      <span className="block text-xs font-normal text-muted">
        {run.source}, <Time at={run.startedAt ?? run.createdAt} format="short" />
      </span>
      <span className="block text-xs font-normal">
        <RunStatus run={run} />
      </span>
    </th>
  );
}

function difference(left: number | null, right: number | null, format: (value: number) => string) {
  if (left === null || right === null || left === right) return NOTHING;
  return `${right > left ? "+" : "−"}${format(Math.abs(right - left))}`;
}

function secondsOf({ startedAt, completedAt }: RunDetail) {
  return startedAt && completedAt ? (completedAt.getTime() - startedAt.getTime()) / 1000 : null;
}
