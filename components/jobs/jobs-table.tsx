import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration, formatPercent, NOTHING } from "@/lib/format";
import { type LiveJob, liveJob } from "@/lib/jobs/live-job";
import type { ListedJob } from "@/lib/jobs/queries";
import { JobButtons } from "./job-buttons";
import { JobTick, JobTickPage } from "./job-selection";
import { JobStatus } from "./job-status";
import { leftWords, rateWords } from "./live-words";

type Props = { jobs: ListedJob[]; mayControl: boolean; isQueue: boolean };

/** Jobs, with how far they are; those that wait say which place they have. */
export function JobsTable({ jobs, mayControl, isQueue }: Props) {
  return (
    <table className="ledger" aria-label="Jobs">
      <colgroup>
        {mayControl && <col style={{ width: "34px" }} />}
        <col />
        <col style={{ width: "124px" }} />
        <col style={{ width: "31%" }} />
        <col style={{ width: "100px" }} />
        <col style={{ width: "88px" }} />
        <col style={{ width: "62px" }} />
        {mayControl && <col style={{ width: "192px" }} />}
      </colgroup>
      <thead>
        <tr>
          {mayControl && (
            <th scope="col">
              <JobTickPage />
            </th>
          )}
          <th scope="col">Job</th>
          <th scope="col">State</th>
          <th scope="col">Progress or outcome</th>
          <th scope="col">Started by</th>
          <th scope="col">Asked for</th>
          <th scope="col" className="num">
            {isQueue ? "Priority" : "Took"}
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
            {mayControl && (
              <td data-phone="tick">
                <JobTick id={job.id} name={job.displayName} />
              </td>
            )}
            <td data-phone="title">
              <Link href={`/jobs/${job.id}`} className="row-link font-medium" title={job.displayName}>
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
            <td className="num text-muted">{isQueue ? formatCount(job.priority) : duration(job)}</td>
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
  const live = liveJob(job, job.usualSeconds);
  if (job.error) {
    return (
      <span className="text-muted" title={job.error}>
        {job.error}
      </span>
    );
  }
  if (job.status === "pending" && job.scheduledAt && job.scheduledAt > new Date()) {
    return (
      <span className="text-muted">
        {job.attempts > 0 ? "Tried again " : "Begins "}
        <Time at={job.scheduledAt} />
      </span>
    );
  }
  if (job.status !== "running" && job.status !== "paused") {
    const words = job.run && job.status === "completed" ? `Run ${job.run.number}: ${job.run.summary}` : job.outcome;
    return words ? (
      <span className="tabular text-muted" title={words}>
        {words}
      </span>
    ) : null;
  }
  const words = job.status === "paused" ? pausedWords(live) : runningWords(live);
  return (
    <span className="flex items-center gap-2" title={words}>
      <Progress
        percent={live.percent ?? (job.status === "paused" ? 0 : null)}
        label={job.displayName}
        className="shrink-0"
      />
      <span className="tabular truncate text-xs text-muted">{words}</span>
    </span>
  );
}

/** The figures first: a long stage is cut off behind them. */
function runningWords(live: LiveJob) {
  const percent = live.percent === null ? "" : formatPercent(live.percent);
  const rate = live.ratePerSecond ? `${formatCount(live.ratePerSecond)}/s` : "";
  const isBytes = live.unit === "bytes";
  return [percent, leftWords(live), isBytes ? rateWords(live) : rate, live.stage || "Starting"]
    .filter(Boolean)
    .join(" · ");
}

function pausedWords({ done, total, unit, pausedBy }: LiveJob) {
  const by = pausedBy ? ` by ${pausedBy}` : "";
  if (done === null || unit === "bytes") return `paused${by}`;
  return `paused at ${formatCount(done)}${total === null ? "" : ` of ${formatCount(total)}`} ${unit}${by}`;
}

function duration({ startedAt, completedAt }: ListedJob) {
  if (!startedAt || !completedAt) return NOTHING;
  return formatDuration(Math.round((completedAt.getTime() - startedAt.getTime()) / 100) / 10);
}
