import { Download } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { ScrollArea } from "@/components/ui/scroll-area";
import { formatCount, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { refusalWords } from "@/lib/sync/history/refusal-words";
import type { listRunRejections } from "@/lib/sync/list-rejections";
import type { RunDetail } from "@/lib/sync/queries";
import type { RetryState } from "@/lib/sync/retry/retry-state";
import type { RunPageSearch } from "@/lib/sync/search-params";
import { RefusedProductsTable } from "./refused-products-table";
import { RejectionsTable } from "./rejections-table";
import { RetryBar } from "./retry-bar";

type Search = Pick<RunPageSearch, "severity" | "code" | "column" | "file" | "rows">;
type Props = {
  run: RunDetail;
  search: Search;
  page: Awaited<ReturnType<typeof listRunRejections>>;
  retry: RetryState;
  mayMend: boolean;
};

/** Rows that were refused, with what is done about them, and rows taken with a remark. */
export function RejectionsTab({ run, search, page, retry, mayMend }: Props) {
  const { severity, code, column, file, rows } = search;
  const href = (more: object) =>
    hrefWith(`/syncs/${run.number}`, { tab: "rejected", severity, code, column, file, rows, ...more });
  const isRefused = severity === "error";
  const isFiltered = Boolean(code || column || file || rows);
  const isOpen = retry.of === null && retry.closed === null && retry.busy === null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <SeverityLink run={run} severity="error" current={severity} />
        <SeverityLink run={run} severity="warning" current={severity} />
        {run.rejections > 0 && run.feedSourceId !== null && <Downloads run={run} hasOpen={retry.open > 0} />}
      </div>
      {isRefused && run.rejections > 0 && run.feedSourceId !== null && (
        <>
          <RetryBar run={run} retry={retry} filter={{ code, column, file }} mayMend={mayMend} />
          <Filters retry={retry} search={search} href={href} />
        </>
      )}
      {page.rows.length === 0 ? (
        <EmptyState title={emptyTitle(isRefused, isFiltered)}>
          {isFiltered ? (
            <Link
              href={hrefWith(`/syncs/${run.number}`, { tab: "rejected", severity })}
              className="text-accent underline"
            >
              Show all of them
            </Link>
          ) : isRefused ? (
            "Every row of this run could be used."
          ) : (
            "Nothing in this run was unusual."
          )}
        </EmptyState>
      ) : (
        <ScrollArea label={isRefused ? "Refused rows" : "Rows taken with a remark"}>
          {run.feedSourceId === null ? (
            <RefusedProductsTable rows={page.rows} />
          ) : (
            <RejectionsTable
              runId={run.id}
              rows={page.rows}
              triedIn={retry.triedIn}
              hasState={isRefused}
              mayMend={mayMend && isRefused && isOpen}
            />
          )}
        </ScrollArea>
      )}
      <Pagination
        summary={summary(run, severity, page.total, isFiltered)}
        previousHref={page.previous === null ? null : href({ before: page.previous })}
        nextHref={page.next === null ? null : href({ after: page.next })}
      />
    </>
  );
}

function emptyTitle(isRefused: boolean, isFiltered: boolean) {
  if (isFiltered) return "No row matches";
  return isRefused ? "No row was refused" : "No row needed a remark";
}

/** One entry can stand for several products, like both rows of a key that came twice. */
function summary(run: RunDetail, severity: "error" | "warning", total: number, isFiltered: boolean) {
  if (severity === "warning") return formatPlural(total, "remark");
  const entries = formatPlural(total, "entry", "entries");
  return isFiltered || total === run.rejected
    ? entries
    : `${entries}; ${formatPlural(run.rejected, "product row")} refused`;
}

function Downloads({ run, hasOpen }: { run: RunDetail; hasOpen: boolean }) {
  const download = `/api/sync-logs/${run.number}/rejections`;
  return (
    <span className="ml-auto flex items-center gap-2">
      <a href={download} className={buttonClass({ size: "small" })} download>
        <Download aria-hidden />
        As received
      </a>
      {hasOpen && (
        <a href={`${download}?reasons=1`} className={buttonClass({ size: "small" })} download>
          <Download aria-hidden />
          To mend, with reasons
        </a>
      )}
    </span>
  );
}

function SeverityLink({ run, severity, current }: { run: RunDetail; severity: "error" | "warning"; current: string }) {
  const count = severity === "error" ? run.rejections : run.remarks;
  return (
    <ChipLink href={hrefWith(`/syncs/${run.number}`, { tab: "rejected", severity })} isCurrent={severity === current}>
      {severity === "error" ? "Refused" : "Taken with a remark"} <span className="tabular">{formatCount(count)}</span>
    </ChipLink>
  );
}

/** Reasons with their counts, each a filter; files where there are several. */
function Filters({ retry, search, href }: { retry: RetryState; search: Search; href: (more: object) => string }) {
  const { code, column, file, rows } = search;
  if (retry.groups.length + retry.files.length <= 2 && !code && !column && !file && !rows) return null;
  return (
    <nav aria-label="Reasons" className="flex flex-wrap items-center gap-1 border-b px-3 py-1.5">
      {retry.groups.map((group) => {
        const isCurrent = code === group.code && (column ?? null) === group.column;
        const to = isCurrent ? { code: undefined, column: undefined } : { code: group.code, column: group.column };
        return (
          <ChipLink key={`${group.code} ${group.column}`} href={href(to)} isCurrent={isCurrent}>
            {refusalWords(group.code)}
            {group.column && <span className="text-muted">{group.column}</span>}
            <span className="tabular">{formatCount(group.count)}</span>
          </ChipLink>
        );
      })}
      {retry.files.length > 1 &&
        retry.files.map((one) => (
          <ChipLink
            key={one.file}
            href={href({ file: file === one.file ? undefined : one.file })}
            isCurrent={file === one.file}
          >
            <span className="mono">{one.file}</span>
            <span className="tabular">{formatCount(one.count)}</span>
          </ChipLink>
        ))}
      <span className="ml-auto" />
      <ChipLink href={href({ rows: rows === "open" ? undefined : "open" })} isCurrent={rows === "open"}>
        Open <span className="tabular">{formatCount(retry.open)}</span>
      </ChipLink>
      <ChipLink href={href({ rows: rows === "settled" ? undefined : "settled" })} isCurrent={rows === "settled"}>
        Settled
      </ChipLink>
    </nav>
  );
}

function ChipLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "true" : undefined}
      className={buttonClass({ size: "small", variant: isCurrent ? "default" : "ghost" })}
    >
      {children}
    </Link>
  );
}
