import { beforeEach, expect, test } from "vitest";
import { listCategoryHistory } from "@/lib/catalog/product-history";
import { db } from "@/lib/db/client";
import { actor, actorOf, createCategory, createDefinition, createUser } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import type { CategoryOperation } from "./category-operation";
import { changeCategory } from "./change-category";
import { type EditCategoryInput, editCategory, editCategoryInput } from "./edit-category";
import { previewRestoredVersion, restoreVersion } from "./restore-version";

let manager = actor("manager");

beforeEach(async () => {
  await resetDatabase();
  manager = actorOf(await createUser("manager"));
});

const change = (operation: CategoryOperation) => changeCategory(manager, { operation });
const edit = (input: EditCategoryInput) => editCategory(manager, editCategoryInput.parse(input));
/** The changes of its history, oldest first. */
const changesOf = async (id: string) =>
  (await listCategoryHistory(manager, id)).events.map((event) => Number(event.id.slice("change-".length))).reverse();
const size = { namespace: "custom", key: "size", type: "number_integer" };

test("C29 C30 a category becomes what it was behind a change, whole or in chosen fields, as a run that can be undone", async () => {
  await createDefinition({ key: "colour" });
  const [office, school] = [await createCategory({ name: "Office" }), await createCategory({ name: "School" })];
  const { id } = await createCategory({ name: "Paper", description: "Sheets" }, office);
  await edit({ id, metafields: [{ ...size, from: null, to: "210" }] });
  await change({ kind: "rename", id, name: "Papers" });
  await change({ kind: "move", id, parentId: school.id });
  await edit({
    id,
    description: { from: "Sheets", to: "Rolls" },
    metafields: [{ ...size, from: "210", to: "297" }],
    template: { from: null, to: [{ namespace: "custom", key: "colour", isRequired: true }] },
  });
  await change({ kind: "archive", id });
  const [first = 0, second = 0] = await changesOf(id);
  const { version, lines } = await previewRestoredVersion(manager, { id, change: first });
  expect(Object.fromEntries(lines.map(({ field, past }) => [field, past]))).toEqual({
    name: "Paper",
    slug: "paper",
    parent: "Office",
    description: "Sheets",
    "metafield:custom.size": "210",
    template: null,
    isActive: "Yes",
  });
  expect(lines.every(({ refused }) => refused === null)).toBe(true);
  const whole = await restoreVersion(manager, { id, change: first, version, fields: lines.map(({ field }) => field) });
  const row = () =>
    db.category.findUniqueOrThrow({ where: { id }, include: { metafields: true, template: true, parent: true } });
  expect(await row()).toMatchObject({
    path: "office/paper",
    description: "Sheets",
    isActive: true,
    metafields: [{ value: "210" }],
    template: [],
  });
  await undoRun(whole.runId);
  expect(await row()).toMatchObject({ path: "school/papers", description: "Rolls", isActive: false });
  expect((await row()).template).toHaveLength(1);
  const again = await previewRestoredVersion(manager, { id, change: second });
  await restoreVersion(manager, { id, change: second, version: again.version, fields: ["description"] });
  expect(await row()).toMatchObject({ path: "school/papers", description: "Sheets", isActive: false });
});

test("what the tree does not allow any more is said beforehand and refused", async () => {
  const office = await createCategory({ name: "Office" });
  const { id } = await createCategory({ name: "Paper" }, office);
  await change({ kind: "rename", id, name: "Papers" });
  await change({ kind: "rename", id, name: "Paperware" });
  await createCategory({ name: "Papers" }, office);
  const [first = 0] = await changesOf(id);
  const { version, lines } = await previewRestoredVersion(manager, { id, change: first });
  expect(lines.find(({ field }) => field === "name")?.refused).toContain("“Papers” stands there already");
  await expect(restoreVersion(manager, { id, change: first, version, fields: ["name"] })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("staff restore nothing, and of two at once the second is told", async () => {
  const { id } = await createCategory({ name: "Paper" });
  await change({ kind: "rename", id, name: "Papers" });
  await change({ kind: "rename", id, name: "Paperware" });
  const [first = 0] = await changesOf(id);
  const staff = actor("staff");
  await expect(previewRestoredVersion(staff, { id, change: first })).rejects.toMatchObject({ code: "forbidden" });
  const { version } = await previewRestoredVersion(manager, { id, change: first });
  const input = { id, change: first, version, fields: ["name", "slug"] };
  await expect(restoreVersion(staff, input)).rejects.toMatchObject({ code: "forbidden" });
  const both = await Promise.allSettled([restoreVersion(manager, input), restoreVersion(manager, input)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.category.findUnique({ where: { id } })).toMatchObject({ name: "Papers", path: "papers" });
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});
