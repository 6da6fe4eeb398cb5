import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";
import { type StepPoint, stepPath, topOf } from "./step-points";

const WIDTH = 640;
const HEIGHT = 150;
/** Room for the figures left, and for the days below, in pixels. */
const LEFT = 64;
const BELOW = 30;
const ABOVE = 14;
const RIGHT = 8;

export interface StepLine {
  label: string;
  points: StepPoint[];
  stroke: "stroke-accent" | "stroke-muted" | "stroke-green";
  swatch: "bg-accent" | "bg-muted" | "bg-green";
  isDashed?: boolean;
}

type Props = {
  /** For screen readers: what it shows, and where the figures are. */
  label: string;
  lines: StepLine[];
  to: Date;
  format: (value: number) => string;
  children?: ReactNode;
};

/** Figures that hold until the next one, over time: drawn by the server. */
export function StepChart({ label, lines, to, format, children }: Props) {
  const points = lines.flatMap((line) => line.points);
  const from = Math.min(...points.map(({ at }) => at.getTime()));
  const top = topOf(points.flatMap(({ value }) => value ?? []));
  const isOneDay = dayOf(new Date(from)) === dayOf(to);
  const scale = { from, to: to.getTime(), top, width: WIDTH, height: HEIGHT };
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${LEFT + WIDTH + RIGHT} ${ABOVE + HEIGHT + BELOW}`}
        role="img"
        aria-label={label}
        className="w-full max-w-3xl"
      >
        {[0, 0.5, 1].map((share) => {
          const y = ABOVE + HEIGHT * (1 - share);
          return (
            <g key={share}>
              <line x1={LEFT} x2={LEFT + WIDTH} y1={y} y2={y} className="stroke-line" />
              <text x={LEFT - 6} y={y + 3} textAnchor="end" className={cn(TEXT, "fill-muted")}>
                {format(top * share)}
              </text>
            </g>
          );
        })}
        {lines.map((line) => (
          <path
            key={line.label}
            d={stepPath(line.points, scale)}
            transform={`translate(${LEFT} ${ABOVE})`}
            fill="none"
            strokeWidth={2}
            strokeDasharray={line.isDashed ? "4 3" : undefined}
            className={line.stroke}
          />
        ))}
        <text x={LEFT} y={ABOVE + HEIGHT + 20} className={cn(TEXT, "fill-faint")}>
          {time(new Date(from), isOneDay)}
        </text>
        <text x={LEFT + WIDTH} y={ABOVE + HEIGHT + 20} textAnchor="end" className={cn(TEXT, "fill-faint")}>
          {time(to, isOneDay)}
        </text>
      </svg>
      {lines.length > 1 && (
        <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
          {lines.map((line) => (
            <span key={line.label} className="flex items-center gap-1.5">
              <span aria-hidden className={cn("h-0.5 w-3", line.swatch)} />
              {line.label}
            </span>
          ))}
        </figcaption>
      )}
      {children}
    </figure>
  );
}

const TEXT = "tabular text-[10px] max-sm:text-[17px]";

function dayOf(date: Date) {
  return date.toISOString().slice(0, 10);
}

/** Within one day the two ends would read the same. */
function time(date: Date, isOneDay: boolean) {
  const clock = isOneDay ? ({ hour: "2-digit", minute: "2-digit" } as const) : ({ year: "numeric" } as const);
  return date.toLocaleString("en-GB", { day: "numeric", month: "short", ...clock, timeZone: "UTC" });
}
