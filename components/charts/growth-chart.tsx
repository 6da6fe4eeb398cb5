import { formatBytes } from "@/lib/format";
import type { Forecast } from "@/lib/sync/history/forecast";

const WIDTH = 520;
const HEIGHT = 150;
/** Room for the months below, the sizes left and the lines' names right, in pixels. */
const BELOW = 20;
const LEFT = 56;
const RIGHT = 110;
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
              className="tabular fill-muted text-[10px]"
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
                className={`text-[10px] ${fill}`}
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
            y={ABOVE + HEIGHT + 14}
            textAnchor="middle"
            className="tabular fill-faint text-[10px]"
          >
            {month === 0 ? "today" : `${month} mo`}
          </text>
        ))}
      </svg>
      <details className="text-xs">
        <summary className="cursor-pointer text-muted hover:text-text">As a table</summary>
        <table className="tabular mt-2 w-full max-w-lg">
          <thead className="text-muted">
            <tr>
              <th scope="col" className="text-left font-medium">
                In
              </th>
              <th scope="col" className="num font-medium">
                Kept for ever
              </th>
              <th scope="col" className="num font-medium">
                As set
              </th>
            </tr>
          </thead>
          <tbody>
            {forecast.map((month) => (
              <tr key={month.month}>
                <th scope="row" className="text-left font-normal">
                  {month.month === 0 ? "Today" : `${month.month} months`}
                </th>
                <td className="num">{formatBytes(month.everything)}</td>
                <td className="num">{formatBytes(month.withRetention)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
