import { Download } from "lucide-react";
import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { ScrollArea } from "@/components/ui/scroll-area";
import { formatCount, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import type { listRunRejections, RejectionRow } from "@/lib/sync/list-rejections";
import type { RunDetail } from "@/lib/sync/queries";
import { FeedPlace } from "./feed-place";

type Props = { run: RunDetail; severity: "error" | "warning"; page: Awaited<ReturnType<typeof listRunRejections>> };

/** Rows that were refused, and rows taken with a remark. */
export function RejectionsTab({ run, severity, page }: Props) {
  const href = (more: object) => hrefWith(`/syncs/${run.number}`, { tab: "rejected", severity, ...more });
  const download = `/api/sync-logs/${run.number}/rejections`;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <SeverityLink run={run} severity="error" current={severity} />
        <SeverityLink run={run} severity="warning" current={severity} />
        {run.rejections > 0 && (
          <span className="ml-auto flex items-center gap-2">
            <a href={download} className={buttonClass({ size: "small" })} download>
              <Download aria-hidden />
              As received
            </a>
            <a href={`${download}?reasons=1`} className={buttonClass({ size: "small" })} download>
              <Download aria-hidden />
              With reasons
            </a>
          </span>
        )}
      </div>
      {page.rows.length === 0 ? (
        <EmptyState title={severity === "error" ? "No row was refused" : "No row needed a remark"}>
          {severity === "error" ? "Every row of this run could be used." : "Nothing in this run was unusual."}
        </EmptyState>
      ) : (
        <ScrollArea label="Refused rows">
          <RejectionsTable rows={page.rows} />
        </ScrollArea>
      )}
      <Pagination
        summary={summary(run, severity, page.total)}
        previousHref={page.previous === null ? null : href({ before: page.previous })}
        nextHref={page.next === null ? null : href({ after: page.next })}
      />
    </>
  );
}

/** One entry can stand for several products, like both rows of a key that came twice. */
function summary(run: RunDetail, severity: "error" | "warning", total: number) {
  if (severity === "warning") return formatPlural(total, "remark");
  const entries = formatPlural(total, "entry", "entries");
  return total === run.rejected ? entries : `${entries}; ${formatPlural(run.rejected, "product row")} refused`;
}

function SeverityLink({ run, severity, current }: { run: RunDetail; severity: "error" | "warning"; current: string }) {
  const count = severity === "error" ? run.rejections : run.remarks;
  const isCurrent = severity === current;
  return (
    <Link
      href={hrefWith(`/syncs/${run.number}`, { tab: "rejected", severity })}
      aria-current={isCurrent ? "true" : undefined}
      className={buttonClass({ size: "small", variant: isCurrent ? "default" : "ghost" })}
    >
      {severity === "error" ? "Refused" : "Taken with a remark"} <span className="tabular">{formatCount(count)}</span>
    </Link>
  );
}

function RejectionsTable({ rows }: { rows: RejectionRow[] }) {
  return (
    <table className="ledger [&_td]:py-1.5 [&_td]:align-top" aria-label="Refused rows">
      <colgroup>
        <col style={{ width: "200px" }} />
        <col style={{ width: "120px" }} />
        <col style={{ width: "34%" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">File and line</th>
          <th scope="col">Column</th>
          <th scope="col">Why</th>
          <th scope="col">As it stands in the file</th>
        </tr>
      </thead>
      <LedgerBody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-phone="title">
              <FeedPlace file={row.file} line={row.line} />
            </td>
            <td className="mono text-muted">{row.column}</td>
            <td data-phone="below" className="whitespace-normal!">
              {row.reason}
            </td>
            <td className="whitespace-normal!">
              <code className="mono text-muted [overflow-wrap:anywhere]">{row.raw}</code>
            </td>
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}
