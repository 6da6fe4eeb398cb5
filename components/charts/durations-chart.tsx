import { formatDuration, NOTHING } from "@/lib/format";
import type { HistoryDay } from "@/lib/sync/history/run-days";
import { barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { dayWords } from "./day-words";

const HEIGHT = 116;
const SLOT = 24;
const BAR = 14;
/** Room for the days' names below and the bars' figures above, in pixels. */
const BELOW = 20;
const ABOVE = 16;

/** How long the runs of each day took on average, with the longest as a mark: drawn by the server. */
export function DurationsChart({ days, labelEvery = 1 }: { days: HistoryDay[]; labelEvery?: number }) {
  const scale = barScale(days.map((day) => day.longestSeconds ?? 0));
  const width = days.length * SLOT;
  const heightOf = (seconds: number) => (HEIGHT * Math.min(seconds, scale.top)) / scale.top;
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${width} ${ABOVE + HEIGHT + BELOW}`}
        role="img"
        aria-label="Average and longest duration of the runs by day. The table below has the figures."
        className="w-full"
      >
        <line x1={0} x2={width} y1={ABOVE + HEIGHT} y2={ABOVE + HEIGHT} className="stroke-line" />
        {days.map((day, index) => {
          const x = index * SLOT + (SLOT - BAR) / 2;
          const average = heightOf(day.averageSeconds ?? 0);
          const longest = heightOf(day.longestSeconds ?? 0);
          return (
            <g key={day.day}>
              <title>{`${dayWords(day.day)}: ${summary(day)}`}</title>
              {average > 0 && (
                <rect x={x} y={ABOVE + HEIGHT - average} width={BAR} height={average} className="fill-blue" />
              )}
              {longest > 0 && (
                <line
                  x1={x}
                  x2={x + BAR}
                  y1={ABOVE + HEIGHT - longest}
                  y2={ABOVE + HEIGHT - longest}
                  className="stroke-muted"
                  strokeWidth={1.5}
                />
              )}
              {index % labelEvery === 0 && (
                <>
                  {day.longestSeconds !== null && (
                    <text
                      x={x + BAR / 2}
                      y={ABOVE + HEIGHT - longest - 4}
                      textAnchor="middle"
                      className="tabular fill-muted text-[9px]"
                    >
                      {short(day.longestSeconds)}
                    </text>
                  )}
                  <text
                    x={x + BAR / 2}
                    y={ABOVE + HEIGHT + 14}
                    textAnchor="middle"
                    className="tabular fill-faint text-[9px]"
                  >
                    {Number(day.day.slice(8))}
                  </text>
                </>
              )}
            </g>
          );
        })}
      </svg>
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
