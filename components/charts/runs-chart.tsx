import { formatCount } from "@/lib/format";
import type { RunDay } from "@/lib/sync/recent-work";
import { type BarScale, barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { DayPlot, FLOOR, PLOT } from "./day-plot";
import { dayWords } from "./day-words";

/** A bar is narrow: `14.7K`; the title and the table have the whole figure. */
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** From the bottom up; one family of colours, the same as the runs' own bars. */
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

/** What the runs of each day brought: drawn by the server, with the same figures as a table below. */
export function RunsChart({ days, labelEvery = 1 }: Props) {
  const scale = barScale(days.map(totalOf));
  return (
    <figure className="grid gap-2">
      <DayPlot
        label="Products changed, added, missing and rejected by day."
        labelEvery={labelEvery}
        days={days.map((day) => ({
          day: day.day,
          figure: totalOf(day) > 0 ? short.format(totalOf(day)) : null,
          height: heightOf(day, scale),
        }))}
      >
        {days.map((day, index) => (
          <Bar key={day.day} day={day} x={index * PLOT.slot + (PLOT.slot - PLOT.bar) / 2} scale={scale} />
        ))}
      </DayPlot>
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        {PARTS.map(({ part, label, swatch }) => (
          <span key={part} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-[2px] ${swatch}`} />
            {label}
          </span>
        ))}
        {scale.isCut && <span>The highest day is cut short.</span>}
      </figcaption>
      <ChartTable
        head={["Day", "Runs", ...PARTS.map(({ label }) => label)]}
        rows={days.toReversed().map((day) => ({
          name: dayWords(day.day),
          cells: [formatCount(day.runs), ...PARTS.map(({ part }) => formatCount(day[part]))],
        }))}
      />
    </figure>
  );
}

function Bar({ day, x, scale }: { day: RunDay; x: number; scale: BarScale }) {
  const total = totalOf(day);
  const height = heightOf(day, scale);
  let y = FLOOR;
  return (
    <g>
      <title>{`${dayWords(day.day)}: ${summary(day)}`}</title>
      {PARTS.map(({ part, fill }) => {
        const share = total === 0 ? 0 : (height * day[part]) / total;
        y -= share;
        return share > 0 && <rect key={part} x={x} y={y} width={PLOT.bar} height={share} className={fill} />;
      })}
      {total > scale.top && (
        <path d={`M${x - 2} ${PLOT.above + 12} l${PLOT.bar + 4} -5 v4 l${-PLOT.bar - 4} 5 z`} className="fill-bg" />
      )}
    </g>
  );
}

function heightOf(day: RunDay, scale: BarScale) {
  return (PLOT.height * Math.min(totalOf(day), scale.top)) / scale.top;
}

function totalOf(day: RunDay) {
  return day.changed + day.added + day.missing + day.rejected;
}

function summary(day: RunDay) {
  const found = PARTS.filter(({ part }) => day[part] > 0).map(
    ({ part, label }) => `${formatCount(day[part])} ${label}`,
  );
  return found.length > 0 ? found.join(", ") : day.runs > 0 ? "nothing changed" : "no run";
}
