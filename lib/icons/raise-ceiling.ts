import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const micros = z.number().int().min(0).max(1_000_000_000_000).nullable();
export const ceilingInput = z.object({ batchId: z.uuid(), from: micros, to: micros });

/**
 * Changes what a batch may cost; from the next picture on it holds. A batch that waits for it goes on when a person resumes it.
 * @throws {AppError} `conflict` when somebody changed it meanwhile; `not_found`
 */
export async function raiseCeiling(actor: Actor, { batchId, from, to }: z.output<typeof ceilingInput>) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const where = { id: batchId, provider: "endpoint", ceilingMicros: from };
    const { count } = await tx.iconBatch.updateMany({ where, data: { ceilingMicros: to } });
    if (count === 0) {
      const batch = await tx.iconBatch.findUnique({ where: { id: batchId }, select: { provider: true } });
      if (!batch) throw new AppError("not_found", "There is no such batch.");
      if (batch.provider !== "endpoint") throw new AppError("conflict", "What is made here costs nothing.");
      throw new AppError("conflict", "Somebody changed this ceiling meanwhile. Reload to see it.");
    }
    const target = { entity: "IconBatch", entityId: batchId };
    await recordAudit(tx, actor, "icon.ceiling", target, {
      before: { ceilingMicros: from },
      after: { ceilingMicros: to },
    });
    return {};
  });
}
