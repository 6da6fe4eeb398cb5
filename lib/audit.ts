import "server-only";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Actor, actorUserId } from "./auth/actor";
import type { Tx } from "./db/client";

/** Writes who did what to which entity, in the transaction of the change itself. */
export async function recordAudit(
  tx: Tx,
  actor: Actor,
  action: string,
  target: { entity: string; entityId: string },
  values: { before?: Prisma.InputJsonValue; after?: Prisma.InputJsonValue } = {},
) {
  await tx.auditEntry.create({
    data: { userId: actorUserId(actor), actorName: actor.name, action, ...target, ...values },
    select: { id: true },
  });
}
