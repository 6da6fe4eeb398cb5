import type { GrowthMonth } from "@/lib/activity/monthly-growth";
import { cn } from "@/lib/class-names";
import { formatCount } from "@/lib/format";
import { barScale } from "./bar-scale";

const HEIGHT = 130;
const SLOT = 30;
const BAR = 18;
/** Room for the months' names below and the bars' figures above, in pixels. */
const BELOW = 20;
const ABOVE = 16;

export interface MonthPart {
  of: keyof Omit<GrowthMonth, "month">;
  label: string;
  fill: string;
  swatch: string;
}

type Props = { months: GrowthMonth[]; parts: readonly MonthPart[]; label: string };

const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });

/** Figures of each month, one on the other: drawn by the server, the figures stand in the table beside. */
export function MonthsChart({ months, parts, label }: Props) {
  const totalOf = (month: GrowthMonth) => parts.reduce((total, { of }) => total + month[of], 0);
  const scale = barScale(months.map(totalOf));
  // On a phone there is room for the highest figure and each third name.
  const highest = Math.max(...months.map(totalOf));
  // A lone month is as wide as in two years.
  const width = Math.max(24, months.length) * SLOT;
  return (
    <figure className="grid gap-2">
      <svg
        viewBox={`0 0 ${width} ${ABOVE + HEIGHT + BELOW}`}
        role="img"
        aria-label={label}
        className="w-full max-w-3xl overflow-visible"
      >
        <line x1={0} x2={width} y1={ABOVE + HEIGHT} y2={ABOVE + HEIGHT} className="stroke-line" />
        {months.map((month, index) => {
          const x = index * SLOT + (SLOT - BAR) / 2;
          const total = totalOf(month);
          const height = (HEIGHT * Math.min(total, scale.top)) / scale.top;
          let y = ABOVE + HEIGHT;
          return (
            <g key={month.month}>
              <title>
                {`${month.month}: ${parts.map(({ of, label: part }) => `${formatCount(month[of])} ${part}`).join(", ")}`}
              </title>
              {parts.map(({ of, fill }) => {
                const share = total === 0 ? 0 : (height * month[of]) / total;
                y -= share;
                return share > 0 && <rect key={of} x={x} y={y} width={BAR} height={share} className={fill} />;
              })}
              {total > 0 && (
                <text
                  x={x + BAR / 2}
                  y={ABOVE + HEIGHT - height - 4}
                  textAnchor="middle"
                  className={cn(TEXT, "fill-muted", total < highest && "max-sm:hidden")}
                >
                  {short.format(total)}
                </text>
              )}
              <text
                x={x + BAR / 2}
                y={ABOVE + HEIGHT + 14}
                textAnchor="middle"
                className={cn(TEXT, "fill-faint", (months.length - 1 - index) % 3 > 0 && "max-sm:hidden")}
              >
                {monthLetters(month.month)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        {parts.map(({ of, label: part, swatch }) => (
          <span key={of} className="flex items-center gap-1.5">
            <span aria-hidden className={cn("size-2 rounded-[2px]", swatch)} />
            {part}
          </span>
        ))}
        {scale.isCut && <span>The highest month is cut short.</span>}
      </figcaption>
    </figure>
  );
}

const TEXT = "tabular text-[10px] max-sm:text-[18px]";

function monthLetters(month: string) {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
}
