import { formatCount } from "@/lib/format";
import type { JobDay } from "@/lib/jobs/job-figures";
import { type BarScale, barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { DayPlot, FLOOR, PLOT } from "./day-plot";
import { dayWords } from "./day-words";

/** A bar is narrow: `1.2K`; the title and the table have the whole figure. */
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** From the bottom up. */
const PARTS = [
  { part: "failed", label: "failed or gave up", fill: "fill-red", swatch: "bg-red" },
  { part: "done", label: "done", fill: "fill-green", swatch: "bg-green" },
  { part: "open", label: "still open", fill: "fill-blue", swatch: "bg-blue" },
  { part: "cancelled", label: "cancelled", fill: "fill-faint", swatch: "bg-faint" },
] as const;

/** Jobs by the day they were asked for and how they ended: drawn by the server, with the same figures as a table below. */
export function JobsChart({ days, labelEvery }: { days: JobDay[]; labelEvery: number }) {
  const scale = barScale(days.map(totalOf));
  return (
    <figure className="grid gap-2">
      <DayPlot
        label="Jobs done, failed, open and cancelled by day."
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
        head={["Day", ...PARTS.map(({ label }) => label)]}
        rows={days.toReversed().map((day) => ({
          name: dayWords(day.day),
          cells: PARTS.map(({ part }) => formatCount(day[part])),
        }))}
      />
    </figure>
  );
}

function Bar({ day, x, scale }: { day: JobDay; x: number; scale: BarScale }) {
  const total = totalOf(day);
  const height = heightOf(day, scale);
  let y = FLOOR;
  const words = PARTS.filter(({ part }) => day[part] > 0).map(
    ({ part, label }) => `${formatCount(day[part])} ${label}`,
  );
  return (
    <g>
      <title>{`${dayWords(day.day)}: ${words.join(", ") || "no job"}`}</title>
      {PARTS.map(({ part, fill }) => {
        const share = total === 0 ? 0 : (height * day[part]) / total;
        y -= share;
        return share > 0 && <rect key={part} x={x} y={y} width={PLOT.bar} height={share} className={fill} />;
      })}
    </g>
  );
}

function heightOf(day: JobDay, scale: BarScale) {
  return (PLOT.height * Math.min(totalOf(day), scale.top)) / scale.top;
}

function totalOf({ done, failed, cancelled, open }: JobDay) {
  return done + failed + cancelled + open;
}
