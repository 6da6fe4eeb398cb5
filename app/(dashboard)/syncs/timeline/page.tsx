import { History } from "lucide-react";
import type { Metadata } from "next";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { HistoryTabs } from "@/components/history/history-tabs";
import { TimelineTable } from "@/components/history/timeline-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { requireActor } from "@/lib/auth/current-actor";
import { hrefWith } from "@/lib/href";
import { listTimeline, parseTimelineSearch } from "@/lib/sync/history/timeline";

export const metadata: Metadata = { title: "Timeline of the syncs" };

const SHOW = [
  { value: "runs", label: "Runs alone" },
  { value: "settings", label: "Settings alone" },
];

export default async function TimelinePage({ searchParams }: PageProps<"/syncs/timeline">) {
  const actor = await requireActor();
  const search = parseTimelineSearch(await searchParams);
  const { rows, older } = await listTimeline(actor, search);
  const show = search.show === "all" ? undefined : search.show;
  return (
    <>
      <PageHead title="Syncs" meta="Runs, and what people set, asked for and answered" />
      <HistoryTabs current="/syncs/timeline" />
      <FilterForm label="Filter the timeline">
        <FilterSelect name="show" label="Show" value={show ?? ""} anyLabel="Everything" options={SHOW} />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState icon={History} title="Nothing has happened yet">
          Runs, changed sources, mappings, rules and answers appear here in the order they happened.
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <TimelineTable entries={rows} />
        </div>
      )}
      <Pagination
        summary="Newest first"
        previousHref={search.before ? hrefWith("/syncs/timeline", { show }) : null}
        nextHref={older && hrefWith("/syncs/timeline", { show, before: older })}
      />
    </>
  );
}
