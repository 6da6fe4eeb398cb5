import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { getJob, type JobDetail } from "@/lib/jobs/get-job";
import { LINES_PER_PAGE, lineLevel, listLines } from "@/lib/jobs/list-lines";
import { liveJob } from "@/lib/jobs/live-job";
import { endpoint } from "./endpoint";
import { hasNoNul, ids, iso, NUL_REFUSAL, time } from "./fields";

const lineId = z.coerce
  .number("Send a line's id.")
  .int("Send a line's id.")
  .min(0, "Send a line's id.")
  .max(2 ** 31 - 1);

export const jobJson = z
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
    "Events `progress`, `lines` (what the log gained) and `end`, each with JSON. A stream ends after a minute; clients ask for the next. The id of `lines` is that of the last line: sent back as `Last-Event-ID`, the stream goes on behind it, without loss or repetition.",
  ...ids,
  query: z.object({
    after: lineId
      .optional()
      .describe("The last line known, where no `Last-Event-ID` is sent; without either, only new lines are sent."),
  }),
  answer: { media: ["text/event-stream"] },
});

const lineJson = z
  .object({
    id: z.int().describe("Rises with every line of a job."),
    at: time,
    level: lineLevel,
    text: z.string(),
  })
  .meta({ id: "JobLine" });

export const getJobLinesEndpoint = endpoint({
  method: "get",
  path: "/api/jobs/{id}/lines",
  tag: "Jobs",
  summary: "Lists lines of a job's log",
  description: "The end of the log, or what comes before or after a line; always in the order they were written.",
  ...ids,
  query: z
    .object({
      before: lineId.optional().describe("Only lines before this one, the newest of them."),
      after: lineId.optional().describe("Only lines after this one, the oldest of them."),
      level: lineLevel.default("info").describe("This and worse."),
      q: z
        .string()
        .trim()
        .max(100, "Send at most 100 characters.")
        .refine(hasNoNul, NUL_REFUSAL)
        .optional()
        .describe("Part of the text."),
      per_page: z.coerce
        .number("Send a whole number.")
        .int("Send a whole number.")
        .min(1)
        .max(LINES_PER_PAGE)
        .default(200),
    })
    .refine(({ before, after }) => before === undefined || after === undefined, {
      path: ["after"],
      message: "Send `before` or `after`, not both.",
    }),
  answer: {
    json: z.object({ data: z.array(lineJson), has_more: z.boolean().describe("In the direction asked for.") }),
  },
});

export const getJobLogEndpoint = endpoint({
  method: "get",
  path: "/api/jobs/{id}/log",
  tag: "Jobs",
  summary: "Downloads a job's whole log",
  description: "One line each: time in UTC, level, text.",
  ...ids,
  answer: { media: ["text/plain"] },
});

/** @throws {AppError} `not_found` */
export async function jobLines(
  actor: Actor,
  jobId: string,
  { per_page, ...query }: z.output<typeof getJobLinesEndpoint.query>,
): Promise<z.output<typeof getJobLinesEndpoint.answer.json>> {
  await getJobOrThrow(actor, jobId);
  const { lines, hasMore } = await listLines(actor, { jobId, ...query, take: per_page });
  return { data: lines, has_more: hasMore };
}

/** @throws {AppError} `not_found` */
export async function jobDetail(actor: Actor, id: string): Promise<z.output<typeof jobJson>> {
  return toJobJson(await getJobOrThrow(actor, id));
}

async function getJobOrThrow(actor: Actor, id: string) {
  const job = await getJob(actor, id);
  if (!job) throw new AppError("not_found", "There is no such job.");
  return job;
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
    log: log.map(({ at, text }) => `${at} ${text}`),
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
