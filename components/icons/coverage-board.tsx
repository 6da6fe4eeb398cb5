import Link from "next/link";
import { ShareBar } from "@/components/charts/share-bar";
import { cn } from "@/lib/class-names";
import { formatCount, formatPercent } from "@/lib/format";
import type { Coverage, CoverageCounts } from "@/lib/icons/coverage";
import { COVERAGE_STATES, COVERAGE_WORDS, type CoverageState } from "@/lib/icons/coverage-search";

/** Green is there, amber waits for a person, red is broken, grey is nothing. */
const FILL: Record<CoverageState, string> = {
  covered: "fill-green",
  stale: "fill-amber",
  making: "fill-blue",
  review: "fill-amber",
  unused: "fill-faint",
  missing: "fill-red",
  rejected: "fill-red",
  none: "fill-line",
};
const DOT: Record<CoverageState, string> = {
  covered: "text-green",
  stale: "text-amber",
  making: "text-blue",
  review: "text-amber",
  unused: "text-faint",
  missing: "text-red",
  rejected: "text-red",
  none: "text-faint",
};

type Props = {
  coverage: Coverage;
  state: CoverageState | undefined;
  branch: string | undefined;
  href: (to: { state?: CoverageState; branch?: string }) => string;
};

/** How many categories show an icon, in all and by top branch; each figure leads to its categories. */
export function CoverageBoard({ coverage, state, branch, href }: Props) {
  const { categories, counts, branches } = coverage;
  return (
    <div className="grid gap-4 border-b px-4 py-3">
      <div>
        <p className="mb-1.5 text-lg font-semibold">
          <span className="tabular">
            {formatCount(shownIn(counts))} of {formatCount(categories)}
          </span>{" "}
          <span className="font-normal text-muted">categories show an icon ({shareOf(counts, categories)})</span>
        </p>
        <Bar counts={counts} className="h-3" />
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {COVERAGE_STATES.filter((one) => counts[one] > 0 || one === state).map((one) => (
            <li key={one}>
              <Link
                href={href({ state: one === state ? undefined : one, branch })}
                title={COVERAGE_WORDS[one].help}
                aria-current={one === state ? "true" : undefined}
                className={cn(
                  "inline-flex items-center gap-1.5 rounded-md border px-2 py-0.5 text-xs hover:bg-hover",
                  one === state && "border-accent-line bg-accent-soft",
                )}
              >
                <span className={cn("status-dot", DOT[one])}>{COVERAGE_WORDS[one].label}</span>
                <span className="tabular">{formatCount(counts[one])}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
      {branches.length > 1 && (
        <table className="tabular w-full max-w-3xl">
          <caption className="sr-only">Icons by top category</caption>
          <tbody>
            {branches.map((one) => (
              <tr key={one.id}>
                <th scope="row" className="w-56 max-w-56 text-left font-normal max-sm:w-32 max-sm:max-w-32">
                  <Link
                    href={href({ state, branch: one.id === branch ? undefined : one.id })}
                    aria-current={one.id === branch ? "true" : undefined}
                    className="block min-h-6 truncate leading-6 hover:underline aria-[current=true]:font-semibold"
                  >
                    {one.name}
                  </Link>
                </th>
                <td className="w-full px-2">
                  <Bar counts={one.counts} className="h-2.5" />
                </td>
                <td className="num pl-1 whitespace-nowrap">
                  {formatCount(shownIn(one.counts))} of {formatCount(one.categories)}
                </td>
                <td className="num w-14 pl-2 whitespace-nowrap text-muted">{shareOf(one.counts, one.categories)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** A stale one is shown, too, until somebody chooses another. */
function shownIn({ covered, stale }: CoverageCounts) {
  return covered + stale;
}

function shareOf(counts: CoverageCounts, categories: number) {
  return formatPercent(categories === 0 ? 0 : (shownIn(counts) / categories) * 100);
}

function Bar({ counts, className }: { counts: CoverageCounts; className: string }) {
  const parts = COVERAGE_STATES.map((state) => ({ part: state, count: counts[state], fill: FILL[state] }));
  return <ShareBar parts={parts} className={className} />;
}
