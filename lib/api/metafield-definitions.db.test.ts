import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DELETE, GET as GET_ONE, PATCH } from "@/app/api/metafield-definitions/[id]/route";
import { GET, POST } from "@/app/api/metafield-definitions/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createMetafield, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { listDefinitionsEndpoint, postDefinitionEndpoint } from "./metafield-definitions";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let manager: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  manager = await apiCaller("manager");
});

const NEW = { namespace: "custom", key: "width", name: "Width", type: "integer" };

async function made(body: object = {}) {
  const { status, json } = await manager(POST, { body: { ...NEW, ...body } });
  expect(status).toBe(201);
  return postDefinitionEndpoint.answer.json.parse(json);
}

test("a script makes, reads, changes, retypes and deletes a definition", async () => {
  const { id, ...definition } = await made({ validations: [{ name: "min", value: "1" }] });
  expect(definition).toMatchObject({ type: "number_integer", version: 1, product_count: 0, is_required: false });
  const patch = (body: object) => manager(PATCH, { params: { id }, body });
  expect(await patch({ name: "Breadth", version: 1 })).toMatchObject({
    status: 200,
    json: { name: "Breadth", validations: [{ name: "min", value: "1" }], version: 2 },
  });
  expect(await patch({ name: "Wide", version: 1 })).toMatchObject({ status: 409 });
  expect(await patch({ type: "boolean" })).toMatchObject({ json: { type: "boolean", validations: [] } });
  expect(await manager(GET_ONE, { params: { id } })).toMatchObject({ json: { name: "Breadth", version: 3 } });
  expect(await manager(DELETE, { params: { id }, query: { version: 2 } })).toMatchObject({ status: 409 });
  expect(await manager(DELETE, { params: { id } })).toMatchObject({ status: 204 });
  expect(await manager(GET_ONE, { params: { id } })).toMatchObject({ status: 404 });
});

test("the list is walked by cursors, each definition once", async () => {
  for (const [namespace, key] of [
    ["custom", "bb"],
    ["etilize", "aa"],
    ["custom", "aa"],
  ])
    await made({ namespace, key });
  const names: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { json } = await manager(GET, { query: { per_page: 1, ...(cursor && { cursor }) } });
    const page = listDefinitionsEndpoint.answer.json.parse(json);
    expect(page.total).toBe(3);
    names.push(...page.data.map((one) => `${one.namespace}.${one.key}`));
    cursor = page.next_cursor;
  }
  expect(names).toEqual(["custom.aa", "custom.bb", "etilize.aa"]);
  const second = await manager(GET, { query: { page: 2, per_page: 2, q: "" } });
  expect(listDefinitionsEndpoint.answer.json.parse(second.json).data).toMatchObject([{ namespace: "etilize" }]);
});

test("what can't be is refused with its code, and changes nothing", async () => {
  const { id } = await made();
  await createMetafield((await createProduct()).id, { namespace: "custom", key: "width", value: "3" });
  const staff = await apiCaller("staff");
  expect(await manager(DELETE, { params: { id } })).toMatchObject({
    status: 409,
    json: { error: { message: expect.stringContaining("Remove those first") } },
  });
  expect(await manager(PATCH, { params: { id }, body: { type: "boolean" } })).toMatchObject({ status: 409 });
  expect(await manager(PATCH, { params: { id }, body: { type: "boolean", name: "x" } })).toMatchObject({ status: 422 });
  expect(await manager(PATCH, { params: { id }, body: {} })).toMatchObject({ status: 422 });
  expect(await manager(POST, { body: { ...NEW } })).toMatchObject({ status: 409 });
  expect(await manager(POST, { body: { ...NEW, key: "x", type: "no_such" } })).toMatchObject({ status: 422 });
  expect(await staff(POST, { body: { ...NEW, key: "x" } })).toMatchObject({ status: 403 });
  expect(await staff(PATCH, { params: { id }, body: { name: "x" } })).toMatchObject({ status: 403 });
  expect(await staff(DELETE, { params: { id } })).toMatchObject({ status: 403 });
  expect(await db.metafieldDefinition.findMany()).toMatchObject([{ name: "Width", version: 1 }]);
});
