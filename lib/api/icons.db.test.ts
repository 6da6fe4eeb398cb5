import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PUT as putIcon } from "@/app/api/categories/[id]/icon/route";
import { GET as getIconFile } from "@/app/api/icons/[id]/file/route";
import { GET as getIcon } from "@/app/api/icons/[id]/route";
import { GET as listIcons, POST as postIcon } from "@/app/api/icons/route";
import { SYSTEM } from "@/lib/auth/actor";
import { notesWritten } from "@/lib/auth/note-later";
import { createApiToken } from "@/lib/auth/tokens";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createCategory, createIcon, createUser } from "@/lib/testing/factories";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import type { Role } from "@/prisma/generated/sqlite/enums";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

beforeEach(() => resetDatabase());
afterEach(notesWritten);

async function send(role: Role, body: Buffer, query: string) {
  const user = await createUser(role);
  const { token } = await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope: "write" });
  const headers = { authorization: `Bearer ${token}` };
  const request = new Request(`http://localhost/api/icons?${query}`, {
    method: "POST",
    body: new Uint8Array(body),
    headers,
  });
  const answer = await postIcon(request, { params: Promise.resolve({}) });
  return { status: answer.status, json: await answer.json() };
}

test("a script uploads an icon, finds it, reads its picture and lets a category show it, and none again", async () => {
  const call = await apiCaller("manager");
  const { id } = await createCategory();
  const picture = await makeBlotches(1);
  const sent = await send("manager", picture, `name=pen.png&category_id=${id}`);
  expect(sent).toMatchObject({ status: 200, json: { icon_id: expect.any(String), alike: [] } });
  const iconId: string = sent.json.icon_id;
  const again = await send("manager", picture, "name=pen.png");
  expect(again).toMatchObject({ status: 409, json: { error: { details: { iconId } } } });

  const listed = await call(listIcons, { query: { q: "pen", per_page: 1 } });
  expect(listed.json).toMatchObject({ total: 1, next_cursor: null, data: [{ id: iconId, active: false }] });
  const shown = await call(putIcon, { params: { id }, body: { icon_id: iconId, seen_icon_id: null } });
  expect(shown.json).toEqual({ category_id: id, icon_id: iconId, changed: true });
  const late = await call(putIcon, { params: { id }, body: { icon_id: null, seen_icon_id: null } });
  expect(late).toMatchObject({ status: 409, json: { error: { code: "conflict" } } });
  const detail = await call(getIcon, { params: { id: iconId } });
  expect(detail.json).toMatchObject({ active: true, origin: "uploaded", shown_by: [{ category_id: id }] });
  await call(putIcon, { params: { id }, body: { icon_id: null } });
  expect(await db.icon.count({ where: { status: "active" } })).toBe(0);
});

test("an icon's picture may be kept for ever, in three sizes and no other", async () => {
  await send("manager", await makeBlotches(2), "name=a.png");
  const { id } = await db.icon.findFirstOrThrow();
  const user = await createUser("staff");
  const { token } = await createApiToken(SYSTEM, { userId: user.id, name: "Test", scope: "read" });
  const look = (query: string) =>
    getIconFile(new Request(`http://localhost/x?${query}`, { headers: { authorization: `Bearer ${token}` } }), {
      params: Promise.resolve({ id }),
    });
  const small = await look("size=64");
  expect(small.headers.get("content-type")).toBe("image/webp");
  expect(small.headers.get("cache-control")).toContain("immutable");
  expect((await look("")).headers.get("content-type")).toBe("image/png");
  expect((await look("size=65")).status).toBe(422);
});

test("staff may read icons and change none; what is gone is not found", async () => {
  const call = await apiCaller("staff");
  const { id } = await createCategory();
  const icon = await createIcon({ categoryId: id });
  expect((await call(listIcons)).status).toBe(200);
  expect((await call(putIcon, { params: { id }, body: { icon_id: icon.id } })).status).toBe(403);
  expect((await send("staff", await makeBlotches(3), "name=a.png")).status).toBe(403);
  const gone = "00000000-0000-7000-8000-000000000000";
  expect((await call(getIcon, { params: { id: gone } })).status).toBe(404);
});
