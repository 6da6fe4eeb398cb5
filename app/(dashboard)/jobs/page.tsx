import { CalendarClock, ChartColumn, ListChecks, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { JobFilters } from "@/components/jobs/job-filters";
import { JobSelection } from "@/components/jobs/job-selection";
import { JobSelectionBar } from "@/components/jobs/job-selection-bar";
import { JobsTable } from "@/components/jobs/jobs-table";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatDuration, formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { countJobs, listJobStarters } from "@/lib/jobs/count-jobs";
import { jobDurations } from "@/lib/jobs/durations";
import { isOpen } from "@/lib/jobs/job-state";
import { JOB_TAB_WORDS, JOB_TABS, type JobTab } from "@/lib/jobs/job-tabs";
import { isWorkerAlive, listJobs, listJobTypes } from "@/lib/jobs/queries";
import { type JobSearch, parseJobSearch } from "@/lib/jobs/search-params";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage({ searchParams }: PageProps<"/jobs">) {
  const actor = await requireActor();
  const search = parseJobSearch(await searchParams);
  const [jobs, counts, types, people, hasWorker, durations] = await Promise.all([
    listJobs(actor, search),
    countJobs(actor, search),
    listJobTypes(actor),
    listJobStarters(actor),
    isWorkerAlive(actor),
    jobDurations(actor, search.type ? [search.type] : []),
  ]);
  const { before, after, ...filters } = search;
  const href = (query: Partial<JobSearch>) => {
    const { tab, ...rest } = { ...filters, ...query };
    return hrefWith("/jobs", { tab: tab === "all" ? null : tab, ...rest });
  };
  const usual = search.type ? durations.get(search.type) : undefined;
  const isLive = counts.running + counts.waiting > 0 || jobs.rows.some((job) => isOpen(job.status));
  return (
    <>
      <PageHead
        title="Jobs"
        meta={
          usual && (
            <span className="tabular">
              Usually {formatDuration(usual.medianSeconds)}, at most {formatDuration(usual.p95Seconds)} in 19 of 20
              (last {usual.count})
            </span>
          )
        }
        actions={
          <>
            <Link href="/jobs/schedules" className={buttonClass()}>
              <CalendarClock aria-hidden />
              Schedules
            </Link>
            <Link href="/jobs/figures" className={buttonClass()}>
              <ChartColumn aria-hidden />
              Figures
            </Link>
            <Link href="/jobs/new" className={buttonClass({ variant: "primary" })}>
              <Plus aria-hidden />
              New job
            </Link>
          </>
        }
      />
      {!hasWorker && counts.waiting + counts.running > 0 && <NoWorker />}
      <Tabs
        label="Jobs by state"
        tabs={JOB_TABS.map((tab) => ({
          href: href({ tab }),
          label: JOB_TAB_WORDS[tab],
          count: counts[tab],
          isCurrent: search.tab === tab,
        }))}
      />
      <JobFilters search={search} types={types} people={people} />
      <JobSelection pageIds={jobs.rows.map((job) => job.id)}>
        {jobs.rows.length === 0 ? (
          <NoJobs tab={search.tab} isFiltered={isFiltered(search)} />
        ) : (
          <div className="scroller min-h-0 flex-1 bg-panel">
            <JobsTable jobs={jobs.rows} mayControl={can(actor, "job:control")} isQueue={search.tab === "waiting"} />
          </div>
        )}
        <JobSelectionBar />
      </JobSelection>
      <Pagination
        summary={formatPlural(jobs.total, "job")}
        previousHref={jobs.newer && href({ after: jobs.newer })}
        nextHref={jobs.older && href({ before: jobs.older })}
      />
      <RefreshWhile isActive={isLive} seconds={2} />
    </>
  );
}

function isFiltered({ type, who, days, from, to, q }: JobSearch) {
  return [type, who, days, from, to, q].some(Boolean);
}

const NONE: Record<JobTab, { title: string; words: string }> = {
  all: {
    title: "No job has run yet",
    words: "Long work runs here, off the page: imports, previews and approved changes. Start one from Feeds.",
  },
  running: { title: "Nothing runs now", words: "What waits begins as soon as a worker has room for it." },
  waiting: { title: "Nothing waits", words: "Jobs stand here until their turn comes, the next one first." },
  failed: { title: "Nothing failed", words: "A job that could not do its work stands here with the reason." },
  lost: {
    title: "Nothing is lost",
    words: "Here stand jobs whose worker stopped answering, and those that gave up after several tries.",
  },
  finished: { title: "Nothing has finished yet", words: "Done and cancelled jobs are kept here." },
};

function NoJobs({ tab, isFiltered }: { tab: JobTab; isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={ListChecks} title="No job fits these filters">
        <Link href={hrefWith("/jobs", { tab: tab === "all" ? null : tab })} className="text-accent underline">
          Leave the filters out
        </Link>
      </EmptyState>
    );
  }
  const actions = tab === "all" && (
    <Link href="/feeds" className={buttonClass()}>
      Go to feeds
    </Link>
  );
  return (
    <EmptyState icon={ListChecks} title={NONE[tab].title} actions={actions || undefined}>
      {NONE[tab].words}
    </EmptyState>
  );
}
