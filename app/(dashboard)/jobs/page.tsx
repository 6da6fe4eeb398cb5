import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FilterCheckbox } from "@/components/filters/filter-checkbox";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import { PageHead } from "@/components/frame/page-head";
import { JobsTable } from "@/components/jobs/jobs-table";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { isOpen, JOB_STATE_WORDS } from "@/lib/jobs/job-state";
import { isWorkerAlive, listJobs, listJobTypes } from "@/lib/jobs/queries";
import { type JobSearch, parseJobSearch } from "@/lib/jobs/search-params";

export const metadata: Metadata = { title: "Jobs" };

const STATUS_OPTIONS = [
  { value: "trouble", label: "Failed or gave up" },
  ...Object.entries(JOB_STATE_WORDS).map(([value, { words }]) => ({ value, label: words })),
];

export default async function JobsPage({ searchParams }: PageProps<"/jobs">) {
  const actor = await requireActor();
  const search = parseJobSearch(await searchParams);
  const [jobs, types, hasWorker] = await Promise.all([
    listJobs(actor, search),
    listJobTypes(actor),
    isWorkerAlive(actor),
  ]);
  const { before, after, ...filters } = search;
  const href = (cursor: Partial<JobSearch>) => hrefWith("/jobs", { ...filters, ...cursor });
  const waiting = jobs.rows.some((job) => isOpen(job.status));
  return (
    <>
      <PageHead title="Jobs" meta={<span className="tabular">{formatPlural(jobs.total, "job")}</span>} />
      {!hasWorker && waiting && <NoWorker />}
      <FilterForm label="Filter jobs">
        <FilterSelect
          name="status"
          label="State"
          value={search.status ?? ""}
          anyLabel="Any state"
          options={STATUS_OPTIONS}
        />
        <FilterSelect name="type" label="Kind" value={search.type ?? ""} anyLabel="Any kind" options={types} />
        <FilterSearch value={search.q} label="Name or error" />
        <FilterCheckbox name="mine" label="Started by me" isOn={search.mine} />
      </FilterForm>
      {jobs.rows.length === 0 ? (
        <NoJobs isFiltered={Object.values(filters).some(Boolean)} />
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <JobsTable jobs={jobs.rows} mayControl={can(actor, "job:control")} />
        </div>
      )}
      <Pagination
        summary={formatPlural(jobs.total, "job")}
        previousHref={jobs.newer && href({ after: jobs.newer })}
        nextHref={jobs.older && href({ before: jobs.older })}
      />
      <RefreshWhile isActive={waiting} />
    </>
  );
}

function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={ListChecks} title="No job fits these filters">
        <Link href="/jobs" className="text-accent underline">
          Show all jobs
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ListChecks}
      title="No job has run yet"
      actions={
        <Link href="/feeds" className={buttonClass()}>
          Go to feeds
        </Link>
      }
    >
      Long work runs here, off the page: imports, previews and approved changes. Start one from Feeds.
    </EmptyState>
  );
}
