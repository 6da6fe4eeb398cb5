import type { ReactNode } from "react";

/** The plot's own units: up and down they are pixels; across, the plot takes the width it is given. */
export const PLOT = { height: 116, above: 16, slot: 24, bar: 14 } as const;
/** Where the bars stand. */
export const FLOOR = PLOT.above + PLOT.height;

interface PlotDay {
  /** `2026-11-21` */
  day: string;
  /** Written above the bar; null for a day that has none. */
  figure: string | null;
  /** Of what is drawn, in pixels. */
  height: number;
}

type Props = {
  days: PlotDay[];
  label: string;
  /** Names every so many days, counted back from the last, where there are too many for all. */
  labelEvery: number;
  /** The bars, drawn in slots of `PLOT.slot`. */
  children: ReactNode;
};

/** One slot a day over a line, with names and figures in the page's own type: it stays readable at any width. */
export function DayPlot({ days, label, labelEvery, children }: Props) {
  const width = days.length * PLOT.slot;
  const named = days.flatMap((day, index) =>
    (days.length - 1 - index) % labelEvery === 0 ? { ...day, left: `${(100 * (index + 0.5)) / days.length}%` } : [],
  );
  return (
    <div>
      <div className="relative">
        <svg
          viewBox={`0 0 ${width} ${FLOOR + 1}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label} The table below has the figures.`}
          className="block w-full"
          style={{ height: FLOOR + 1 }}
        >
          <line x1={0} x2={width} y1={FLOOR + 0.5} y2={FLOOR + 0.5} className="stroke-line" />
          {children}
        </svg>
        {named.map(
          ({ day, figure, height, left }) =>
            figure && (
              <span
                key={day}
                aria-hidden
                className="tabular pointer-events-none absolute -translate-x-1/2 text-2xs text-muted"
                style={{ left, bottom: height + 2 }}
              >
                {figure}
              </span>
            ),
        )}
      </div>
      <div aria-hidden className="relative h-4">
        {named.map(({ day, left }) => (
          <span key={day} className="tabular absolute top-0.5 -translate-x-1/2 text-2xs text-faint" style={{ left }}>
            {Number(day.slice(8))}
          </span>
        ))}
      </div>
    </div>
  );
}
