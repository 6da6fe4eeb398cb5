import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Device } from "./client-device";
import type { Credentials } from "./login-input";
import { passwordMatches } from "./passwords";
import { actorUser, createSession, type SessionClaims, userActor } from "./sessions";
import { forgiveAttempt, reserveAttempt } from "./throttle";

/**
 * Signs a device in by e-mail or username.
 * @throws {AppError} `unauthenticated` for a wrong name or password, `forbidden` for a disabled account, `too_many`
 */
export async function signIn(given: Credentials, device: Device): Promise<SessionClaims> {
  return verify(given, device, async (tx, user) => {
    const sid = await createSession(tx, user.id, device);
    await recordAudit(
      tx,
      userActor(user, sid, []),
      "user.sign-in",
      { entity: "user", entityId: user.id },
      {
        after: { address: device.address },
      },
    );
    return { userId: user.id, sid, sessionVersion: user.sessionVersion };
  });
}

/** Checks a password without opening a session, for a token. Throws as `signIn` does. */
export async function verifyPassword(given: Credentials, device: Device) {
  return verify(given, device, async (tx, user) => {
    await recordAudit(
      tx,
      userActor(user, null, []),
      "token.issue",
      { entity: "user", entityId: user.id },
      {
        after: { address: device.address },
      },
    );
    return user;
  });
}

type SignInUser = NonNullable<Awaited<ReturnType<typeof getSignInUser>>>;

async function verify<T>(given: Credentials, device: Device, then: (tx: Tx, user: SignInUser) => Promise<T>) {
  const user = await getSignInUser(given.login);
  // E-mail and username of one person share a count.
  const attempt = { account: user?.email ?? given.login, address: device.address };
  await reserveAttempt(attempt);
  const isRight = await passwordMatches(given.password, user?.passwordHash);
  if (!user || !isRight) {
    await recordFailure(user, device);
    throw new AppError("unauthenticated", "That name and password do not match. Check both and try again.");
  }
  if (!user.isActive) {
    await recordFailure(user, device);
    throw new AppError("forbidden", "This account is disabled. Ask an admin to enable it.");
  }
  return transaction(async (tx) => {
    // The person may have been disabled or given another password while this one was compared.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, isActive: true, sessionVersion: user.sessionVersion },
      data: { lastLoginAt: new Date() },
    });
    if (count === 0) throw new AppError("unauthenticated", "This account has just changed. Sign in again.");
    await forgiveAttempt(tx, attempt);
    return then(tx, user);
  });
}

function getSignInUser(login: string) {
  return db.user.findFirst({
    where: { OR: [{ email: login }, { username: login }] },
    select: { ...actorUser, passwordHash: true },
  });
}

/** What was typed is left out: people type passwords into the wrong field. */
async function recordFailure(user: SignInUser | null, device: Device) {
  await transaction((tx) =>
    recordAudit(
      tx,
      SYSTEM,
      "user.sign-in-failed",
      { entity: "user", entityId: user?.id ?? "unknown" },
      {
        after: { address: device.address },
      },
    ),
  );
}
