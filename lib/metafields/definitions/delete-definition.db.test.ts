import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { approveRun } from "@/lib/sync/mutations";
import {
  actor,
  createCategory,
  createMetafield,
  createProduct,
  createDefinition as stored,
} from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { deleteDefinition, previewDeletion, requestValueRemoval } from "./delete-definition";
import { restoreDefinition } from "./restore-definition";

beforeEach(() => resetDatabase());
const manager = actor("manager");
const colour = { namespace: "custom", key: "colour" };
const heldBy = async (productId: string) =>
  (await db.productMetafield.findFirst({ where: { productId, ...colour } }))?.value;

async function removeValues(id: string, confirmation?: string) {
  const planned = await requestValueRemoval(manager, { id, confirmation });
  await workOff(planned.jobId);
  const { jobId } = await approveRun(manager, { runId: planned.runId });
  await workOff(jobId);
  return getEndedRun(planned.runId);
}

test("staff delete no definition", async () => {
  const { id } = await stored(colour);
  const staff = actor("staff");
  const forbidden = { code: "forbidden" };
  await expect(previewDeletion(staff, { id })).rejects.toMatchObject(forbidden);
  await expect(deleteDefinition(staff, { id, version: 1 })).rejects.toMatchObject(forbidden);
  await expect(requestValueRemoval(staff, { id })).rejects.toMatchObject(forbidden);
  await expect(restoreDefinition(staff, { id })).rejects.toMatchObject(forbidden);
});

test("one that nothing carries goes once, with the templates that ask for it, and comes back whole", async () => {
  const { id } = await stored({ ...colour, externalKey: "etilize:7", validations: [{ name: "max", value: "9" }] });
  const pens = await createCategory({ name: "Pens" });
  await transaction((tx) =>
    tx.categoryTemplateEntry.create({ data: { categoryId: pens.id, definitionId: id, isRequired: true } }),
  );
  expect(await previewDeletion(manager, { id })).toMatchObject({ values: 0, templates: 1, isFromFeed: true });
  const both = await Promise.allSettled([
    deleteDefinition(manager, { id, version: 1 }),
    deleteDefinition(actor("manager"), { id, version: 1 }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await db.metafieldDefinition.count()).toBe(0);
  await restoreDefinition(manager, { id });
  expect(await db.metafieldDefinition.findUnique({ where: { id }, include: { templates: true } })).toMatchObject({
    ...colour,
    externalKey: "etilize:7",
    validations: [{ name: "max", value: "9" }],
    version: 2,
    templates: [{ categoryId: pens.id, isRequired: true }],
  });
  await expect(restoreDefinition(manager, { id })).rejects.toMatchObject({ code: "conflict" });
  await expect(deleteDefinition(manager, { id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
});

test("one that products carry is refused until a run has removed its values; undoing the run brings both back", async () => {
  const { id } = await stored(colour);
  const [pen, old] = [await createProduct(), await createProduct({ status: "archived" })];
  await createMetafield(pen.id, { ...colour, value: "Blue" });
  await createMetafield(old.id, { ...colour, value: "Red" });
  await expect(deleteDefinition(manager, { id, version: 1 })).rejects.toThrow("Remove those first");
  const run = await removeValues(id);
  expect(run).toMatchObject({ status: "success", updated: 2 });
  expect([await heldBy(pen.id), await heldBy(old.id)]).toEqual([undefined, undefined]);
  await deleteDefinition(manager, { id, version: 1 });
  await undoRun(run.id);
  expect([await heldBy(pen.id), await heldBy(old.id)]).toEqual(["Blue", "Red"]);
  expect(await db.metafieldDefinition.findUnique({ where: { id } })).toMatchObject(colour);
});

test("from fifty values on their removal is typed", async () => {
  const { id } = await stored(colour);
  for (let n = 0; n < 50; n++) await createMetafield((await createProduct()).id, { ...colour, value: "Blue" });
  expect(await previewDeletion(manager, { id })).toMatchObject({ values: 50, confirmation: "remove 50 values" });
  await expect(requestValueRemoval(manager, { id })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await removeValues(id, "Remove 50  values")).toMatchObject({ status: "success", updated: 50 });
});
