import { SignJWT } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Actor, can, SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { actorOf, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { bearerActor, issueAccessToken } from "./bearer";
import { notesWritten } from "./note-later";
import { derivedKey } from "./secret";
import { createApiToken, listApiTokens, revokeApiToken } from "./tokens";

let manager: Actor;
let user: Awaited<ReturnType<typeof createUser>>;

afterEach(notesWritten);

beforeEach(async () => {
  await resetDatabase();
  user = await createUser("manager");
  manager = { ...actorOf(user), sessionId: "a session" } as Actor;
});

test("a token is kept as a hash alone and acts as its person", async () => {
  const { token, id } = await createApiToken(manager, { name: "Export", scope: "write" });
  const row = await db.apiToken.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(row)).not.toContain(token);
  const actor = await bearerActor(`Bearer ${token}`);
  expect(actor).toMatchObject({ userId: user.id, role: "manager", sessionId: null });
  expect(can(actor, "catalog:write")).toBe(true);
});

test("a token that reads can't write, and can't make another", async () => {
  const { token } = await createApiToken(manager, { name: "Export", scope: "read" });
  const actor = await bearerActor(`bearer ${token}`);
  expect(can(actor, "catalog:read")).toBe(true);
  expect(can(actor, "catalog:write")).toBe(false);
  await expect(createApiToken(actor, { name: "More", scope: "write" })).rejects.toMatchObject({ code: "forbidden" });
});

test("a token ends when it expires, is revoked, or its person is disabled", async () => {
  const ending = await createApiToken(manager, { name: "A", scope: "read", days: 1 });
  const soon = new Date(Date.now() + 86_400_000 + 1_000);
  await expect(bearerActor(`Bearer ${ending.token}`, soon)).rejects.toMatchObject({ code: "unauthenticated" });
  const revoked = await createApiToken(manager, { name: "B", scope: "read" });
  await revokeApiToken(manager, { id: revoked.id });
  await expect(bearerActor(`Bearer ${revoked.token}`)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await listApiTokens(manager)).toHaveLength(1);
  await transaction((tx) => tx.user.update({ where: { id: user.id }, data: { isActive: false } }));
  await expect(bearerActor(`Bearer ${ending.token}`)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("using a token is noted at most once a minute", async () => {
  const { token, id } = await createApiToken(manager, { name: "A", scope: "read" });
  const used = async () => (await db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime();
  const now = Date.now();
  await bearerActor(`Bearer ${token}`, new Date(now));
  await expect.poll(used).toBe(now);
  await bearerActor(`Bearer ${token}`, new Date(now + 50_000));
  await bearerActor(`Bearer ${token}`, new Date(now + 61_000));
  await expect.poll(used).toBe(now + 61_000);
});

test("nobody revokes somebody else's token but who manages users", async () => {
  const { id } = await createApiToken(manager, { name: "A", scope: "read" });
  const other = actorOf(await createUser("manager"));
  await expect(revokeApiToken(other, { id })).rejects.toMatchObject({ code: "forbidden" });
  await revokeApiToken(actorOf(await createUser("admin")), { id });
});

test("the command line makes a token for somebody", async () => {
  const { token } = await createApiToken(SYSTEM, { userId: user.id, name: "Cron", scope: "write" });
  expect(await bearerActor(`Bearer ${token}`)).toMatchObject({ userId: user.id });
  await expect(createApiToken(SYSTEM, { userId: "gone", name: "Cron", scope: "read" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("an access token lasts an hour", async () => {
  const token = `Bearer ${await issueAccessToken(user)}`;
  expect(await bearerActor(token)).toMatchObject({ userId: user.id, scopes: ["read", "write"] });
  const later = new Date(Date.now() + 3_601_000);
  await expect(bearerActor(token, later)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("R63 no forged token is believed", async () => {
  const claims = () => new SignJWT({ sessionVersion: 1 }).setSubject(user.id).setExpirationTime("1h");
  const header = { alg: "HS256", typ: "at+jwt" };
  const named = () => claims().setIssuer("stockroom").setAudience("stockroom-api");
  const forged = [
    await named().setProtectedHeader(header).sign(derivedKey("something else")),
    await claims().setProtectedHeader(header).sign(derivedKey("access token")),
    await named().setProtectedHeader({ alg: "HS256" }).sign(derivedKey("access token")),
    `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa(JSON.stringify({ sub: user.id, sessionVersion: 1 }))}.`,
    "stk_guess",
    "",
  ];
  for (const token of forged) {
    await expect(bearerActor(`Bearer ${token}`)).rejects.toMatchObject({ code: "unauthenticated" });
  }
});
