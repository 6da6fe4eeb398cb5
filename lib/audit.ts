import "server-only";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Actor, actorUserId } from "./auth/actor";
import { insertRows } from "./db/bulk";
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

/** As recordAudit, one entry for each of many entities. */
export async function recordAudits(
  tx: Tx,
  actor: Actor,
  action: string,
  entries: readonly { entity: string; entityId: string; before: object; after: object }[],
) {
  const createdAt = new Date();
  const by = { userId: actorUserId(actor), actorName: actor.name, action };
  await insertRows(
    tx,
    "AuditEntry",
    entries.map((entry) => ({ ...by, ...entry, createdAt })),
  );
}
