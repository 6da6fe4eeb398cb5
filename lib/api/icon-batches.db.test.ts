import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET } from "@/app/api/icon-batches/[id]/route";
import { POST } from "@/app/api/icon-batches/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createCategory } from "@/lib/testing/factories";
import { freshTree } from "@/lib/testing/make-icons";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { getIconBatchEndpoint, postIconBatchEndpoint } from "./icon-batches";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

afterEach(notesWritten);
beforeEach(() => resetDatabase());

test("a script has icons made below a category, and reads how far the batch is", async () => {
  const manager = await apiCaller("manager");
  const top = await createCategory({ name: "Office" });
  await createCategory({ name: "Pens" }, top);
  await createCategory({ name: "Toys" });
  await freshTree();
  const { status, json } = await manager(POST, { body: { below: top.id, all: true, style: "flat", variations: 2 } });
  expect(status).toBe(201);
  const asked = postIconBatchEndpoint.answer.json.parse(json);
  expect(asked).toMatchObject({ number: 1, pictures: 4, from_cache: 0, cost_micros: 0 });
  const read = async (query = {}) => {
    const answer = await manager(GET, { params: { id: asked.id }, query });
    return getIconBatchEndpoint.answer.json.parse(answer.json);
  };
  expect(await read()).toMatchObject({ waiting: 4, succeeded: 0, next_cursor: null });
  await workOff(asked.job_id);
  const done = await read({ show: "succeeded" });
  expect(done).toMatchObject({ waiting: 0, succeeded: 4, provider: "built-in", style: "flat", job_id: asked.job_id });
  expect(done.data.map(({ category, variation }) => [category, variation])).toEqual([
    ["Office", 1],
    ["Office", 2],
    ["Office > Pens", 1],
    ["Office > Pens", 2],
  ]);
  expect(done.data.every(({ icon_id }) => icon_id !== null)).toBe(true);
  expect((await read({ show: "failed" })).data).toEqual([]);
});

test("what can't be made is refused, and who may not ask makes nothing", async () => {
  const [manager, staff, reader] = [
    await apiCaller("manager"),
    await apiCaller("staff"),
    await apiCaller("manager", "read"),
  ];
  const { id } = await createCategory({ name: "Pens" });
  await freshTree();
  const body = { category_ids: [id] };
  expect(await staff(POST, { body })).toMatchObject({ status: 403 });
  expect(await reader(POST, { body })).toMatchObject({ status: 403 });
  expect(await manager(POST, { body: { ...body, below: id } })).toMatchObject({ status: 422 });
  expect(await manager(POST, { body: { all: true } })).toMatchObject({ status: 422 });
  expect(await manager(POST, { body: { ...body, size: 5_000 } })).toMatchObject({
    status: 422,
    json: { error: { fields: { size: "At most 1,024 pixels." } } },
  });
  expect(await manager(POST, { body: { ...body, color: "nice" } })).toMatchObject({ status: 422 });
  expect(await manager(POST, { body: { ...body, provider: "endpoint" } })).toMatchObject({ status: 409 });
  const unknown = "0198c5a0-0000-7000-8000-000000000000";
  expect(await manager(POST, { body: { category_ids: [unknown] } })).toMatchObject({ status: 404 });
  expect(await staff(GET, { params: { id: unknown } })).toMatchObject({ status: 404 });
  expect(await db.iconBatch.count()).toBe(0);
});
