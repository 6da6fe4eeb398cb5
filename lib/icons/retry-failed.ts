import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { generateJob } from "./generate-job";

export const batchInput = z.object({ batchId: z.uuid() });

/**
 * Asks again for what failed or was left out of a batch, and for nothing else. Ceilings hold as they did, and what the
 * pictures that came to nothing cost goes on counting.
 * @throws {AppError} `conflict` while the batch is at work, or when nothing failed; `not_found`
 */
export async function retryFailed(
  actor: Actor,
  { batchId }: z.output<typeof batchInput>,
): Promise<{ jobId: string; pictures: number }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    await lockName(tx, "icon batches");
    const batch = await tx.iconBatch.findUnique({ where: { id: batchId } });
    if (!batch) throw new AppError("not_found", "There is no such batch.");
    const job = batch.jobId ? await tx.job.findUnique({ where: { id: batch.jobId } }) : null;
    if (job && ["pending", "running", "paused"].includes(job.status)) {
      throw new AppError("conflict", "This batch is at work still. Wait for its end, or resume it.");
    }
    const { count } = await tx.iconGeneration.updateMany({
      where: { batchId, status: { in: ["failed", "skipped"] } },
      data: { status: "waiting", problem: null, startedAt: null, completedAt: null },
    });
    if (count === 0) throw new AppError("conflict", "Nothing failed in this batch: there is nothing to ask for again.");
    const before = generateJob.payload.safeParse(job?.parameters);
    const useAtOnce = before.data?.useAtOnce ?? false;
    const displayName = `Make ${formatPlural(count, "icon")} that failed`;
    const jobId = await enqueue(tx, actor, generateJob, { batchId, makeAnew: false, useAtOnce }, { displayName });
    await tx.iconBatch.update({ where: { id: batchId }, data: { jobId }, select: { id: true } });
    const target = { entity: "IconBatch", entityId: batchId };
    await recordAudit(tx, actor, "icon.retry", target, { after: { number: batch.number, pictures: count } });
    return { jobId, pictures: count };
  });
}
