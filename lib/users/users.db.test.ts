import { beforeEach, expect, test } from "vitest";
import { type Actor, SYSTEM } from "@/lib/auth/actor";
import { passwordMatches } from "@/lib/auth/passwords";
import { sessionActor } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { db } from "@/lib/db/client";
import { actor, actorOf, createUser as insertUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { changeOwnPassword, setPassword, setUserActive, setUserRole } from "./change-user";
import { createUser } from "./create-user";
import { endAllSessions, endSession } from "./end-sessions";
import { ensureFirstUsers } from "./first-users";
import { getOwnProfileOrThrow, listSessions } from "./queries";

beforeEach(resetDatabase);

const DEVICE = { address: "192.0.2.1", userAgent: "Firefox" };
const ADA = { email: "ada@example.com", username: "ada", role: "admin", password: "a long password" } as const;

async function signedIn(login: string, password: string): Promise<Actor> {
  const found = await sessionActor(await signIn({ login, password }, DEVICE));
  if (!found) throw new Error("not signed in");
  return found;
}

test("an admin makes a user; the password is nowhere but in its hash", async () => {
  const { id } = await createUser(actor("admin"), { ...ADA, email: "Ada@Example.com " });
  const user = await db.user.findUniqueOrThrow({ where: { id } });
  expect(user).toMatchObject({ email: "ada@example.com", username: "ada", role: "admin", isActive: true });
  expect(await passwordMatches(ADA.password, user.passwordHash)).toBe(true);
  const entry = await db.auditEntry.findFirstOrThrow({ where: { entityId: id } });
  expect(entry).toMatchObject({ action: "user.create", actorName: "Test admin" });
  expect(JSON.stringify(entry)).not.toContain(user.passwordHash);
});

test.each([
  ["nine chars", "123456789", "at least 10"],
  ["73 bytes", "x".repeat(73), "at most 72"],
  ["40 letters of two bytes", "ä".repeat(40), "at most 72"],
  ["the name itself", "ada@example.com", "other than your name"],
])("a password of %s is refused, not cut", async (_, password, words) => {
  await expect(createUser(SYSTEM, { ...ADA, password })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { password: expect.stringContaining(words) },
  });
});

test("a taken e-mail or username is told at its field, whatever the case", async () => {
  await createUser(SYSTEM, ADA);
  await expect(createUser(SYSTEM, { ...ADA, username: "other", email: "ADA@example.com" })).rejects.toMatchObject({
    code: "conflict",
    fields: { email: expect.any(String) },
  });
  await expect(createUser(SYSTEM, { ...ADA, username: "ADA", email: "b@example.com" })).rejects.toMatchObject({
    fields: { username: expect.any(String) },
  });
});

test.each(["staff", "manager"] as const)("%s manage no users", async (role) => {
  const { id: userId } = await insertUser("staff");
  const who = actor(role);
  for (const attempt of [
    () => createUser(who, ADA),
    () => setPassword(who, { userId, password: "a long password" }),
    () => setUserRole(who, { userId, role: "admin" }),
    () => setUserActive(who, { userId, isActive: false }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("the last active admin can be neither demoted nor disabled, by two at once either", async () => {
  const [one, two] = [await insertUser("admin"), await insertUser("admin")];
  const results = await Promise.allSettled([
    setUserRole(actorOf(one), { userId: two.id, role: "staff" }),
    setUserActive(actorOf(two), { userId: one.id, isActive: false }),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await db.user.count({ where: { role: "admin", isActive: true } })).toBe(1);
});

test("the first start makes three people once, and the admin alone without the sample", async () => {
  expect(await ensureFirstUsers({ demo: false })).toEqual([
    {
      email: "admin@stockroom.local",
      role: "admin",
      password: expect.stringMatching(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/),
    },
  ]);
  expect(await ensureFirstUsers({ demo: true })).toEqual([]);
  await resetDatabase();
  const [both, again] = await Promise.all([ensureFirstUsers({ demo: true }), ensureFirstUsers({ demo: true })]);
  const people = [...both, ...again];
  expect(people.map(({ email }) => email)).toEqual([
    "admin@stockroom.local",
    "manager@stockroom.local",
    "staff@stockroom.local",
  ]);
  expect(new Set(people.map(({ password }) => password)).size).toBe(3);
  await signedIn("manager", people[1]?.password ?? "");
});

test("changing one's own password keeps this device under a new session and ends the others", async () => {
  await createUser(SYSTEM, ADA);
  const [here, there] = [await signedIn("ada", ADA.password), await signedIn("ada", ADA.password)];
  const wrong = changeOwnPassword(here, { current: "guess", password: "a new password" }, DEVICE);
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input", fields: { current: expect.any(String) } });
  const claims = await changeOwnPassword(here, { current: ADA.password, password: "a new password" }, DEVICE);
  expect(await sessionActor(claims)).toMatchObject({ email: ADA.email });
  expect((await listSessions(there)).map(({ id }) => id)).toEqual([claims.sid]);
  await expect(signIn({ login: "ada", password: ADA.password }, DEVICE)).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await signedIn("ada", "a new password");
  expect(await db.auditEntry.count({ where: { action: "user.change-password" } })).toBe(1);
});

test("an open browser is no way to guess the password", async () => {
  await createUser(SYSTEM, ADA);
  const here = await signedIn("ada", ADA.password);
  const guess = () => changeOwnPassword(here, { current: "guess", password: "a new password" }, DEVICE);
  for (let n = 0; n < 10; n++) await expect(guess()).rejects.toMatchObject({ code: "invalid_input" });
  await expect(guess()).rejects.toMatchObject({ code: "too_many" });
});

test("people see and end their own devices alone", async () => {
  await createUser(SYSTEM, ADA);
  await createUser(SYSTEM, { ...ADA, email: "max@example.com", username: "max" });
  const [ada, max] = [await signedIn("ada", ADA.password), await signedIn("max", ADA.password)];
  const [device] = await listSessions(max);
  expect(device).toMatchObject({ address: "192.0.2.1", userAgent: "Firefox" });
  await expect(endSession(ada, { id: device?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
  await endAllSessions(ada);
  expect(await listSessions(ada)).toEqual([]);
  expect(await listSessions(max)).toHaveLength(1);
  expect(await getOwnProfileOrThrow(max)).not.toHaveProperty("passwordHash");
});

test("an admin's new password frees a locked account and ends its sessions", async () => {
  const { id: userId } = await createUser(SYSTEM, ADA);
  const here = await signedIn("ada", ADA.password);
  for (let n = 0; n < 10; n++) await signIn({ login: "ada", password: "wrong" }, DEVICE).catch(() => undefined);
  await setPassword(SYSTEM, { userId, password: "an admin's choice" });
  await signedIn("ada", "an admin's choice");
  expect(await listSessions(here)).toHaveLength(1);
});
