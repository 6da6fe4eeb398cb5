import type { Metadata } from "next";
import Link from "next/link";
import { JobsChart } from "@/components/charts/jobs-chart";
import { PageHead } from "@/components/frame/page-head";
import { JobRetentionForm } from "@/components/jobs/job-retention-form";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatCount, formatDuration, NOTHING } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { type JobDay, type JobKind, jobsByDay, listJobKinds } from "@/lib/jobs/job-figures";
import { getJobRetention } from "@/lib/jobs/retention/settings";

export const metadata: Metadata = { title: "Jobs in figures" };

const DAYS = 30;

export default async function JobFiguresPage() {
  const actor = await requireActor();
  const [days, kinds, retention] = await Promise.all([
    jobsByDay(actor, DAYS),
    listJobKinds(actor, DAYS),
    getJobRetention(actor),
  ]);
  return (
    <>
      <PageHead crumbs={[{ href: "/jobs", label: "Jobs" }]} title="Jobs in figures" meta={`The last ${DAYS} days`} />
      <div className="scroller min-h-0 flex-1">
        {kinds.length === 0 ? (
          <EmptyState title={`No job was asked for in ${DAYS} days`}>
            Figures appear here with the next ones.
          </EmptyState>
        ) : (
          <Figures days={days} kinds={kinds} />
        )}
        <section aria-labelledby="retention" className="px-4 py-5">
          <h2 id="retention" className="mb-2 text-sm font-semibold">
            How long jobs stay
          </h2>
          <JobRetentionForm
            key={Object.values(retention).join()}
            retention={retention}
            mayChange={can(actor, "settings:manage")}
          />
        </section>
      </div>
    </>
  );
}

function Figures({ days, kinds }: { days: JobDay[]; kinds: JobKind[] }) {
  return (
    <>
      <section aria-label="Jobs by day" className="max-w-[880px] px-4 pb-5">
        <JobsChart days={days} labelEvery={5} />
      </section>
      <section aria-labelledby="kinds" className="border-t">
        <h2 id="kinds" className="px-4 pt-3 pb-1.5 text-sm font-semibold">
          How long each kind takes
        </h2>
        <table className="ledger" aria-labelledby="kinds">
          <colgroup>
            <col />
            <col style={{ width: "90px" }} />
            <col style={{ width: "90px" }} />
            <col style={{ width: "110px" }} />
            <col style={{ width: "150px" }} />
            <col style={{ width: "100px" }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" className="num">
                Asked for
              </th>
              <th scope="col" className="num">
                Failed
              </th>
              <th scope="col" className="num">
                Usually
              </th>
              <th scope="col" className="num">
                At most in 19 of 20
              </th>
              <th scope="col" className="num">
                Measured
              </th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ type, name, jobs, failed, duration }) => (
              <tr key={type}>
                <td data-phone="title">
                  <Link href={hrefWith("/jobs", { type })} className="row-link font-medium">
                    {name}
                  </Link>
                </td>
                <td data-phone="right" className="num">
                  {formatCount(jobs)}
                </td>
                <td className={failed > 0 ? "num text-red" : "num text-muted"}>{formatCount(failed)}</td>
                <td data-phone="below" className="num max-sm:text-left!">
                  {duration ? formatDuration(duration.medianSeconds) : NOTHING}
                  <span className="text-muted sm:hidden"> usually</span>
                </td>
                <td data-phone="below-right" className="num text-muted">
                  {duration ? formatDuration(duration.p95Seconds) : NOTHING}
                </td>
                <td className="num text-muted">{duration ? `last ${duration.count}` : NOTHING}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
