import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import type { Role } from "@/prisma/generated/sqlite/enums";
import type { Device } from "./client-device";
import { noteLater } from "./note-later";

export const SESSION_SECONDS = 12 * 3_600;
const IDLE_SECONDS = 3_600;
const SEEN_EVERY_SECONDS = 5 * 60;

/** What the cookie's JWT says; nothing of it counts until `sessionActor` has asked the database. */
export type SessionClaims = { userId: string; sid: string; sessionVersion: number };

export type UserActor = Extract<Actor, { kind: "user" }>;

export const actorUser = {
  id: true,
  email: true,
  username: true,
  firstName: true,
  lastName: true,
  role: true,
  isActive: true,
  sessionVersion: true,
} as const;

type ActorUser = { id: string; email: string; username: string; firstName: string; lastName: string; role: Role };

export function userActor(user: ActorUser, sessionId: string | null, scopes: UserActor["scopes"]): UserActor {
  const name = `${user.firstName} ${user.lastName}`.trim() || user.username;
  return { kind: "user", userId: user.id, email: user.email, name, role: user.role, sessionId, scopes };
}

export async function createSession(tx: Tx, userId: string, device: Device, now = new Date()): Promise<string> {
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000);
  const { id } = await tx.session.create({
    data: { userId, ...device, expiresAt, lastSeenAt: now },
    select: { id: true },
  });
  return id;
}

/**
 * Who a session speaks for, as the database knows it now; null once it was ended, has expired (12 hours, or 60 minutes
 * unused), or its person was disabled, given another role or another password.
 */
export async function sessionActor(claims: SessionClaims, now = new Date()): Promise<UserActor | null> {
  const session = await db.session.findUnique({
    where: { id: claims.sid },
    select: { id: true, endedAt: true, expiresAt: true, lastSeenAt: true, user: { select: actorUser } },
  });
  if (!session || session.endedAt || session.expiresAt <= now) return null;
  const idleSeconds = (now.getTime() - session.lastSeenAt.getTime()) / 1000;
  if (idleSeconds > IDLE_SECONDS) return null;
  const { user } = session;
  if (user.id !== claims.userId || !user.isActive || user.sessionVersion !== claims.sessionVersion) return null;
  if (idleSeconds > SEEN_EVERY_SECONDS) {
    noteLater(claims.sid, (tx) =>
      tx.session.updateMany({ where: { id: claims.sid, endedAt: null }, data: { lastSeenAt: now } }),
    );
  }
  return userActor(user, session.id, ["read", "write"]);
}
