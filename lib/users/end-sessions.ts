import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type SessionClaims, sessionActor } from "@/lib/auth/sessions";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** Signs one device out. @throws {AppError} `not_found` for somebody else's */
export async function endSession(actor: Actor, { id }: { id: string }) {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor);
  await transaction(async (tx) => {
    const session = await tx.session.findUnique({ where: { id }, select: { userId: true } });
    if (!session || session.userId !== userId) throw new AppError("not_found", "There is no such device.");
    const { count } = await tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } });
    // Ended twice is ended: a second click is no failure and no second entry.
    if (count === 0) return;
    await recordAudit(tx, actor, "user.sign-out", { entity: "user", entityId: userId }, { after: { sessionId: id } });
  });
}

/** Signs every device out, this one too; tokens of one hour end with them. */
export async function endAllSessions(actor: Actor) {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor);
  if (!userId) return;
  await transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } }, select: { id: true } });
    const ended = await endSessionsOf(tx, userId);
    await recordAudit(tx, actor, "user.sign-out-all", { entity: "user", entityId: userId }, { after: { ended } });
  });
}

/** For next-auth's own sign-out, which knows the token alone. */
export async function endSessionByClaims(claims: SessionClaims) {
  const actor = await sessionActor(claims);
  if (actor) await endSession(actor, { id: claims.sid });
}

/** Closes a person's sessions, but for one. Gives how many. */
export async function endSessionsOf(tx: Tx, userId: string, options: { keep?: string | null } = {}): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, ...(options.keep && { id: { not: options.keep } }) },
    data: { endedAt: new Date() },
  });
  return count;
}
