import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { isDebug } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formatDateTime } from "@/lib/format";
import { getJob, type JobDetail } from "@/lib/jobs/get-job";
import { jobFields } from "@/lib/jobs/job-fields";
import { JOB_STATE_WORDS } from "@/lib/jobs/job-state";
import { requestCancel, requestPause, resumeJob, retryJob } from "@/lib/jobs/mutations";
import { listJobs } from "@/lib/jobs/queries";
import { jobDefinition, jobDefinitions } from "@/lib/jobs/registry";
import { startJob } from "@/lib/jobs/start-job";
import { logFrom } from "@/lib/log";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { type JobFlags, readJobFlags } from "./job-flags";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";
import { waitForJob } from "./wait-for-job";

/** Every kind of job with what it is given. */
export async function showJobTypes(): Promise<Outcome> {
  const types = jobDefinitions();
  const value = types.map((type) => ({
    name: type.name,
    display_name: type.displayName,
    description: type.description,
    permission: type.permission,
    flags: jobFields(type.parameters).map(({ flag, title, help, isRequired, options }) => {
      return { flag: `--${flag}`, title, help, required: isRequired, options: options.map((one) => one.value) };
    }),
  }));
  const width = Math.max(...types.map(({ name }) => name.length));
  const lines = types.map(({ name, description }) => `${name.padEnd(width)}  ${description}`);
  return {
    ok: true,
    value,
    text: [...lines, "", "stockroom job start <type> --help shows a kind's flags."].join("\n"),
  };
}

/** What was asked for, before anything is done: wrong flags are told at once. @throws {AppError} {CommanderError} */
export function readStart(type: string, args: readonly string[]): JobFlags {
  const definition = jobDefinition(type);
  if (definition) return readJobFlags(definition, args);
  const known = jobDefinitions().map(({ name }) => name);
  throw new AppError("invalid_input", `There is no kind of job "${type}". There are ${known.join(", ")}.`);
}

/** Starts a job; with `wait` its end is the outcome. */
export async function startJobHere(type: string, { values, wait }: JobFlags): Promise<Outcome> {
  // What goes wrong is told in the outcome, in words.
  if (!isDebug()) logFrom("error");
  await openDatabase();
  const { jobId } = await startJob(SYSTEM, { type, parameters: values });
  if (!wait) {
    const text = `Job ${jobId} is on the queue. "stockroom job show ${jobId}" tells how far it is; a running worker works it.`;
    return { ok: true, value: { id: jobId, job_type: type, status: "pending" }, text };
  }
  const job = await waitForJob(jobId);
  return { ok: job.status === "completed", value: jobValue(job), text: describeJob(job) };
}

const states = z.enum(Object.keys(JOB_STATE_WORDS) as [JobStatus, ...JobStatus[]]).optional(); // every key of the record

export async function showJobs(options: { limit: number; status?: string; type?: string }): Promise<Outcome> {
  const status = states.safeParse(options.status);
  if (!status.success) {
    const known = Object.keys(JOB_STATE_WORDS).join(", ");
    throw new AppError("invalid_input", `There is no state "${options.status}". There are ${known}.`);
  }
  await openDatabase();
  const { rows } = await listJobs(SYSTEM, { status: status.data, type: options.type, size: options.limit });
  const lines = rows.map(
    ({ id, status, createdAt, displayName }) =>
      `${id}  ${JOB_STATE_WORDS[status].words.padEnd(16)}  ${formatDateTime(createdAt)}  ${displayName}`,
  );
  const value = rows.map(({ id, jobType, displayName, status, error, createdAt, completedAt }) =>
    toSnakeCase({ id, jobType, displayName, status, error, createdAt, completedAt }),
  );
  return { ok: true, value, text: lines.length > 0 ? lines.join("\n") : "There is no such job." };
}

export async function showJob(id: string): Promise<Outcome> {
  const job = await jobOrThrow(id);
  return { ok: true, value: jobValue(job), text: describeJob(job) };
}

const ACTIONS = { cancel: requestCancel, pause: requestPause, resume: resumeJob, retry: retryJob };

export async function actOnJob(action: keyof typeof ACTIONS, id: string): Promise<Outcome> {
  const { id: jobId } = await jobOrThrow(id);
  await ACTIONS[action](SYSTEM, { jobId });
  const job = await jobOrThrow(jobId);
  return { ok: true, value: jobValue(job), text: describeJob(job) };
}

async function jobOrThrow(text: string): Promise<JobDetail> {
  await openDatabase();
  const id = z.uuid().safeParse(text).data;
  const job = id && (await getJob(SYSTEM, id));
  if (!job) throw new AppError("not_found", `There is no job ${text}. "stockroom job list" shows what there is.`);
  return job;
}

function jobValue({
  id,
  jobType,
  displayName,
  status,
  error,
  result,
  parameters,
  createdAt,
  startedAt,
  completedAt,
}: JobDetail) {
  // The result is as the API gives it: its names are the job's own.
  const facts = { id, jobType, displayName, status, error, createdAt, startedAt, completedAt };
  return { ...(toSnakeCase(facts) as object), parameters, result };
}

function describeJob(job: JobDetail): string {
  const facts = Object.entries((job.result ?? {}) as object).map(([name, value]) => {
    return `  ${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`;
  });
  return [
    `${job.displayName}: ${JOB_STATE_WORDS[job.status].words}${job.error ? `. ${job.error}` : ""}`,
    `  job ${job.id}, of ${formatDateTime(job.createdAt)}`,
    ...facts,
  ].join("\n");
}
