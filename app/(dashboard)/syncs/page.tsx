import { ArrowLeftRight, GitCompareArrows } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { ExportLinks } from "@/components/history/export-links";
import { HistoryFiguresPanel } from "@/components/history/history-figures";
import { HistoryTabs } from "@/components/history/history-tabs";
import { RefreshWhile } from "@/components/live/refresh-while";
import { RunFilters } from "@/components/runs/run-filters";
import { RunsTable } from "@/components/runs/runs-table";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listSourceNames } from "@/lib/feeds/queries";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { listRunStarters } from "@/lib/sync/history/people";
import { historyFigures } from "@/lib/sync/history/run-days";
import { listRuns } from "@/lib/sync/queries";
import { parseRunSearch, type RunSearch } from "@/lib/sync/search-params";

export const metadata: Metadata = { title: "Syncs" };

/** Days of the charts above the list. */
const FIGURE_DAYS = 30;
const COMPARE_FORM = "compare-runs";

export default async function SyncsPage({ searchParams }: PageProps<"/syncs">) {
  const actor = await requireActor();
  const search = parseRunSearch(await searchParams);
  const { before, after, ...filters } = search;
  const [runs, sources, people, figures] = await Promise.all([
    listRuns(actor, search),
    listSourceNames(actor),
    listRunStarters(actor),
    historyFigures(actor, filters, FIGURE_DAYS),
  ]);
  const href = (cursor: Partial<RunSearch>) => hrefWith("/syncs", { ...filters, ...cursor });
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <>
      <PageHead
        title="Syncs"
        meta={<span className="tabular">{formatPlural(runs.total, "run")}</span>}
        actions={
          <>
            {runs.total > 0 && <ExportLinks path="/api/sync-logs/export" query={filters} label="these runs" />}
            {can(actor, "feed:run") && (
              <Link href="/feeds#import" className={buttonClass({ variant: "primary" })}>
                New import
              </Link>
            )}
          </>
        }
      />
      <HistoryTabs current="/syncs" />
      <RunFilters search={search} sources={sources} people={people} />
      {runs.rows.length === 0 ? (
        <NoRuns isFiltered={isFiltered} />
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <div className="flex flex-col max-sm:flex-col-reverse">
            <HistoryFiguresPanel figures={figures} isOpen={!isFiltered && runs.newer === null} />
            <RunsTable runs={runs.rows} compareForm={COMPARE_FORM} />
          </div>
        </div>
      )}
      <Pagination
        summary={formatPlural(runs.total, "run")}
        previousHref={runs.newer === null ? null : href({ after: runs.newer })}
        nextHref={runs.older === null ? null : href({ before: runs.older })}
      >
        {runs.total > 1 && (
          <form id={COMPARE_FORM} action="/syncs/compare" className="max-sm:hidden">
            <Button type="submit" size="small">
              <GitCompareArrows aria-hidden />
              Compare two ticked runs
            </Button>
          </form>
        )}
      </Pagination>
      <RefreshWhile isActive={runs.rows.some((run) => run.status === "running" || run.status === "pending")} />
    </>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={ArrowLeftRight} title="No run fits these filters">
        <Link href="/syncs" className="text-accent underline">
          Show all runs
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ArrowLeftRight}
      title="No feed has run yet"
      actions={
        <Link href="/feeds" className={buttonClass()}>
          Go to feeds
        </Link>
      }
    >
      Each import becomes a run here: what it read, what it would change, who approved it and what it refused.
    </EmptyState>
  );
}
