"use client";

import { Progress } from "@/components/ui/progress";
import { formatBytes, formatCount, formatPercent } from "@/lib/format";
import type { LiveJob } from "@/lib/jobs/live-job";
import { leftWords, rateWords } from "./live-words";
import { useLiveJob } from "./use-live-job";

/** Where a job is: stage, bar, how many of how many, rate, time left. */
export function LiveProgress({ initial, name }: { initial: LiveJob; name: string }) {
  const { job } = useLiveJob(initial);
  return <JobProgressLine job={job} name={name} />;
}

export function JobProgressLine({ job, name }: { job: LiveJob; name: string }) {
  return (
    <div className="grid flex-1 gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{stageWords(job)}</span>
        <span className="tabular text-xs text-muted">{figures(job)}</span>
        {job.percent !== null && (
          <span className="tabular ml-auto text-xs text-muted">{formatPercent(job.percent)}</span>
        )}
      </div>
      <Progress percent={isAtRest(job) ? (job.percent ?? 0) : job.percent} label={name} className="h-1.5 w-full" />
    </div>
  );
}

/** A bar without an end would seem to move. */
function isAtRest({ status }: LiveJob) {
  return status === "pending" || status === "paused" || status === "lost";
}

function stageWords(job: LiveJob) {
  if (job.status === "pending") return "Waiting its turn";
  if (job.status === "paused") return `Paused${job.pausedBy ? ` by ${job.pausedBy}` : ""}`;
  if (job.status === "lost") return "Lost: its worker stopped answering. The next worker that runs takes it up again.";
  if (job.cancelRequested) return "Stopping after the present batch";
  if (job.pauseRequested) return "Pausing after the present batch";
  return job.stage ? job.stage.charAt(0).toUpperCase() + job.stage.slice(1) : "Starting";
}

function figures(job: LiveJob) {
  return [countWords(job), rateWords(job), leftWords(job)].filter(Boolean).join(" · ");
}

function countWords({ done, total, unit }: LiveJob) {
  if (done === null) return "";
  const number = unit === "bytes" ? formatBytes : formatCount;
  const count = total === null ? number(done) : `${number(done)} of ${number(total)}`;
  return unit === "bytes" ? count : `${count} ${(total ?? done) === 1 ? oneOf(unit) : unit}`;
}

/** Jobs count in plurals: "files", "categories". */
function oneOf(unit: string) {
  return unit.replace(/ies$/, "y").replace(/s$/, "");
}
