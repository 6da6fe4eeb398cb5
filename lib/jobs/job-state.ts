import { z } from "zod";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { type JobProgress, parseJobProgress } from "./progress";

/** A running job whose worker was silent this long is shown as lost, in milliseconds: on every screen within a minute. */
export const LOST_AFTER_MS = 45_000;

export const jobFactsSelect = {
  id: true,
  jobType: true,
  displayName: true,
  description: true,
  status: true,
  progress: true,
  currentStage: true,
  stageProgress: true,
  error: true,
  attempts: true,
  maxAttempts: true,
  cancelRequested: true,
  pauseRequested: true,
  metadata: true,
  heartbeatAt: true,
  scheduledAt: true,
  startedAt: true,
  completedAt: true,
  createdAt: true,
  userId: true,
  priority: true,
  clonedFromId: true,
  scheduleId: true,
} satisfies Prisma.JobSelect;

export type StoredJob = Prisma.JobGetPayload<{ select: typeof jobFactsSelect }>;

/** A job as it is shown: a silent worker makes it lost, whatever the row says. */
export type JobFacts = Omit<StoredJob, "stageProgress" | "metadata"> & {
  stageProgress: JobProgress | null;
  isSilent: boolean;
  /** Who asked for the pause it is in, or goes into. */
  pausedBy: string | null;
};

/** Job.metadata of a job that a person paused. */
export const pauseNote = z.looseObject({ pausedBy: z.string() });

export function jobFacts(job: StoredJob, now: Date): JobFacts {
  const isSilent = job.status === "running" && isLost(job, now);
  const { metadata, ...facts } = job;
  const isPausing = job.status === "paused" || job.pauseRequested;
  return {
    ...facts,
    pausedBy: isPausing ? (pauseNote.safeParse(metadata).data?.pausedBy ?? null) : null,
    status: isSilent ? "lost" : job.status,
    isSilent,
    stageProgress: parseJobProgress(job.stageProgress),
  };
}

/** A claim writes the first heartbeat, so a running job without one has no worker. */
function isLost({ heartbeatAt }: StoredJob, now: Date) {
  return heartbeatAt === null || now.getTime() - heartbeatAt.getTime() > LOST_AFTER_MS;
}

/** Whether anything may still change on its own. */
export function isOpen(status: JobStatus): boolean {
  return status === "pending" || status === "running" || status === "paused" || status === "lost";
}

/** Whether a person can have it go before others or after them. */
export function canPrioritise({ status }: Pick<JobFacts, "status">): boolean {
  return status === "pending" || status === "paused";
}

/** What a job is told to be, where it can't do what was asked: `This job is done already`. */
export const THIS_JOB: Record<JobStatus, string> = {
  pending: "This job is waiting",
  running: "This job is running",
  paused: "This job is paused",
  completed: "This job is done",
  failed: "This job has failed",
  cancelled: "This job is cancelled",
  lost: "This job has lost its worker",
  parked: "This job gave up",
};

export const JOB_STATE_WORDS: Record<JobStatus, { words: string; tone: "green" | "amber" | "red" | "blue" | "idle" }> =
  {
    pending: { words: "waiting", tone: "idle" },
    running: { words: "running", tone: "blue" },
    paused: { words: "paused", tone: "amber" },
    completed: { words: "done", tone: "green" },
    failed: { words: "failed", tone: "red" },
    cancelled: { words: "cancelled", tone: "idle" },
    lost: { words: "lost its worker", tone: "red" },
    parked: { words: "gave up", tone: "amber" },
  };
