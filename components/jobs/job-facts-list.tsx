import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { JobDetail } from "@/lib/jobs/queries";

export function JobFactsList({ job }: { job: JobDetail }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-4 pb-3">
      <Fact label="Started by">{job.startedBy}</Fact>
      <Fact label="Asked for">
        <Time at={job.createdAt} />
      </Fact>
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
      <Fact label="Tries">
        {job.attempts} of {job.maxAttempts}
      </Fact>
      {(job.status === "running" || job.status === "lost") && job.heartbeatAt && (
        <Fact label="Last sign of life">
          <Time at={job.heartbeatAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
