import { Download } from "lucide-react";
import Link from "next/link";
import { QualityChart } from "@/components/charts/quality-chart";
import { RunsChart } from "@/components/charts/runs-chart";
import { LiveProgress } from "@/components/jobs/live-progress";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { LegacyIconsNotice } from "@/components/overview/legacy-icons-notice";
import { OpenWork } from "@/components/overview/open-work";
import { RecentChanges } from "@/components/overview/recent-changes";
import { RecentRuns } from "@/components/overview/recent-runs";
import { SampleNotice } from "@/components/overview/sample-notice";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Actor, can } from "@/lib/auth/actor";
import { waitingLegacyIcons } from "@/lib/icons/legacy/list-imports";
import type { JobRow } from "@/lib/jobs/job-rows";
import { liveJob } from "@/lib/jobs/live-job";
import { isWorkerAlive, listOpenJobs } from "@/lib/jobs/queries";
import { qualityDistribution } from "@/lib/quality/distribution";
import { getSample } from "@/lib/sample/remove-sample";
import { listRuns } from "@/lib/sync/queries";
import { listOpenWork, listRecentChanges, runsByDay } from "@/lib/sync/recent-work";

/** Days the chart shows. */
const CHART_DAYS = 14;

/** What came in, what changed, what needs a person. */
export async function Overview({ actor }: { actor: Actor }) {
  const [runs, work, recent, days, jobs, sample, hasWorker, quality, legacyIcons] = await Promise.all([
    listRuns(actor, { size: 6 }),
    listOpenWork(actor),
    listRecentChanges(actor),
    runsByDay(actor, CHART_DAYS),
    listOpenJobs(actor),
    getSample(actor),
    isWorkerAlive(actor),
    qualityDistribution(actor),
    waitingLegacyIcons(actor),
  ]);
  return (
    <>
      {sample && <SampleNotice {...sample} mayRemove={can(actor, "data:purge")} />}
      {legacyIcons && <LegacyIconsNotice {...legacyIcons} />}
      {jobs.length > 0 && !hasWorker && <NoWorker />}
      {jobs.length > 0 && <WorkNow jobs={jobs} />}
      {runs.rows.length === 0 ? (
        <NothingYet mayImport={can(actor, "feed:run")} />
      ) : (
        <div className="grid items-start gap-6 px-4 py-4 lg:grid-cols-[minmax(0,1fr)_340px]">
          <div className="grid gap-6">
            <RecentRuns runs={runs.rows} />
            {recent && recent.rows.length > 0 && <RecentChanges recent={recent} />}
          </div>
          <div className="grid gap-6 max-lg:order-first">
            <OpenWork work={work} />
            <section aria-labelledby="chart">
              <h2 id="chart" className="mb-2 text-xs text-muted">
                Products per day, last {CHART_DAYS} days
              </h2>
              <RunsChart days={days} />
            </section>
            {quality.total > 0 && (
              <section aria-labelledby="quality">
                <h2 id="quality" className="mb-2 text-xs text-muted">
                  Quality of products
                </h2>
                <QualityChart distribution={quality} />
              </section>
            )}
          </div>
        </div>
      )}
      <RefreshWhile isActive={jobs.length > 0} />
    </>
  );
}

function WorkNow({ jobs }: { jobs: JobRow[] }) {
  return (
    <section aria-label="Running now" className="grid gap-3 border-b px-4 py-3">
      {jobs.map((job) => (
        <div key={`${job.id}-${job.status}`}>
          <Link href={`/jobs/${job.id}`} className="mb-1 block text-xs text-muted hover:text-text">
            {job.displayName}
          </Link>
          <LiveProgress initial={liveJob(job)} name={job.displayName} />
        </div>
      ))}
    </section>
  );
}

function NothingYet({ mayImport }: { mayImport: boolean }) {
  return (
    <EmptyState
      icon={Download}
      title="No feed has come in yet"
      actions={
        mayImport && (
          <Link href="/feeds#import" className={buttonClass({ variant: "primary" })}>
            Import a feed
          </Link>
        )
      }
    >
      {mayImport
        ? "Import a supplier's feed: what it brings, changes and refuses is then told here."
        : "Once a manager imports a supplier's feed, this page tells what it brought."}
    </EmptyState>
  );
}
