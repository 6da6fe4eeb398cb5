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
  /** Of the stage, at its present rate. */
  secondsLeft: number | null;
  /** Where no rate tells: of the whole job, as jobs of its kind usually take; null also when it takes longer than that. */
  usuallyLeft: number | null;
  /** Of the stage, 0 to 100; null while the end is not known. */
  percent: number | null;
  cancelRequested: boolean;
  pauseRequested: boolean;
  /** Who paused it, or asked for it; null for a job that is to go on. */
  pausedBy: string | null;
  error: string | null;
  isOpen: boolean;
}

/** @param usualSeconds what jobs of its kind usually take, where that is known */
export function liveJob(job: JobFacts, usualSeconds: number | null = null, now = new Date()): LiveJob {
  // A paused job stands where it stopped; only a running one has a rate.
  const isRunning = job.status === "running";
  const progress = isRunning || job.status === "paused" ? job.stageProgress : null;
  const left = isRunning && progress ? secondsLeft(progress) : null;
  const worked = job.startedAt ? (now.getTime() - job.startedAt.getTime()) / 1000 : 0;
  const usuallyLeft = usualSeconds === null ? 0 : Math.ceil(usualSeconds - worked);
  return {
    id: job.id,
    status: job.status,
    stage: progress?.stage ?? job.currentStage,
    done: progress?.done ?? null,
    total: progress?.total ?? null,
    unit: progress?.unit ?? "",
    ratePerSecond: isRunning ? (progress?.ratePerSecond ?? null) : null,
    secondsLeft: left,
    usuallyLeft: isRunning && left === null && usuallyLeft > 0 ? usuallyLeft : null,
    percent: progress ? stagePercent(progress) : job.status === "completed" ? 100 : null,
    cancelRequested: job.cancelRequested,
    pauseRequested: job.pauseRequested,
    pausedBy: job.pausedBy,
    error: job.error,
    isOpen: isOpen(job.status),
  };
}
