import { ChevronRight } from "lucide-react";
import { DurationsChart } from "@/components/charts/durations-chart";
import { RunsChart } from "@/components/charts/runs-chart";
import { formatCount, formatPercent, formatPlural } from "@/lib/format";
import type { HistoryFigures } from "@/lib/sync/history/run-days";

type Props = {
  figures: HistoryFigures;
  /** Unfolded at first. */
  isOpen: boolean;
};

/** How the runs of the last days went: rate in words, volume and duration as charts. One click folds it away. */
export function HistoryFiguresPanel({ figures, isOpen }: Props) {
  const { days } = figures;
  const labelEvery = days.length > 16 ? 2 : 1;
  return (
    <details className="group/figures border-b" open={isOpen}>
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 px-4 py-2 hover:bg-hover">
        <ChevronRight aria-hidden className="-mx-1 size-3.5 text-muted group-open/figures:rotate-90" />
        <span className="font-medium">Last {days.length} days</span>
        <span className="tabular text-muted">{rateWords(figures)}</span>
      </summary>
      <div className="grid gap-8 px-4 pt-2 pb-4 lg:grid-cols-2">
        <section aria-label="Volume">
          <h2 className="mb-1 text-xs text-muted">Products by day</h2>
          <RunsChart days={days} labelEvery={labelEvery} />
        </section>
        <section aria-label="Duration">
          <h2 className="mb-1 text-xs text-muted">Duration of the runs by day</h2>
          <DurationsChart days={days} labelEvery={labelEvery} />
        </section>
      </div>
    </details>
  );
}

/** "29 of 30 runs ended well (97 %), 99 % of 441,000 products good" */
function rateWords({ ended, endedWell, items, itemsGood, isCapped }: HistoryFigures) {
  if (ended === 0) return "No run ended.";
  const runs = `${formatCount(endedWell)} of ${formatPlural(ended, "run")} ended well (${formatPercent((100 * endedWell) / ended)})`;
  const products =
    items > 0 ? `, ${formatPercent((100 * itemsGood) / items)} of ${formatPlural(items, "product")} good` : "";
  return `${runs}${products}.${isCapped ? " Only the newest 5,000 runs are counted." : ""}`;
}
