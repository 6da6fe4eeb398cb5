import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { type JobProgress, parseJobProgress } from "./progress";

/** A running job whose worker was silent this long is shown as lost, in milliseconds. */
export const LOST_AFTER_MS = 60_000;

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
  heartbeatAt: true,
  scheduledAt: true,
  startedAt: true,
  completedAt: true,
  createdAt: true,
  userId: true,
} satisfies Prisma.JobSelect;

export type StoredJob = Prisma.JobGetPayload<{ select: typeof jobFactsSelect }>;

/** A job as it is shown: a silent worker makes it lost, whatever the row says. */
export type JobFacts = Omit<StoredJob, "stageProgress"> & { stageProgress: JobProgress | null; isSilent: boolean };

export function jobFacts(job: StoredJob, now: Date): JobFacts {
  const isSilent = job.status === "running" && isLost(job, now);
  return {
    ...job,
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

/** Whether a person can ask for its end. */
export function canCancel(job: Pick<JobFacts, "status" | "cancelRequested">): boolean {
  if (job.cancelRequested && job.status === "running") return false;
  return isOpen(job.status) || job.status === "parked";
}

export const JOB_STATE_WORDS: Record<JobStatus, { words: string; tone: "green" | "amber" | "red" | "blue" | "idle" }> =
  {
    pending: { words: "waiting", tone: "idle" },
    running: { words: "running", tone: "blue" },
    paused: { words: "paused", tone: "idle" },
    completed: { words: "done", tone: "green" },
    failed: { words: "failed", tone: "red" },
    cancelled: { words: "cancelled", tone: "idle" },
    lost: { words: "lost its worker", tone: "red" },
    parked: { words: "gave up", tone: "amber" },
  };
