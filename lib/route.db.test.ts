import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { notesWritten } from "@/lib/auth/note-later";
import { createApiToken } from "@/lib/auth/tokens";
import { AppError } from "@/lib/errors";
import { createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import type { Role } from "@/prisma/generated/sqlite/enums";
import { publicRoute, route } from "./route";

afterEach(notesWritten);
beforeEach(resetDatabase);

// Next's bundler picks this entry for the server; in plain Node the one for the browser would be loaded.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

const context = { params: Promise.resolve({ id: "7" }) };
const body = z.object({ name: z.string("Enter a name.") });
const params = z.object({ id: z.coerce.number() });

const rename = route({ grant: "catalog:write", params, body, maxBodyBytes: 100 }, async ({ actor, ...call }) => {
  return { by: actor.name, id: call.params.id, name: call.body.name };
});

async function bearer(role: Role, scope: "read" | "write" = "write") {
  const user = await createUser(role);
  const { token } = await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope });
  return `Bearer ${token}`;
}

function call(authorization: string, text: string | ReadableStream) {
  const init = { method: "PATCH", body: text, headers: { authorization }, duplex: "half" };
  return rename(new Request("http://localhost/api/things/7", init as RequestInit), context);
}

test("a caller who may gets an answer that nobody stores", async () => {
  const answer = await call(await bearer("manager"), '{"name":"Mug"}');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ id: 7, name: "Mug" });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a caller is authorised before the input is read", async () => {
  expect((await call("Bearer stk_guess", "not JSON")).status).toBe(401);
  const staff = await call(await bearer("staff"), "not JSON");
  expect(staff.status).toBe(403);
  expect(await staff.json()).toMatchObject({ error: { code: "forbidden" } });
  expect((await call(await bearer("manager", "read"), "not JSON")).status).toBe(403);
});

test("wrong input is told per field, a body that is no JSON as such", async () => {
  const manager = await bearer("manager");
  const answer = await call(manager, "{}");
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ error: { code: "invalid_input", fields: { name: "Enter a name." } } });
  expect(await (await call(manager, "{")).json()).toMatchObject({ error: { message: "The body is not JSON." } });
});

test("a body over the limit answers 413, also when its length is not told", async () => {
  const manager = await bearer("manager");
  expect((await call(manager, `{"name":"${"x".repeat(200)}"}`)).status).toBe(413);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64)) });
  expect((await call(manager, endless)).status).toBe(413);
});

test("an address that can't be is not found", async () => {
  const request = new Request("http://localhost/", { headers: { authorization: await bearer("manager") } });
  expect((await rename(request, { params: Promise.resolve({ id: "seven" }) })).status).toBe(404);
});

test("an unexpected failure shows a reference and nothing of itself; a conflict shows both values", async () => {
  const broken = publicRoute({}, async () => {
    throw new Error("password=hunter2");
  });
  const answer = await broken(new Request("http://localhost/"), context);
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(text).toMatch(/"ref":"[0-9a-f]{8}"/);
  expect(text).not.toContain("hunter2");
  const torn = publicRoute({}, async () => {
    throw new AppError("conflict", "Somebody was faster.", { details: { mine: "a", theirs: "b" } });
  });
  expect(await (await torn(new Request("http://localhost/"), context)).json()).toEqual({
    error: { code: "conflict", message: "Somebody was faster.", details: { mine: "a", theirs: "b" } },
  });
});
