import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { FilterDays } from "@/components/filters/filter-days";
import { FilterForm } from "@/components/filters/filter-form";
import { PageHead } from "@/components/frame/page-head";
import { HistoryTabs } from "@/components/history/history-tabs";
import { RefusalKindsTable } from "@/components/history/refusal-kinds-table";
import { RefusalsTable } from "@/components/history/refusals-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { listRefusalKinds, listRefusals, parseErrorSearch } from "@/lib/sync/history/errors";
import { refusalWords } from "@/lib/sync/history/refusal-words";

export const metadata: Metadata = { title: "Refused rows by kind" };

export default async function ErrorsPage({ searchParams }: PageProps<"/syncs/errors">) {
  const actor = await requireActor();
  const search = parseErrorSearch(await searchParams);
  const kinds = await listRefusalKinds(actor, search.days);
  const rows = search.code ? await listRefusals(actor, search) : null;
  const days = search.days === 30 ? undefined : search.days;
  const here = { days, code: search.code, source: search.source };
  const source = kinds.find((kind) => kind.sourceId === search.source)?.source;
  return (
    <>
      <PageHead
        title="Syncs"
        meta={`${formatPlural(
          kinds.reduce((sum, kind) => sum + kind.count, 0),
          "row",
        )} refused or remarked on in ${search.days} days`}
      />
      <HistoryTabs current="/syncs/errors" />
      <FilterForm label="Filter kinds">
        <FilterDays value={days} choices={[7, 90, 400]} anyLabel="Last 30 days" />
      </FilterForm>
      {kinds.length === 0 ? (
        <EmptyState icon={CircleCheck} title="No row was refused in these days">
          What a feed says that can't be true is listed here by kind, with its trend.
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <RefusalKindsTable kinds={kinds} days={search.days} current={here} />
          {rows && search.code && (
            <section aria-labelledby="kind-rows">
              <h2 id="kind-rows" className="border-t px-4 pt-4 pb-2 text-md font-semibold">
                {refusalWords(search.code)}
                {source && <span className="font-normal text-muted"> in {source}</span>}
              </h2>
              <RefusalsTable rows={rows.rows} />
            </section>
          )}
        </div>
      )}
      {rows && (
        <Pagination
          summary="Newest first"
          previousHref={search.before ? hrefWith("/syncs/errors", here) : null}
          nextHref={rows.older === null ? null : hrefWith("/syncs/errors", { ...here, before: rows.older })}
        />
      )}
    </>
  );
}
