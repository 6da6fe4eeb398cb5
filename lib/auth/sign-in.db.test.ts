import { afterEach, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { setPassword, setUserActive, setUserRole } from "@/lib/users/change-user";
import { createUser } from "@/lib/users/create-user";
import { endAllSessions, endSession } from "@/lib/users/end-sessions";
import { bearerActor, issueAccessToken } from "./bearer";
import { notesWritten } from "./note-later";
import { sessionActor } from "./sessions";
import { signIn, verifyPassword } from "./sign-in";

const PASSWORD = "correct horse battery";
const DEVICE = { address: "192.0.2.1", userAgent: "Firefox" };
let userId: string;

afterEach(notesWritten);

beforeEach(async () => {
  await resetDatabase();
  const user = { email: "Max@Example.com", username: "Max", firstName: "Max", lastName: "Muster" };
  ({ id: userId } = await createUser(SYSTEM, { ...user, role: "manager", password: PASSWORD }));
  await createUser(SYSTEM, { email: "ada@example.com", username: "ada", role: "admin", password: PASSWORD });
});

const open = (login = "max") => signIn({ login, password: PASSWORD }, DEVICE);

async function actorNow(claims: Awaited<ReturnType<typeof signIn>>, now?: Date) {
  return sessionActor(claims, now);
}

test.each(["max", "max@example.com"])("somebody signs in as %s", async (login) => {
  const claims = await open(login);
  expect(await actorNow(claims)).toMatchObject({
    userId,
    email: "max@example.com",
    name: "Max Muster",
    role: "manager",
    sessionId: claims.sid,
  });
  const { lastLoginAt } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  expect(lastLoginAt).not.toBeNull();
});

test("a wrong password and an unknown name get the same answer, and leave a trace without what was typed", async () => {
  const wrong = signIn({ login: "max", password: "wrong" }, DEVICE);
  await expect(wrong).rejects.toThrow("That name and password do not match");
  const unknown = signIn({ login: "secret typed here", password: "wrong" }, DEVICE);
  await expect(unknown).rejects.toThrow("That name and password do not match");
  const entries = await db.auditEntry.findMany({ where: { action: "user.sign-in-failed" }, orderBy: { id: "asc" } });
  expect(entries.map(({ entityId }) => entityId)).toEqual([userId, "unknown"]);
  expect(JSON.stringify(entries)).not.toContain("secret typed here");
});

test("R62 an unknown name takes as long as a known one", async () => {
  const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
  for (let n = 0; n < 6; n++) {
    for (const [kind, login] of [
      ["known", "max"],
      ["unknown", `nobody-${n}`],
    ] as const) {
      const begin = performance.now();
      await expect(signIn({ login, password: "wrong" }, DEVICE)).rejects.toMatchObject({ code: "unauthenticated" });
      fastest[kind] = Math.min(fastest[kind], performance.now() - begin);
    }
  }
  // Without the comparison an unknown name would answer a hundred times sooner; the machine's noise is far below 1.5.
  expect(fastest.known / fastest.unknown).toBeLessThan(1.5);
  expect(fastest.unknown / fastest.known).toBeLessThan(1.5);
});

test("R62 ten wrong passwords hold up this account, by either of its names, and nobody else", async () => {
  for (let n = 0; n < 10; n++) {
    const login = n % 2 ? "max" : "max@example.com";
    await expect(signIn({ login, password: "wrong" }, DEVICE)).rejects.toMatchObject({ code: "unauthenticated" });
  }
  await expect(open()).rejects.toMatchObject({ code: "too_many" });
  await open("ada");
});

test("a disabled person is told so, with the right password alone", async () => {
  await setUserActive(SYSTEM, { userId, isActive: false });
  await expect(open()).rejects.toMatchObject({ code: "forbidden" });
  await expect(signIn({ login: "max", password: "wrong" }, DEVICE)).rejects.toMatchObject({ code: "unauthenticated" });
});

test.each([
  ["a role change", () => setUserRole(SYSTEM, { userId, role: "staff" })],
  ["a disable", () => setUserActive(SYSTEM, { userId, isActive: false })],
  ["a new password", () => setPassword(SYSTEM, { userId, password: "another long one" })],
])("R61 %s ends sessions and tokens on the next request", async (_, change) => {
  const claims = await open();
  const user = await verifyPassword({ login: "max", password: PASSWORD }, DEVICE);
  const token = `Bearer ${await issueAccessToken(user)}`;
  expect(await actorNow(claims)).not.toBeNull();
  expect(await bearerActor(token)).toMatchObject({ userId });
  await change();
  expect(await actorNow(claims)).toBeNull();
  await expect(bearerActor(token)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("R61 signing out ends this device alone, signing out everywhere ends all", async () => {
  const [here, there] = [await open(), await open()];
  const actor = await actorNow(here);
  if (!actor) throw new Error("not signed in");
  await endSession(actor, { id: here.sid });
  expect(await actorNow(here)).toBeNull();
  expect(await actorNow(there)).not.toBeNull();
  await endAllSessions(actor);
  expect(await actorNow(there)).toBeNull();
});

test("a session ends after 60 minutes unused, and after 12 hours whatever its use", async () => {
  const claims = await open();
  const after = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  expect(await actorNow(claims, after(61))).toBeNull();
  expect(await actorNow(claims, after(59))).not.toBeNull();
  await notesWritten();
  await transaction((tx) => tx.session.update({ where: { id: claims.sid }, data: { lastSeenAt: after(12 * 60) } }));
  expect(await actorNow(claims, after(12 * 60 - 1))).not.toBeNull();
  expect(await actorNow(claims, after(12 * 60 + 1))).toBeNull();
});

test("being seen is written at most once in five minutes", async () => {
  const claims = await open();
  const seen = async () => (await db.session.findUniqueOrThrow({ where: { id: claims.sid } })).lastSeenAt.getTime();
  const first = await seen();
  await actorNow(claims, new Date(first + 4 * 60_000));
  expect(await seen()).toBe(first);
  await actorNow(claims, new Date(first + 6 * 60_000));
  await expect.poll(seen).toBe(first + 6 * 60_000);
});

test("one person's session can't be another's", async () => {
  const claims = await open();
  const ada = await db.user.findUniqueOrThrow({ where: { email: "ada@example.com" } });
  expect(await actorNow({ ...claims, userId: ada.id })).toBeNull();
});
