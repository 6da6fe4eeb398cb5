import { formatCount } from "@/lib/format";
import type { RunDay } from "@/lib/sync/recent-work";
import { type BarScale, barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { dayWords } from "./day-words";

const HEIGHT = 116;
const SLOT = 24;
const BAR = 14;
/** Room for the days' names below and the bars' figures above, in pixels. */
const BELOW = 20;
const ABOVE = 16;

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
  isWide?: boolean;
};

/** What the runs of each day brought: drawn by the server, with the same figures as a table below. */
export function RunsChart({ days, labelEvery = 1, isWide = false }: Props) {
  const scale = barScale(days.map(totalOf));
  const width = days.length * SLOT;
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${width} ${ABOVE + HEIGHT + BELOW}`}
        role="img"
        aria-label="Products changed, added, missing and rejected by day. The table below has the figures."
        className={isWide ? "w-full" : "w-full max-w-md"}
      >
        <line x1={0} x2={width} y1={ABOVE + HEIGHT} y2={ABOVE + HEIGHT} className="stroke-line" />
        {days.map((day, index) => (
          <Bar
            key={day.day}
            day={day}
            x={index * SLOT + (SLOT - BAR) / 2}
            scale={scale}
            isNamed={index % labelEvery === 0}
          />
        ))}
      </svg>
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

function Bar({ day, x, scale, isNamed }: { day: RunDay; x: number; scale: BarScale; isNamed: boolean }) {
  const total = totalOf(day);
  const isCut = total > scale.top;
  const height = (HEIGHT * Math.min(total, scale.top)) / scale.top;
  let y = ABOVE + HEIGHT;
  return (
    <g>
      <title>{`${dayWords(day.day)}: ${summary(day)}`}</title>
      {PARTS.map(({ part, fill }) => {
        const share = total === 0 ? 0 : (height * day[part]) / total;
        y -= share;
        return share > 0 && <rect key={part} x={x} y={y} width={BAR} height={share} className={fill} />;
      })}
      {isCut && <path d={`M${x - 2} ${ABOVE + 12} l${BAR + 4} -5 v4 l${-BAR - 4} 5 z`} className="fill-bg" />}
      {total > 0 && isNamed && (
        <text
          x={x + BAR / 2}
          y={ABOVE + HEIGHT - height - 4}
          textAnchor="middle"
          className="tabular fill-muted text-[9px]"
        >
          {short.format(total)}
        </text>
      )}
      {isNamed && (
        <text x={x + BAR / 2} y={ABOVE + HEIGHT + 14} textAnchor="middle" className="tabular fill-faint text-[9px]">
          {Number(day.day.slice(8))}
        </text>
      )}
    </g>
  );
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
