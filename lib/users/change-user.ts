import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import type { Device } from "@/lib/auth/client-device";
import { assertPasswordAcceptable, hashPassword, passwordMatches } from "@/lib/auth/passwords";
import { createSession, type SessionClaims } from "@/lib/auth/sessions";
import { clearThrottle, reserveAttempt } from "@/lib/auth/throttle";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockRows } from "@/lib/db/lock-rows";
import { AppError } from "@/lib/errors";
import type { Role } from "@/prisma/generated/sqlite/enums";
import { endSessionsOf } from "./end-sessions";

const WHO = { id: true, email: true, username: true, role: true, isActive: true } as const;

/** Sets anybody's password: their sessions end, and failed sign-ins are forgotten. @throws {AppError} `not_found` */
export async function setPassword(actor: Actor, { userId, password }: { userId: string; password: string }) {
  assertCan(actor, "user:manage");
  const user = await db.user.findUnique({ where: { id: userId }, select: WHO });
  if (!user) throw noSuchUser();
  assertPasswordAcceptable(password, [user.email, user.username]);
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
      select: { id: true },
    });
    await endSessionsOf(tx, userId);
    await clearThrottle(tx, user.email);
    await recordAudit(tx, actor, "user.set-password", { entity: "user", entityId: userId });
  });
}

/**
 * Changes one's own password. Every session ends, this one too, because its cookie may be what was stolen;
 * the device at hand gets a new one, whose claims are given.
 * @throws {AppError} `invalid_input` on `current` or `password`, `too_many`
 */
export async function changeOwnPassword(
  actor: Actor,
  { current, password }: { current: string; password: string },
  device: Device,
): Promise<SessionClaims> {
  assertCan(actor, "account:own");
  if (actor.kind !== "user" || actor.sessionId === null) {
    throw new AppError("forbidden", "A password is changed by whoever signs in with it.");
  }
  const { userId } = actor;
  const user = await db.user.findUnique({ where: { id: userId }, select: { ...WHO, passwordHash: true } });
  if (!user) throw noSuchUser();
  assertPasswordAcceptable(password, [user.email, user.username]);
  // An open browser must not be a way to guess the password.
  await reserveAttempt({ account: user.email, address: `session ${actor.sessionId}` });
  if (!(await passwordMatches(current, user.passwordHash))) {
    const fault = "That is not your current password.";
    throw new AppError("invalid_input", fault, { fields: { current: fault } });
  }
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, passwordHash: user.passwordHash, isActive: true },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "Your password was changed elsewhere just now. Sign in again.");
    await endSessionsOf(tx, userId);
    await clearThrottle(tx, user.email);
    await recordAudit(tx, actor, "user.change-password", { entity: "user", entityId: userId });
    const { sessionVersion } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { sessionVersion: true },
    });
    return { userId, sid: await createSession(tx, userId, device), sessionVersion };
  });
}

/** @throws {AppError} `not_found`; `conflict` for the last active admin */
export async function setUserRole(actor: Actor, { userId, role }: { userId: string; role: Role }) {
  assertCan(actor, "user:manage");
  await changeUser(actor, userId, "user.set-role", { role });
}

/** Disabling ends every session and token at once. @throws {AppError} `not_found`; `conflict` for the last active admin */
export async function setUserActive(actor: Actor, { userId, isActive }: { userId: string; isActive: boolean }) {
  assertCan(actor, "user:manage");
  await changeUser(actor, userId, "user.set-active", { isActive });
}

async function changeUser(actor: Actor, userId: string, action: string, to: { role?: Role; isActive?: boolean }) {
  await transaction(async (tx) => {
    await lockRows(tx, "User");
    const user = await tx.user.findUnique({ where: { id: userId }, select: WHO });
    if (!user) throw noSuchUser();
    const before = { role: user.role, isActive: user.isActive };
    const after = { ...before, ...to };
    if (before.role === after.role && before.isActive === after.isActive) return;
    const staysAdmin = after.role === "admin" && after.isActive;
    if (before.role === "admin" && before.isActive && !staysAdmin) await assertAnotherAdmin(tx, userId);
    await tx.user.update({
      where: { id: userId },
      data: { ...to, sessionVersion: { increment: 1 } },
      select: { id: true },
    });
    await endSessionsOf(tx, userId);
    await recordAudit(tx, actor, action, { entity: "user", entityId: userId }, { before, after });
  });
}

async function assertAnotherAdmin(tx: Tx, userId: string) {
  const others = await tx.user.count({ where: { role: "admin", isActive: true, id: { not: userId } } });
  if (others === 0) {
    throw new AppError("conflict", "This is the last active admin. Make somebody else an admin first.");
  }
}

function noSuchUser() {
  return new AppError("not_found", "There is no such user.");
}
