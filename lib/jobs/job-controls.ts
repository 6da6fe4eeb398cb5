import type { JobFacts } from "./job-state";

/** Whether a person can ask for its end. */
export function canCancel(job: Pick<JobFacts, "status" | "cancelRequested">): boolean {
  if (job.cancelRequested && job.status === "running") return false;
  return ["pending", "running", "paused", "lost", "parked"].includes(job.status);
}

/** Whether a person can ask for a pause. */
export function canPause(job: Pick<JobFacts, "status" | "cancelRequested" | "pauseRequested">): boolean {
  return !job.cancelRequested && !job.pauseRequested && (job.status === "running" || job.status === "pending");
}

/** Whether a person can let it go on. */
export function canResume(job: Pick<JobFacts, "status" | "cancelRequested" | "pauseRequested">): boolean {
  return job.status === "paused" || (job.status === "running" && job.pauseRequested && !job.cancelRequested);
}
