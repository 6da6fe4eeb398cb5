import Link from "next/link";
import { formatCount, formatPercent, formatPlural } from "@/lib/format";
import type { QualityDistribution } from "@/lib/quality/distribution";
import { GRADE_WORDS } from "@/lib/quality/words";

/** The darker the better: one family of colours. */
const OPACITY = { A: 1, B: 0.8, C: 0.6, D: 0.4, E: 0.25 } as const;

/** How many products have each grade; each bar leads to them. The figures stand beside the bars. */
export function QualityChart({ distribution }: { distribution: QualityDistribution }) {
  const { grades, total, missingRequired } = distribution;
  const most = Math.max(...grades.map(({ products }) => products), 1);
  return (
    <div>
      <table className="tabular w-full">
        <caption className="sr-only">Products by grade of quality</caption>
        <tbody>
          {grades.map(({ grade, products }) => (
            <tr key={grade}>
              <th scope="row" className="w-20 text-left font-normal whitespace-nowrap">
                <Link href={`/catalog?filter=grade:any:${grade}`} className="block leading-6 hover:underline">
                  <b className="font-semibold">{grade}</b> <span className="text-muted">{GRADE_WORDS[grade]}</span>
                </Link>
              </th>
              <td className="w-full px-2">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden className="block h-2.5 w-full">
                  <rect
                    width={(products / most) * 100}
                    height={10}
                    className="fill-accent"
                    fillOpacity={OPACITY[grade]}
                  />
                </svg>
              </td>
              <td className="num pl-1">{formatCount(products)}</td>
              <td className="num pl-2 whitespace-nowrap text-muted">
                {total > 0 && formatPercent((products / total) * 100)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {missingRequired > 0 && (
        <p className="mt-1.5 text-xs">
          <Link href="/catalog?filter=required:any:missing" className="text-amber hover:underline">
            {formatPlural(missingRequired, "product")} {missingRequired === 1 ? "lacks" : "lack"} something required
          </Link>
        </p>
      )}
    </div>
  );
}
