import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, NOTHING } from "@/lib/format";
import { type LiveJob, liveJob } from "@/lib/jobs/live-job";
import type { ListedJob } from "@/lib/jobs/queries";
import { JobButtons } from "./job-buttons";
import { JobStatus } from "./job-status";

type Props = { jobs: ListedJob[]; mayControl: boolean };

export function JobsTable({ jobs, mayControl }: Props) {
  return (
    <table className="ledger" aria-label="Jobs">
      <colgroup>
        <col />
        <col style={{ width: "110px" }} />
        <col style={{ width: "34%" }} />
        <col style={{ width: "120px" }} />
        <col style={{ width: "100px" }} />
        <col style={{ width: "70px" }} />
        {mayControl && <col style={{ width: "180px" }} />}
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
          {mayControl && (
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
            {mayControl && (
              <td className="num">
                <span className="above-link">
                  <JobButtons job={job} size="small" />
                </span>
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
  if (job.status !== "running" && job.status !== "paused") {
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
        {job.status === "paused" ? pausedWords(live) : live.stage}
        {live.secondsLeft !== null && ` · ${formatDuration(live.secondsLeft)} left`}
      </span>
    </span>
  );
}

function pausedWords({ done, total, unit, pausedBy }: LiveJob) {
  const by = pausedBy ? ` by ${pausedBy}` : "";
  if (done === null || unit === "bytes") return `paused${by}`;
  return `paused at ${formatCount(done)}${total === null ? "" : ` of ${formatCount(total)}`} ${unit}${by}`;
}

function duration({ startedAt, completedAt }: ListedJob) {
  if (!startedAt || !completedAt) return NOTHING;
  return formatDuration((completedAt.getTime() - startedAt.getTime()) / 1000);
}
