import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET as getImage } from "@/app/api/images/[id]/route";
import { POST as postImage } from "@/app/api/products/[id]/images/route";
import { SYSTEM } from "@/lib/auth/actor";
import { notesWritten } from "@/lib/auth/note-later";
import { createApiToken } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { createImage, createProduct, createUser } from "@/lib/testing/factories";
import { makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import type { Role } from "@/prisma/generated/sqlite/enums";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

beforeEach(() => resetDatabase());
afterEach(notesWritten);

async function tokenOf(role: Role) {
  const user = await createUser(role);
  return (await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope: "write" })).token;
}

async function send(role: Role, productId: string, body: Buffer | string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await tokenOf(role)}`;
  const sent = typeof body === "string" ? body : new Uint8Array(body);
  const url = "http://localhost/api/products/x/images?name=pen.png";
  const request = new Request(url, { method: "POST", body: sent, headers: { authorization, ...headers } });
  const answer = await postImage(request, { params: Promise.resolve({ id: productId }) });
  return { status: answer.status, json: await answer.json() };
}

async function look(id: number, query: string) {
  const headers = { authorization: `Bearer ${await tokenOf("staff")}` };
  return getImage(new Request(`http://localhost/api/images/${id}?${query}`, { headers }), {
    params: Promise.resolve({ id: String(id) }),
  });
}

test("a script gives a product a picture; the same one again is refused", async () => {
  const { id } = await createProduct();
  const picture = await makePicture({ width: 300, height: 200 });
  const { status, json } = await send("manager", id, picture);
  expect([status, json]).toEqual([200, { image_id: expect.any(Number), restored: false }]);
  expect(await send("manager", id, picture)).toMatchObject({ status: 409, json: { error: { code: "conflict" } } });
});

test.each([
  ["staff", "manager's picture", {}, 403],
  ["manager", "no picture at all", {}, 422],
  ["manager", "", {}, 422],
  ["manager", "x", { "content-length": "20000001" }, 413],
] as const)("what %s sends as %j is refused, and nothing is kept", async (role, body, headers, status) => {
  const { id } = await createProduct();
  expect(await send(role, id, body, headers)).toMatchObject({ status });
  expect(await db.productImage.count()).toBe(0);
});

test("a picture for nobody's product is not found", async () => {
  expect(await send("manager", "none", await makePicture())).toMatchObject({ status: 404 });
});

test("an address with the file's hash is kept for good, in every width; one without is asked again", async () => {
  const { id } = await createProduct();
  const { json } = await send("manager", id, await makePicture({ width: 600, height: 400 }, "jpeg"));
  const { fileHash } = await db.productImage.findUniqueOrThrow({ where: { id: json.image_id } });
  for (const [query, type] of [
    [`v=${fileHash}`, "image/jpeg"],
    [`v=${fileHash}&width=96`, "image/webp"],
  ] as const) {
    const answer = await look(json.image_id, query);
    expect(answer.headers.get("Content-Type")).toBe(type);
    expect(answer.headers.get("Cache-Control")).toBe("private, max-age=31536000, immutable");
    expect(answer.headers.get("Content-Security-Policy")).toContain("sandbox");
  }
  expect((await look(json.image_id, "v=other&width=400")).headers.get("Cache-Control")).toBe("private, no-cache");
  expect((await look(json.image_id, "width=97")).status).toBe(422);
});

test("what is not fetched sends on to the placeholder, which no browser keeps in its place", async () => {
  const { id } = await createProduct();
  const image = await createImage(id);
  const answer = await look(image.id, "width=96");
  expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/placeholder.svg"]);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
});
