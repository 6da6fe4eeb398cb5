import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { canPrioritise, THIS_JOB } from "./job-state";

const priority = z.coerce
  .number("Enter a whole number.")
  .int("Enter a whole number.")
  .min(-100, "At least -100.")
  .max(100, "At most 100.");

/** `from` is what the person saw: another's choice in between is told instead of overwritten. */
export const priorityInput = z.object({ jobId: z.uuid(), from: z.int(), to: priority });

/**
 * Has a waiting job go before others, or after them: the larger number runs first.
 * @throws {AppError} `not_found`, `conflict` when it no longer waits, or somebody else moved it meanwhile
 */
export async function prioritiseJob(actor: Actor, { jobId, from, to }: z.output<typeof priorityInput>) {
  assertCan(actor, "job:control");
  await transaction(async (tx) => {
    const job = await tx.job.findUnique({ where: { id: jobId }, select: { status: true, priority: true } });
    if (!job) throw new AppError("not_found", "There is no such job.");
    if (!canPrioritise(job)) {
      throw new AppError("conflict", `${THIS_JOB[job.status]}; only one that waits has a place in the queue.`);
    }
    const { count } = await tx.job.updateMany({
      where: { id: jobId, status: job.status, priority: from },
      data: { priority: to },
    });
    if (count === 0) {
      throw new AppError("conflict", `Somebody gave it the priority ${job.priority} meanwhile. Look again.`);
    }
    const values = { before: { priority: from }, after: { priority: to } };
    await recordAudit(tx, actor, "job.prioritise", { entity: "Job", entityId: jobId }, values);
  });
}
