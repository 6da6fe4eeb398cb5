import { Activity } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ActivityTabs } from "@/components/activity/activity-tabs";
import { FilterDay } from "@/components/filters/filter-day";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { TimelineTable } from "@/components/history/timeline-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { ACTIVITY_KINDS, parseActivitySearch } from "@/lib/activity/activity-search";
import { activitySubject, listActivity, listActors } from "@/lib/activity/list-activity";
import { requireActor } from "@/lib/auth/current-actor";
import { hrefWith } from "@/lib/href";

export const metadata: Metadata = { title: "Activity" };

const KINDS = Object.entries(ACTIVITY_KINDS).map(([value, { label }]) => ({ value, label }));

export default async function ActivityPage({ searchParams }: PageProps<"/activity">) {
  const actor = await requireActor("catalog:read");
  const search = parseActivitySearch(await searchParams);
  const [{ rows, older }, subject, actors] = await Promise.all([
    listActivity(actor, search),
    activitySubject(actor, search),
    listActors(actor),
  ]);
  const { before, kind, who, day, entity, id } = search;
  const query = { kind, who, day, entity, id };
  const people = [
    ...actors.map(({ id: value, name: label }) => ({ value, label })),
    { value: "system", label: "The system" },
  ];
  return (
    <>
      <PageHead
        title="Activity"
        meta={
          subject ? (
            <span>
              of{" "}
              <Link href={subject.href} className="text-accent underline">
                {subject.words}
              </Link>{" "}
              ·{" "}
              <Link href={hrefWith("/activity", { kind, who, day })} className="hover:underline">
                show all
              </Link>
            </span>
          ) : (
            "Who changed what, newest first"
          )
        }
      />
      <ActivityTabs current="/activity" />
      <FilterForm label="Filter the activity">
        {subject && <input type="hidden" name="entity" value={entity} />}
        {subject && <input type="hidden" name="id" value={id} />}
        <FilterSelect name="kind" label="Kind" value={kind ?? ""} anyLabel="Everything" options={KINDS} />
        <FilterSelect name="who" label="Person" value={who ?? ""} anyLabel="Anybody" options={people} />
        <FilterDay name="day" label="Day, UTC" value={day} />
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState icon={Activity} title="Nothing of this kind happened">
          Choose another kind, person or day.
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <TimelineTable entries={rows} />
        </div>
      )}
      <Pagination
        summary="Newest first"
        previousHref={before ? hrefWith("/activity", query) : null}
        nextHref={older && hrefWith("/activity", { ...query, before: older })}
      />
    </>
  );
}
