import { formatBytes, formatPlural } from "@/lib/format";
import type { Forecast } from "@/lib/sync/history/forecast";
import { ChartTable } from "./chart-table";

const WIDTH = 520;
const HEIGHT = 150;
/** Room for the months below, the sizes left and the lines' names right, in pixels. */
const BELOW = 26;
const LEFT = 76;
const RIGHT = 124;
const ABOVE = 10;

const LINES = [
  { of: "everything", label: "kept for ever", stroke: "stroke-muted", fill: "fill-muted", dash: "4 3" },
  { of: "withRetention", label: "as set", stroke: "stroke-accent", fill: "fill-accent", dash: undefined },
] as const;

/** The database over the next twelve months, two ways: drawn by the server, with the same figures as a table below. */
export function GrowthChart({ forecast }: { forecast: Forecast }) {
  const top = Math.max(1, ...forecast.map((month) => month.everything)) * 1.08;
  const x = (month: number) => LEFT + (WIDTH * month) / 12;
  const y = (bytes: number) => ABOVE + HEIGHT - (HEIGHT * bytes) / top;
  const last = forecast.at(-1);
  const gap = last ? Math.abs(y(last.everything) - y(last.withRetention)) : 0;
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${LEFT + WIDTH + RIGHT} ${ABOVE + HEIGHT + BELOW}`}
        role="img"
        aria-label="The database's size over the next twelve months. The table below has the figures."
        className="w-full max-w-2xl"
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              x1={LEFT}
              x2={LEFT + WIDTH}
              y1={y((top * share) / 1.08)}
              y2={y((top * share) / 1.08)}
              className="stroke-line"
            />
            <text
              x={LEFT - 6}
              y={y((top * share) / 1.08) + 3}
              textAnchor="end"
              className="tabular fill-muted text-[10px] max-sm:text-[17px]"
            >
              {formatBytes((top * share) / 1.08)}
            </text>
          </g>
        ))}
        {LINES.map(({ of, label, stroke, fill, dash }, at) => (
          <g key={of}>
            <polyline
              points={forecast.map((month) => `${x(month.month)},${y(month[of])}`).join(" ")}
              fill="none"
              strokeWidth={2}
              strokeDasharray={dash}
              className={stroke}
            />
            {last && (
              <text
                x={x(12) + 6}
                y={y(last[of]) + 3 + (gap < 12 ? (at === 0 ? -6 : 6) : 0)}
                className={`text-[10px] max-sm:text-[17px] ${fill}`}
              >
                {label}
              </text>
            )}
          </g>
        ))}
        {[0, 3, 6, 9, 12].map((month) => (
          <text
            key={month}
            x={x(month)}
            y={ABOVE + HEIGHT + 19}
            textAnchor="middle"
            className="tabular fill-faint text-[10px] max-sm:text-[17px]"
          >
            {month === 0 ? "today" : `${month} mo`}
          </text>
        ))}
      </svg>
      <ChartTable
        head={["In", "Kept for ever", "As set"]}
        rows={forecast.map(({ month, everything, withRetention }) => ({
          name: month === 0 ? "Today" : formatPlural(month, "month"),
          cells: [formatBytes(everything), formatBytes(withRetention)],
        }))}
      />
    </figure>
  );
}
