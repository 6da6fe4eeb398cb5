import { formatCount } from "@/lib/format";
import { type BarScale, barScale } from "./bar-scale";
import { ChartTable } from "./chart-table";
import { DayPlot, FLOOR, PLOT } from "./day-plot";
import { dayWords } from "./day-words";

/** A bar is narrow: `14.7K`; the title and the table have the whole figure. */
const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** One colour of a bar. */
export type BarPart<Name extends string> = { part: Name; label: string; fill: string; swatch: string };

type Day<Name extends string> = { day: string } & Record<Name, number>;

type Props<Name extends string, Of extends Day<Name>> = {
  label: string;
  days: Of[];
  /** From the bottom up. */
  parts: readonly BarPart<Name>[];
  /** Names every so many days, where there are too many for all. */
  labelEvery: number;
  /** What is said of a day whose bar has no part. */
  nothing: (day: Of) => string;
  /** A column of the table that no bar shows, before the parts. */
  extra?: { label: string; of: (day: Of) => number };
};

/** A bar for each day, its parts one on the other: drawn by the server, with the same figures as a table below. */
export function StackedDays<Name extends string, Of extends Day<Name>>(props: Props<Name, Of>) {
  const { label, days, parts, labelEvery, nothing, extra } = props;
  const totalOf = (day: Of) => parts.reduce((sum, { part }) => sum + day[part], 0);
  const scale = barScale(days.map(totalOf));
  const heightOf = (day: Of) => (PLOT.height * Math.min(totalOf(day), scale.top)) / scale.top;
  const wordsOf = (day: Of) => {
    const found = parts.filter(({ part }) => day[part] > 0);
    return found.map((one) => `${formatCount(day[one.part])} ${one.label}`).join(", ") || nothing(day);
  };
  return (
    <figure className="grid gap-2">
      <DayPlot
        label={label}
        labelEvery={labelEvery}
        days={days.map((day) => ({
          day: day.day,
          figure: totalOf(day) > 0 ? short.format(totalOf(day)) : null,
          height: heightOf(day),
        }))}
      >
        {days.map((day, index) => (
          <Bar
            key={day.day}
            title={`${dayWords(day.day)}: ${wordsOf(day)}`}
            parts={parts.map(({ part, fill }) => ({ part, fill, count: day[part] }))}
            x={index * PLOT.slot + (PLOT.slot - PLOT.bar) / 2}
            scale={scale}
          />
        ))}
      </DayPlot>
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        {parts.map((one) => (
          <span key={one.part} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-[2px] ${one.swatch}`} />
            {one.label}
          </span>
        ))}
        {scale.isCut && <span>The highest day is cut short.</span>}
      </figcaption>
      <ChartTable
        head={["Day", ...(extra ? [extra.label] : []), ...parts.map((one) => one.label)]}
        rows={days.toReversed().map((day) => ({
          name: dayWords(day.day),
          cells: [...(extra ? [extra.of(day)] : []), ...parts.map(({ part }) => day[part])].map(formatCount),
        }))}
      />
    </figure>
  );
}

type BarProps = { title: string; parts: { part: string; fill: string; count: number }[]; x: number; scale: BarScale };

function Bar({ title, parts, x, scale }: BarProps) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const unit = total === 0 ? 0 : (PLOT.height * Math.min(total, scale.top)) / scale.top / total;
  let y = FLOOR;
  return (
    <g>
      <title>{title}</title>
      {parts.map(({ part, fill, count }) => {
        const height = unit * count;
        y -= height;
        return height > 0 && <rect key={part} x={x} y={y} width={PLOT.bar} height={height} className={fill} />;
      })}
      {total > scale.top && (
        <path d={`M${x - 2} ${PLOT.above + 12} l${PLOT.bar + 4} -5 v4 l${-PLOT.bar - 4} 5 z`} className="fill-bg" />
      )}
    </g>
  );
}
