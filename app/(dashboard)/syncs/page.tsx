import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { RefreshWhile } from "@/components/live/refresh-while";
import { RunFilters } from "@/components/runs/run-filters";
import { RunsTable } from "@/components/runs/runs-table";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listFeedSources } from "@/lib/feeds/queries";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { listRuns } from "@/lib/sync/queries";
import { parseRunSearch, type RunSearch } from "@/lib/sync/search-params";

export const metadata: Metadata = { title: "Syncs" };

export default async function SyncsPage({ searchParams }: PageProps<"/syncs">) {
  const actor = await requireActor();
  const search = parseRunSearch(await searchParams);
  const [runs, sources] = await Promise.all([listRuns(actor, search), listFeedSources(actor)]);
  const { before, after, ...filters } = search;
  const href = (cursor: Partial<RunSearch>) => hrefWith("/syncs", { ...filters, ...cursor });
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <>
      <PageHead
        title="Syncs"
        meta={<span className="tabular">{formatPlural(runs.total, "run")}</span>}
        actions={
          can(actor, "feed:run") && (
            <Link href="/feeds#import" className={buttonClass({ variant: "primary" })}>
              New import
            </Link>
          )
        }
      />
      <RunFilters search={search} sources={sources} />
      {runs.rows.length === 0 ? (
        <NoRuns isFiltered={isFiltered} />
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <RunsTable runs={runs.rows} />
        </div>
      )}
      <Pagination
        summary={formatPlural(runs.total, "run")}
        previousHref={runs.newer === null ? null : href({ after: runs.newer })}
        nextHref={runs.older === null ? null : href({ before: runs.older })}
      />
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
