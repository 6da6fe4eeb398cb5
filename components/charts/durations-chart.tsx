import { formatDuration, NOTHING } from "@/lib/format";
import type { HistoryDay } from "@/lib/sync/history/run-days";
import { barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { DayPlot, FLOOR, PLOT } from "./day-plot";
import { dayWords } from "./day-words";

/** How long the runs of each day took on average, with the longest as a mark: drawn by the server. */
export function DurationsChart({ days, labelEvery = 1 }: { days: HistoryDay[]; labelEvery?: number }) {
  const scale = barScale(days.map((day) => day.longestSeconds ?? 0));
  const heightOf = (seconds: number | null) => (PLOT.height * Math.min(seconds ?? 0, scale.top)) / scale.top;
  return (
    <figure className="grid gap-2">
      <DayPlot
        label="Average and longest duration of the runs by day."
        labelEvery={labelEvery}
        days={days.map(({ day, longestSeconds }) => ({
          day,
          figure: longestSeconds === null ? null : short(longestSeconds),
          height: heightOf(longestSeconds),
        }))}
      >
        {days.map((day, index) => {
          const x = index * PLOT.slot + (PLOT.slot - PLOT.bar) / 2;
          const average = heightOf(day.averageSeconds);
          const longest = heightOf(day.longestSeconds);
          return (
            <g key={day.day}>
              <title>{`${dayWords(day.day)}: ${summary(day)}`}</title>
              {average > 0 && (
                <rect x={x} y={FLOOR - average} width={PLOT.bar} height={average} className="fill-blue" />
              )}
              {longest > 0 && (
                <line
                  x1={x}
                  x2={x + PLOT.bar}
                  y1={FLOOR - longest}
                  y2={FLOOR - longest}
                  className="stroke-muted"
                  strokeWidth={1.5}
                />
              )}
            </g>
          );
        })}
      </DayPlot>
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-[2px] bg-blue" />
          average of the day
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-2 bg-muted" />
          longest
        </span>
        {scale.isCut && <span>The longest day is cut short.</span>}
      </figcaption>
      <ChartTable
        head={["Day", "Average", "Longest"]}
        rows={days.toReversed().map((day) => ({
          name: dayWords(day.day),
          cells: [seconds(day.averageSeconds), seconds(day.longestSeconds)],
        }))}
      />
    </figure>
  );
}

function seconds(value: number | null) {
  return value === null ? NOTHING : formatDuration(value);
}

/** A bar is narrow: `42s`, `3m`, `1.2h`. */
function short(value: number) {
  if (value < 60) return `${Math.round(value)}s`;
  return value < 5_400 ? `${Math.round(value / 60)}m` : `${(value / 3600).toFixed(1)}h`;
}

function summary(day: HistoryDay) {
  if (day.averageSeconds === null || day.longestSeconds === null) return "no run ended";
  return `${formatDuration(day.averageSeconds)} on average, ${formatDuration(day.longestSeconds)} at most`;
}
