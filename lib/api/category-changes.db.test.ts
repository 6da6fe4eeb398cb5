import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET, PATCH } from "@/app/api/categories/[id]/route";
import { POST } from "@/app/api/categories/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createCategory, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { patchCategoryEndpoint } from "./category-changes";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let manager: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  manager = await apiCaller("manager");
});

test("a script makes, renames, moves, describes, archives and merges categories, by id or by path", async () => {
  const office = await createCategory({ name: "Office" });
  await createCategory({ name: "School" });
  await createProduct({ categoryId: office.id });
  const made = await manager(POST, { body: { name: "Pens", parent_id: "office", description: "To write with" } });
  expect(made).toMatchObject({ status: 201, json: { path: "office/pens", description: "To write with", run: 1 } });
  const patch = (id: string, body: object) => manager(PATCH, { params: { id }, body });
  expect(await patch("office/pens", { name: "Biros" })).toMatchObject({ status: 200, json: { path: "office/biros" } });
  const moved = await patch("office/biros", { parent_id: "school" });
  expect(patchCategoryEndpoint.answer.json.parse(moved.json)).toMatchObject({ path: "school/biros" });
  expect(await patch("school/biros", { description: "" })).toMatchObject({ json: { description: "" } });
  expect(await patch("school/biros", { is_active: false })).toMatchObject({ json: { is_active: false } });
  expect(await patch("office", { merge_into: "school" })).toMatchObject({ json: { path: "school", product_count: 1 } });
  expect(await manager(GET, { params: { id: "office" } })).toMatchObject({ json: { path: "school" } });
  expect(await db.syncHistory.count({ where: { syncType: "category" } })).toBe(7);
});

test("what can't be is refused with its code", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  const patch = (id: string, body: object) => manager(PATCH, { params: { id }, body });
  expect(await patch(office.id, { parent_id: paper.id })).toMatchObject({ status: 409 });
  expect(await patch(office.id, { name: "Bureau", is_active: false })).toMatchObject({ status: 422 });
  expect(await patch(office.id, { name: "Bureau", version: 7 })).toMatchObject({ status: 409 });
  expect(await patch("nowhere", { name: "Bureau" })).toMatchObject({ status: 404 });
  expect(await manager(POST, { body: { name: "paper", parent_id: office.id } })).toMatchObject({ status: 409 });
  const staff = await apiCaller("staff");
  expect(await staff(POST, { body: { name: "New" } })).toMatchObject({ status: 403 });
  expect(await staff(PATCH, { params: { id: office.id }, body: { name: "New" } })).toMatchObject({ status: 403 });
  expect(await db.syncHistory.count()).toBe(0);
});
