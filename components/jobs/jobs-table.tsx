import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { formatDuration, NOTHING } from "@/lib/format";
import { canCancel } from "@/lib/jobs/job-state";
import { liveJob } from "@/lib/jobs/live-job";
import type { ListedJob } from "@/lib/jobs/queries";
import { CancelButton } from "./cancel-button";
import { JobStatus } from "./job-status";

type Props = { jobs: ListedJob[]; mayCancel: boolean };

export function JobsTable({ jobs, mayCancel }: Props) {
  return (
    <table className="ledger" aria-label="Jobs">
      <colgroup>
        <col />
        <col style={{ width: "130px" }} />
        <col style={{ width: "36%" }} />
        <col style={{ width: "140px" }} />
        <col style={{ width: "110px" }} />
        <col style={{ width: "90px" }} />
        {mayCancel && <col style={{ width: "110px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Job</th>
          <th scope="col">State</th>
          <th scope="col">Progress or outcome</th>
          <th scope="col">Started by</th>
          <th scope="col">Asked for</th>
          <th scope="col" className="num">
            Took
          </th>
          {mayCancel && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <LedgerBody>
        {jobs.map((job) => (
          <tr key={job.id}>
            <td data-phone="title">
              <Link href={`/jobs/${job.id}`} className="row-link font-medium">
                {job.displayName}
              </Link>
            </td>
            <td data-phone="right">
              <JobStatus job={job} />
            </td>
            <td data-phone="below">
              <ProgressCell job={job} />
            </td>
            <td className="text-muted">{job.startedBy}</td>
            <td data-phone="below-right" className="text-muted">
              <Time at={job.createdAt} />
            </td>
            <td className="num text-muted">{duration(job)}</td>
            {mayCancel && (
              <td className="num">
                {canCancel(job) && (
                  <span className="above-link">
                    <CancelButton jobId={job.id} isRunning={job.status === "running"} size="small" />
                  </span>
                )}
              </td>
            )}
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

function ProgressCell({ job }: { job: ListedJob }) {
  const live = liveJob(job);
  if (job.error) return <span className="text-muted">{job.error}</span>;
  if (job.status !== "running") {
    return job.run && job.status === "completed" ? (
      <span className="tabular text-muted" title={job.run.summary}>
        Run {job.run.number}: {job.run.summary}
      </span>
    ) : null;
  }
  return (
    <span className="flex items-center gap-2">
      <Progress percent={live.percent} label={job.displayName} className="shrink-0" />
      <span className="tabular truncate text-xs text-muted">
        {live.stage}
        {live.secondsLeft !== null && ` · ${formatDuration(live.secondsLeft)} left`}
      </span>
    </span>
  );
}

function duration({ startedAt, completedAt }: ListedJob) {
  if (!startedAt || !completedAt) return NOTHING;
  return formatDuration((completedAt.getTime() - startedAt.getTime()) / 1000);
}
