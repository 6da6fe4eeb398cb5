import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const profile = {
  id: true,
  email: true,
  username: true,
  firstName: true,
  lastName: true,
  role: true,
  lastLoginAt: true,
  createdAt: true,
} as const;

/** The actor's own facts. @throws {AppError} `not_found` for the system, which is nobody */
export async function getOwnProfileOrThrow(actor: Actor) {
  assertCan(actor, "account:own");
  const user = await db.user.findUnique({ where: { id: actorUserId(actor) ?? "" }, select: profile });
  if (!user) throw new AppError("not_found", "There is no such user.");
  return user;
}

/** The actor's devices that are signed in, last seen first. */
export async function listSessions(actor: Actor) {
  assertCan(actor, "account:own");
  return db.session.findMany({
    where: { userId: actorUserId(actor) ?? "", endedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, userAgent: true, address: true, createdAt: true, lastSeenAt: true },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
}
