import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Job, Prisma } from "@/prisma/generated/sqlite/client";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { addLines, newLine } from "./job-lines";
import { THIS_JOB } from "./job-state";
import { jobDefinition } from "./registry";

type Target = { jobId: string };

/**
 * Asks for a job's end: a waiting one ends at once, a running one between two batches.
 * @throws {AppError} `not_found`, `conflict` when it has ended already
 */
export async function requestCancel(actor: Actor, { jobId }: Target) {
  assertCan(actor, "job:control");
  const ended = await transaction(async (tx) => {
    const job = await jobOrThrow(tx, jobId);
    if (!["pending", "running", "paused", "parked", "lost"].includes(job.status)) {
      throw new AppError("conflict", `${THIS_JOB[job.status]} already; there is nothing to cancel.`);
    }
    const endsNow = job.status !== "running";
    const end = { status: "cancelled", completedAt: new Date() } as const;
    await changeJob(tx, job, { cancelRequested: true, pauseRequested: false, ...(endsNow ? end : {}) });
    await note(tx, actor, "job.cancel", job);
    return endsNow ? job : null;
  });
  if (!ended) return;
  const definition = jobDefinition(ended.jobType);
  const payload = definition?.payload.safeParse(ended.parameters);
  if (definition && payload?.success) {
    await definition.giveUp(payload.data, { status: "cancelled", reason: `${actor.name} cancelled it.` });
  }
}

/**
 * Asks for a pause: a waiting job stays where it is until it is resumed, a running one stops between two batches.
 * What is done stays done, also over a restart of everything.
 * @throws {AppError} `not_found`, `conflict` when it does not run or wait, or stops already
 */
export async function requestPause(actor: Actor, { jobId }: Target) {
  assertCan(actor, "job:control");
  await transaction(async (tx) => {
    const job = await jobOrThrow(tx, jobId);
    if (job.status !== "pending" && job.status !== "running") {
      throw new AppError("conflict", `${THIS_JOB[job.status]}; only one that runs or waits can be paused.`);
    }
    if (job.cancelRequested) throw new AppError("conflict", "Somebody cancelled this job; it is stopping.");
    if (job.pauseRequested) throw new AppError("conflict", "Somebody paused this job already.");
    const metadata = { pausedBy: actor.name, pausedAt: new Date().toISOString() };
    const paused = job.status === "pending" ? { status: "paused" as const } : { pauseRequested: true };
    await changeJob(tx, job, { ...paused, metadata });
    await note(tx, actor, "job.pause", job);
  });
}

/**
 * Lets a paused job go on from where it stopped, or takes back a pause that has not come about yet.
 * @throws {AppError} `not_found`, `conflict` when it is not paused
 */
export async function resumeJob(actor: Actor, { jobId }: Target) {
  assertCan(actor, "job:control");
  await transaction(async (tx) => {
    const job = await jobOrThrow(tx, jobId);
    const isPausing = job.status === "running" && job.pauseRequested;
    if (job.status !== "paused" && !isPausing) {
      throw new AppError("conflict", `${THIS_JOB[job.status]}; only one that is paused can go on.`);
    }
    const again = { status: "pending", scheduledAt: null, error: null } as const;
    await changeJob(tx, job, { pauseRequested: false, ...(isPausing ? {} : again) });
    await note(tx, actor, "job.resume", job);
  });
}

/**
 * Puts a job that failed or was parked on the queue again, with all its tries.
 * @throws {AppError} `not_found`, `conflict` when it did not fail, or running it again would do harm by now
 */
export async function retryJob(actor: Actor, { jobId }: Target) {
  assertCan(actor, "job:control");
  await transaction(async (tx) => {
    const job = await jobOrThrow(tx, jobId);
    if (job.status !== "failed" && job.status !== "parked") {
      throw new AppError("conflict", `${THIS_JOB[job.status]}; only one that failed or gave up can be run again.`);
    }
    const definition = jobDefinition(job.jobType);
    const payload = definition?.payload.safeParse(job.parameters);
    if (!definition?.reopen || !payload?.success) {
      throw new AppError("conflict", "A job of this kind can't be run again: ask for its work anew.");
    }
    await definition.reopen(tx, payload.data);
    await changeJob(tx, job, {
      status: "pending",
      attempts: 0,
      // A cancel that came too late for the try before is none for this one.
      cancelRequested: false,
      error: null,
      completedAt: null,
      scheduledAt: null,
    });
    await addLines(tx, job.id, [newLine(`${actor.name} lets it run again`)]);
    await note(tx, actor, "job.retry", job);
  });
}

async function jobOrThrow(tx: Tx, id: string): Promise<Job> {
  const job = await tx.job.findUnique({ where: { id } });
  if (!job) throw new AppError("not_found", "There is no such job.");
  return job;
}

/** Writes only when the job still is what was read: of two people at once, or a person and a worker, the second is told. */
async function changeJob(tx: Tx, job: Job, data: Prisma.JobUpdateManyMutationInput & { status?: JobStatus }) {
  const { id, status, fence, pauseRequested, cancelRequested } = job;
  const { count } = await tx.job.updateMany({ where: { id, status, fence, pauseRequested, cancelRequested }, data });
  if (count === 0) throw new AppError("conflict", "This job moved on at the same moment. Look again.");
}

function note(tx: Tx, actor: Actor, action: string, job: Job) {
  return recordAudit(tx, actor, action, { entity: "Job", entityId: job.id }, { before: { status: job.status } });
}
