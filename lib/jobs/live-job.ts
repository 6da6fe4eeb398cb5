import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { isOpen, type JobFacts } from "./job-state";
import { secondsLeft, stagePercent } from "./progress";

/** How far a job is, as it travels to the browser. */
export interface LiveJob {
  id: string;
  status: JobStatus;
  /** What it does now, in words. */
  stage: string;
  /** Null before the first report. */
  done: number | null;
  total: number | null;
  unit: string;
  ratePerSecond: number | null;
  secondsLeft: number | null;
  /** Of the stage, 0 to 100; null while the end is not known. */
  percent: number | null;
  cancelRequested: boolean;
  error: string | null;
  isOpen: boolean;
}

export function liveJob(job: JobFacts): LiveJob {
  const progress = job.status === "running" ? job.stageProgress : null;
  return {
    id: job.id,
    status: job.status,
    stage: progress?.stage ?? job.currentStage,
    done: progress?.done ?? null,
    total: progress?.total ?? null,
    unit: progress?.unit ?? "",
    ratePerSecond: progress?.ratePerSecond ?? null,
    secondsLeft: progress ? secondsLeft(progress) : null,
    percent: progress ? stagePercent(progress) : job.status === "completed" ? 100 : null,
    cancelRequested: job.cancelRequested,
    error: job.error,
    isOpen: isOpen(job.status),
  };
}
