import type { RunDay } from "@/lib/sync/recent-work";
import { StackedDays } from "./stacked-days";

/** One family of colours, the same as the runs' own bars. */
const PARTS = [
  { part: "changed", label: "changed", fill: "fill-blue", swatch: "bg-blue" },
  { part: "added", label: "added", fill: "fill-green", swatch: "bg-green" },
  { part: "missing", label: "missing", fill: "fill-amber", swatch: "bg-amber" },
  { part: "rejected", label: "rejected", fill: "fill-red", swatch: "bg-red" },
] as const;

type Props = {
  days: RunDay[];
  /** Names every so many days, where there are too many for all. */
  labelEvery?: number;
};

/** What the runs of each day brought. */
export function RunsChart({ days, labelEvery = 1 }: Props) {
  return (
    <StackedDays
      label="Products changed, added, missing and rejected by day."
      days={days}
      parts={PARTS}
      labelEvery={labelEvery}
      nothing={(day) => (day.runs > 0 ? "nothing changed" : "no run")}
      extra={{ label: "Runs", of: (day) => day.runs }}
    />
  );
}
