import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { JOB_STATE_WORDS } from "@/lib/jobs/job-state";
import { requestCancel, requestPause, resumeJob, retryJob } from "@/lib/jobs/mutations";
import { listJobs } from "@/lib/jobs/queries";
import { startJob } from "@/lib/jobs/start-job";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { endpoint } from "./endpoint";
import { ids, iso, text } from "./fields";
import { jobDetail, jobJson } from "./jobs";

const states = z.enum(Object.keys(JOB_STATE_WORDS) as [JobStatus, ...JobStatus[]]); // every key of the record

export const postJobEndpoint = endpoint({
  method: "post",
  path: "/api/jobs",
  tag: "Jobs",
  summary: "Starts a job",
  description:
    "`GET /api/job-types` has the kinds and their parameters. What a parameter names may be sent by its id or as people call it: a run's number, a SKU, a feed's name.",
  body: z.strictObject({
    type: text(60).min(1, "Name the kind of job.").describe("A kind's `name`: `images.fetch`."),
    parameters: z.record(z.string().max(60), z.unknown(), "Send an object.").default({}),
    cloned_from_id: z.uuid("Send a job's id.").optional().describe("The job that it repeats."),
  }),
  answer: { json: jobJson, status: 201 },
  refusals: ["not_found", "conflict"],
});

type Asked = z.output<typeof postJobEndpoint.body>;

/** @throws {AppError} as `startJob` */
export async function askJob(actor: Actor, { type, parameters, cloned_from_id }: Asked) {
  const { jobId } = await startJob(actor, { type, parameters, clonedFromId: cloned_from_id });
  return jobDetail(actor, jobId);
}

const jobRowJson = jobJson
  .pick({
    id: true,
    job_type: true,
    display_name: true,
    status: true,
    progress: true,
    current_stage: true,
    error: true,
    run_number: true,
    attempts: true,
    started_by: true,
    started_at: true,
    completed_at: true,
    created_at: true,
  })
  .meta({ id: "JobRow" });

export const listJobsEndpoint = endpoint({
  method: "get",
  path: "/api/jobs",
  tag: "Jobs",
  summary: "Lists jobs, the newest first",
  query: z.object({
    status: states.optional(),
    type: text(60).optional().describe("A kind's `name`."),
    per_page: z.coerce
      .number("Send a whole number.")
      .int("Send a whole number.")
      .min(1, "Ask for at least one row.")
      .max(200, "Ask for at most 200 rows.")
      .default(50),
    cursor: z.uuid("This is no cursor.").optional().describe("The `next_cursor` of the page before."),
  }),
  answer: {
    json: z.object({
      data: z.array(jobRowJson),
      total: z.int().min(0).describe("All that match, exactly."),
      next_cursor: z.uuid().nullable().describe("Null on the last page."),
    }),
  },
});

export async function jobList(actor: Actor, query: z.output<typeof listJobsEndpoint.query>) {
  assertCan(actor, "job:read");
  const { status, type, per_page: size, cursor } = query;
  const { rows, total, older } = await listJobs(actor, { status, type, size, before: cursor });
  return {
    data: rows.map((job) => ({
      id: job.id,
      job_type: job.jobType,
      display_name: job.displayName,
      status: job.status,
      progress: job.progress,
      current_stage: job.currentStage,
      error: job.error,
      run_number: job.run?.number ?? null,
      attempts: job.attempts,
      started_by: job.startedBy,
      started_at: iso(job.startedAt),
      completed_at: iso(job.completedAt),
      created_at: iso(job.createdAt),
    })),
    total,
    next_cursor: older,
  };
}

function steering(action: string, summary: string) {
  return endpoint({
    method: "post",
    path: `/api/jobs/{id}/${action}`,
    tag: "Jobs",
    summary,
    ...ids,
    answer: { json: jobJson },
    refusals: ["conflict"],
  });
}

export const cancelJobEndpoint = steering("cancel", "Asks for a job's end");
export const pauseJobEndpoint = steering("pause", "Lets a job stand until it is resumed");
export const resumeJobEndpoint = steering("resume", "Lets a paused job go on from where it stopped");
export const retryJobEndpoint = steering("retry", "Runs a job that failed once more");

const STEER = { cancel: requestCancel, pause: requestPause, resume: resumeJob, retry: retryJob };

/** @throws {AppError} `not_found`; `conflict` where the job's state does not allow it */
export async function steerJob(actor: Actor, action: keyof typeof STEER, jobId: string) {
  await STEER[action](actor, { jobId });
  return jobDetail(actor, jobId);
}
