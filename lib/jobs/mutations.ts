import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { jobDefinition } from "./registry";

/**
 * Asks for a job's end: a waiting one ends at once, a running one between two batches.
 * @throws {AppError} `not_found`, `conflict` when it has ended already
 */
export async function requestCancel(actor: Actor, { jobId }: { jobId: string }) {
  assertCan(actor, "job:control");
  const ended = await transaction(async (tx) => {
    const job = await tx.job.findUnique({ where: { id: jobId } });
    if (!job) throw new AppError("not_found", "There is no such job.");
    if (!["pending", "running", "paused", "parked", "lost"].includes(job.status)) {
      throw new AppError("conflict", `This job is ${job.status} already; there is nothing to cancel.`);
    }
    const endsNow = job.status !== "running";
    await tx.job.update({
      where: { id: jobId },
      data: { cancelRequested: true, ...(endsNow ? { status: "cancelled", completedAt: new Date() } : {}) },
    });
    await recordAudit(tx, actor, "job.cancel", { entity: "Job", entityId: jobId }, { before: { status: job.status } });
    return endsNow ? job : null;
  });
  if (!ended) return;
  const definition = jobDefinition(ended.jobType);
  const payload = definition?.payload.safeParse(ended.parameters);
  if (definition && payload?.success) {
    await definition.giveUp(payload.data, { status: "cancelled", reason: `${actor.name} cancelled it.` });
  }
}
