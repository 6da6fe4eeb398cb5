import { StatusDot } from "@/components/ui/status";
import { JOB_STATE_WORDS, type JobFacts } from "@/lib/jobs/job-state";

export function JobStatus({ job }: { job: Pick<JobFacts, "status" | "cancelRequested"> }) {
  const { words, tone } = JOB_STATE_WORDS[job.status];
  const isStopping = job.status === "running" && job.cancelRequested;
  return <StatusDot tone={tone}>{isStopping ? "stopping" : words}</StatusDot>;
}
