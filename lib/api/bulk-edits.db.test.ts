import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { POST as APPROVE } from "@/app/api/bulk-edits/[id]/approve/route";
import { POST } from "@/app/api/bulk-edits/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { approveBulkEditEndpoint, postBulkEditEndpoint } from "./bulk-edits";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

afterEach(notesWritten);
beforeEach(() => resetDatabase());

const RAISE = { kind: "math", field: "price_cents", how: "percent", by: "10" };

test("a script plans a bulk edit by the names of the API, and nothing is changed before it is approved", async () => {
  const manager = await apiCaller("manager");
  await createProduct({ sku: "A", priceCents: 100, brand: "Acme" });
  await createProduct({ sku: "B", priceCents: 100 });
  const { status, json } = await manager(POST, { body: { operations: [RAISE], query: "brand=Acme" } });
  expect(status).toBe(201);
  const asked = postBulkEditEndpoint.answer.json.parse(json);
  await workOff(asked.job_id);
  expect(await getEndedRun(asked.run_id)).toMatchObject({ status: "review", updated: 1, number: asked.number });
  expect(await db.product.count({ where: { priceCents: 100 } })).toBe(2);
});

test("a script approves what it has read, once, and only a bulk edit", async () => {
  const manager = await apiCaller("manager");
  await createProduct({ sku: "A", priceCents: 100 });
  const { json } = await manager(POST, { body: { operations: [RAISE], query: "" } });
  const asked = postBulkEditEndpoint.answer.json.parse(json);
  await workOff(asked.job_id);
  const approve = (body: object, id = String(asked.number)) => manager(APPROVE, { params: { id }, body });
  const body = { shown_at: new Date().toISOString() };
  expect(await approve({})).toMatchObject({ status: 422 });
  expect(await approve({ ...body, held_reason: "No such reason" })).toMatchObject({ status: 409 });
  expect(await approve(body, "99")).toMatchObject({ status: 404 });
  const staff = await apiCaller("staff");
  expect((await staff(APPROVE, { params: { id: asked.run_id }, body })).status).toBe(403);
  const both = await Promise.all([approve(body), approve(body, asked.run_id)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const approved = both.find(({ status }) => status === 200);
  await workOff(approveBulkEditEndpoint.answer.json.parse(approved?.json).job_id);
  expect(await getEndedRun(asked.run_id)).toMatchObject({ status: "success" });
  expect(await db.product.count({ where: { priceCents: 110 } })).toBe(1);
});

test.each([
  [{ operations: [], ids: ["01900000-0000-7000-8000-000000000001"] }, "Send at least one operation."],
  [{ operations: [RAISE] }, "Send either ids or query."],
  [{ operations: [{ ...RAISE, field: "name" }], query: "" }, "Name is no number."],
  [{ operations: [{ kind: "set", field: "price_cents" }], query: "" }, "Enter the new value."],
])("%j is refused in words", async (body, words) => {
  const manager = await apiCaller("manager");
  const { status, json } = await manager(POST, { body });
  expect(status).toBe(422);
  expect(JSON.stringify(json)).toContain(words);
  expect(await db.syncHistory.count()).toBe(0);
});

test("a reader's token, and staff, plan nothing", async () => {
  const body = { operations: [RAISE], query: "" };
  expect((await (await apiCaller("staff"))(POST, { body })).status).toBe(403);
  expect((await (await apiCaller("manager", "read"))(POST, { body })).status).toBe(403);
});
