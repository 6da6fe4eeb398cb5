import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { liveJob } from "@/lib/jobs/live-job";
import { getJob, type JobDetail } from "@/lib/jobs/queries";
import { endpoint } from "./endpoint";
import { ids, iso, time } from "./fields";

const jobJson = z
  .object({
    id: z.uuid(),
    job_type: z.string(),
    display_name: z.string(),
    description: z.string(),
    status: z
      .enum(["pending", "running", "paused", "completed", "failed", "cancelled", "lost", "parked"])
      .describe("`lost`: its worker stopped answering. `parked`: it waits for a person."),
    progress: z.number().min(0).max(100).describe("Of the whole job, in per cent."),
    current_stage: z.string().describe("What it does now, in words."),
    stage: z
      .object({
        done: z.number(),
        total: z.number().nullable().describe("Null while nobody can know it."),
        unit: z.string(),
        rate_per_second: z.number().nullable(),
        seconds_left: z.number().nullable(),
        percent: z.number().nullable(),
      })
      .nullable()
      .describe("How far the current stage is, while the job runs."),
    cancel_requested: z.boolean(),
    error: z.string().nullable(),
    parameters: z.unknown(),
    result: z.unknown(),
    run_number: z.int().nullable().describe("The sync run it works on."),
    attempts: z.int(),
    max_attempts: z.int(),
    user_id: z.uuid().nullable().describe("Null is the system."),
    started_by: z.string(),
    log: z.array(z.string()).describe("The last lines of its log."),
    scheduled_at: time.nullable(),
    heartbeat_at: time.nullable(),
    started_at: time.nullable(),
    completed_at: time.nullable(),
    created_at: time,
  })
  .meta({ id: "Job" });

export const getJobEndpoint = endpoint({
  method: "get",
  path: "/api/jobs/{id}",
  tag: "Jobs",
  summary: "Gives one job and how far it is",
  ...ids,
  answer: { json: jobJson },
});

export const getJobEventsEndpoint = endpoint({
  method: "get",
  path: "/api/jobs/{id}/events",
  tag: "Jobs",
  summary: "Streams a job's progress as server-sent events",
  description:
    "Events `progress`, `log` and `end`, each with JSON. A stream ends after a minute; clients ask for the next.",
  ...ids,
  answer: { media: ["text/event-stream"] },
});

/** @throws {AppError} `not_found` */
export async function jobDetail(actor: Actor, id: string): Promise<z.output<typeof jobJson>> {
  const job = await getJob(actor, id);
  if (!job) throw new AppError("not_found", "There is no such job.");
  return toJobJson(job);
}

function toJobJson(job: JobDetail): z.output<typeof jobJson> {
  const live = liveJob(job);
  const { id, description, status, progress, error, parameters, result, attempts, log } = job;
  return {
    id,
    description,
    status,
    progress,
    error,
    parameters,
    result,
    attempts,
    log,
    job_type: job.jobType,
    display_name: job.displayName,
    current_stage: live.stage,
    stage: live.done === null ? null : stageOf({ ...live, done: live.done }),
    cancel_requested: job.cancelRequested,
    run_number: job.run?.number ?? null,
    max_attempts: job.maxAttempts,
    user_id: job.userId,
    started_by: job.startedBy,
    scheduled_at: iso(job.scheduledAt),
    heartbeat_at: iso(job.heartbeatAt),
    started_at: iso(job.startedAt),
    completed_at: iso(job.completedAt),
    created_at: iso(job.createdAt),
  };
}

function stageOf(live: Omit<ReturnType<typeof liveJob>, "done"> & { done: number }) {
  const { done, total, unit, ratePerSecond, secondsLeft, percent } = live;
  return { done, total, unit, rate_per_second: ratePerSecond, seconds_left: secondsLeft, percent };
}
