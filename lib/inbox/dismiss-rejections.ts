import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { insertRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const MOST = 1_000;

export const dismissRejectionsInput = z.object({
  ids: z.array(z.number().int().positive()).min(1).max(MOST),
  reason: z.string().trim().min(3, "Say in a few words why, for whoever looks for these rows later.").max(500),
});

/**
 * Sets refused rows aside: nobody is asked about them any more. The run still lists them, with why.
 * @throws {AppError} `conflict` when somebody dealt with all of them first
 */
export async function dismissRejections(actor: Actor, { ids, reason }: z.output<typeof dismissRejectionsInput>) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const where = { id: { in: ids }, severity: "error", handledByRunId: null, dismissedAt: null };
    const rows = await tx.syncRejection.findMany({ where, select: { id: true, runId: true } });
    const now = new Date();
    const { count } = await tx.syncRejection.updateMany({
      where,
      data: { dismissedAt: now, dismissedById: actorUserId(actor) },
    });
    if (count === 0) throw new AppError("conflict", "Somebody else has dealt with these rows already.");
    const comments = rows.map(({ id }) => ({
      subject: `rejection:${id}`,
      userId: actorUserId(actor),
      author: actor.name,
      text: `Set aside: ${reason}`,
      createdAt: now,
    }));
    await insertRows(tx, "InboxComment", comments);
    for (const runId of new Set(rows.map((row) => row.runId))) {
      const dismissed = rows.filter((row) => row.runId === runId).length;
      const target = { entity: "SyncHistory", entityId: runId };
      await recordAudit(tx, actor, "rejection.dismiss", target, { after: { reason, rows: dismissed } });
    }
    return { dismissed: count };
  });
}
