import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount, formatPercent, NOTHING } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import type { RefusalKind } from "@/lib/sync/history/errors";
import { refusalWords } from "@/lib/sync/history/refusal-words";

type Place = { days?: number; code?: string; source?: string };
type Props = { kinds: RefusalKind[]; days: number; current: Place };

/** What was refused, by kind and source; a kind leads to its rows. */
export function RefusalKindsTable({ kinds, days, current }: Props) {
  return (
    <table className="ledger" aria-label="Refused rows by kind">
      <colgroup>
        <col />
        <col style={{ width: "22%" }} />
        <col style={{ width: "84px" }} />
        <col style={{ width: "84px" }} />
        <col style={{ width: "64px" }} />
        <col style={{ width: "150px" }} />
        <col style={{ width: "130px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Source</th>
          <th scope="col" className="num">
            Rows
          </th>
          <th scope="col" className="num" title="Neither handled by a later run nor set aside">
            Open
          </th>
          <th scope="col" className="num">
            Runs
          </th>
          <th scope="col" title={`The last ${days / 2} days beside the ${days / 2} before`}>
            Trend
          </th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => {
          const place = { days: current.days, code: kind.code, source: kind.sourceId ?? undefined };
          const isCurrent = current.code === kind.code && current.source === place.source;
          return (
            <tr key={`${kind.code}-${kind.severity}-${kind.sourceId}`} aria-selected={isCurrent || undefined}>
              <td data-phone="title">
                <Link
                  href={hrefWith("/syncs/errors", place)}
                  scroll={false}
                  aria-current={isCurrent ? "true" : undefined}
                  className="row-link font-medium aria-current:text-accent"
                >
                  {refusalWords(kind.code)}
                </Link>{" "}
                {kind.severity === "warning" && <Badge>remark</Badge>}
              </td>
              <td data-phone="below">{kind.source}</td>
              <td data-phone="right" className="num">
                {formatCount(kind.count)}
                <span className="sm:hidden">
                  {kind.count === 1 ? " row" : " rows"}
                  {kind.open > 0 && `, ${formatCount(kind.open)} open`}
                </span>
              </td>
              <td className={`num ${kind.open > 0 ? "text-amber" : "text-muted"}`}>{formatCount(kind.open)}</td>
              <td className="num text-muted">{formatCount(kind.runs)}</td>
              <td>
                <Trend recent={kind.recent} before={kind.before} />
              </td>
              <td data-phone="below-right" className="text-muted">
                {kind.lastSeen ? <Time at={kind.lastSeen} /> : NOTHING}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** More is worse here: red is up. */
function Trend({ recent, before }: { recent: number; before: number }) {
  const words = before === 0 ? "new" : recent === 0 ? "gone" : signed((100 * (recent - before)) / before);
  const Icon = recent > before ? ArrowUp : recent < before ? ArrowDown : ArrowRight;
  const tone = recent > before ? "text-red" : recent < before ? "text-green" : "text-muted";
  return (
    <span className={`tabular inline-flex items-center gap-1 ${tone}`}>
      <Icon aria-hidden className="size-3.5" />
      {words}
      <span className="text-xs text-faint">
        {formatCount(before)} → {formatCount(recent)}
      </span>
    </span>
  );
}

function signed(percent: number) {
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${formatPercent(Math.abs(percent))}`;
}
