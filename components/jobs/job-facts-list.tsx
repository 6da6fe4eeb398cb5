import Link from "next/link";
import { Fact } from "@/components/ui/fact";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { JobDetail } from "@/lib/jobs/get-job";
import { canPrioritise } from "@/lib/jobs/job-state";
import { PriorityChoice } from "./priority-choice";

export function JobFactsList({ job, mayControl }: { job: JobDetail; mayControl: boolean }) {
  const { duration } = job;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-4 pb-3">
      <Fact label="Started by">
        {job.scheduleId ? (
          <Link href="/jobs/schedules" className="text-accent hover:underline">
            {job.startedBy}, by schedule
          </Link>
        ) : (
          job.startedBy
        )}
      </Fact>
      <Fact label="Asked for">
        <Time at={job.createdAt} />
      </Fact>
      {job.clonedFromId && (
        <Fact label="Made like">
          <Link href={`/jobs/${job.clonedFromId}`} className="text-accent hover:underline">
            an earlier job
          </Link>
        </Fact>
      )}
      {job.startedAt && (
        <Fact label="Started">
          <Time at={job.startedAt} />
        </Fact>
      )}
      {job.completedAt && (
        <Fact label="Ended">
          <Time at={job.completedAt} />
        </Fact>
      )}
      {job.startedAt && job.completedAt && (
        <Fact label="Took">{formatDuration((job.completedAt.getTime() - job.startedAt.getTime()) / 1000)}</Fact>
      )}
      {duration && (
        <Fact label={`Jobs of this kind (last ${duration.count})`}>
          {formatDuration(duration.medianSeconds)} usually, {formatDuration(duration.p95Seconds)} at most in 19 of 20
        </Fact>
      )}
      <Fact label="Tries">
        {job.attempts} of {job.maxAttempts}
      </Fact>
      {canPrioritise(job) && (
        <Fact label="Priority">
          {mayControl ? <PriorityChoice jobId={job.id} priority={job.priority} /> : job.priority}
        </Fact>
      )}
      {(job.status === "running" || job.status === "lost") && job.heartbeatAt && (
        <Fact label="Last sign of life">
          <Time at={job.heartbeatAt} />
        </Fact>
      )}
    </dl>
  );
}
