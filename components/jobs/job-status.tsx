import { StatusDot } from "@/components/ui/status";
import { JOB_STATE_WORDS, type JobFacts } from "@/lib/jobs/job-state";

export function JobStatus({ job }: { job: Pick<JobFacts, "status" | "cancelRequested" | "pauseRequested"> }) {
  const { words, tone } = JOB_STATE_WORDS[job.status];
  const isStopping = job.status === "running" && job.cancelRequested;
  const isPausing = job.status === "running" && job.pauseRequested;
  return <StatusDot tone={tone}>{isStopping ? "stopping" : isPausing ? "pausing" : words}</StatusDot>;
}
