import "server-only";
import { z } from "zod";
import { type Actor, actorUserId, assertCan, SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
import { type JobProgress, parseJobProgress } from "@/lib/jobs/progress";
import { assertMayAnswer } from "@/lib/purge/assert-deletable";
import { planUndo, type UndoPreview } from "./preview-undo";
import { getUndoable } from "./request-undo";

/** Works out what undoing a large run would come to; writes nothing. */
export const undoPlanJob = defineJob({
  name: "sync.plan-undo",
  displayName: "Plan an undo",
  description: "Works out what undoing a run would come to. Changes nothing.",
  group: "Runs",
  permission: "sync:review",
  stages: ["Looking at what would go back"],
  isResumable: false,
  idempotency: "Only reads: run again it tells how things stand by then.",
  payload: z.object({ runId: z.uuid() }),
  parameters: z.object({ run: chosen("undoable-run", "Run") }),
  start: (actor, { run }): Promise<StartedJob> => requestUndoPlan(actor, { runId: run }),
  recall: async ({ runId }) => ({ run: runId }),
  recurs: false,
  maxAttempts: 3,
  exclusive: null,
  async handle({ runId }, context) {
    const plan = await planUndo(SYSTEM, runId, (done, total) =>
      context.report({ stage: "Looking at what would go back", done, total, unit: "changes" }),
    );
    return { ...plan };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/**
 * Has a worker plan the undo of a run that is too large to plan while somebody waits; whoever asked already goes on
 * waiting for the same plan.
 * @throws {AppError} as `previewUndo`
 */
export async function requestUndoPlan(actor: Actor, { runId }: { runId: string }) {
  await assertMayAnswer(actor, runId);
  return transaction(async (tx) => {
    const run = await getUndoable(tx, runId);
    const waiting = await tx.job.findMany({
      where: { jobType: undoPlanJob.name, status: { in: ["pending", "running"] }, userId: actorUserId(actor) },
      select: { id: true, parameters: true },
    });
    const same = waiting.find(({ parameters }) => undoPlanJob.payload.safeParse(parameters).data?.runId === runId);
    if (same) return { jobId: same.id };
    return {
      jobId: await enqueue(tx, actor, undoPlanJob, { runId }, { displayName: `Plan the undo of run ${run.number}` }),
    };
  });
}

/** A plan, or how far it is: null while no worker has begun. */
export type UndoPlanning = { preview: UndoPreview } | { progress: JobProgress | null };

/** @throws {AppError} `not_found`; `conflict` with the reason where it could not be planned */
export async function getUndoPlan(actor: Actor, jobId: string): Promise<UndoPlanning> {
  assertCan(actor, "sync:review");
  const job = await db.job.findUnique({ where: { id: jobId, jobType: undoPlanJob.name } });
  if (!job) throw new AppError("not_found", "This plan is gone. Look again.");
  // What this job's handler answered.
  if (job.status === "completed") return { preview: job.result as unknown as UndoPreview };
  if (job.status === "running" || job.status === "pending" || job.status === "lost") {
    return { progress: parseJobProgress(job.stageProgress) };
  }
  const why = job.error ? ` ${job.error}` : "";
  throw new AppError("conflict", `The plan was not finished: its job is ${job.status}.${why} Look again.`);
}
