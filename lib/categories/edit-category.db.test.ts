import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, actorOf, createCategory, createDefinition, createProduct, createUser } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { categoryCompleteness } from "./completeness";
import { type EditCategoryInput, editCategory, editCategoryInput } from "./edit-category";
import { getCategoryDetails } from "./get-category-details";

let manager = actor("manager");

beforeEach(async () => {
  await resetDatabase();
  manager = actorOf(await createUser("manager"));
});

const edit = (input: EditCategoryInput) => editCategory(manager, editCategoryInput.parse(input));
const page = (id: string) => getCategoryDetails(manager, id);
const size = { namespace: "custom", key: "size", type: "number_integer" };

test("C11 a category's description, attributes and template change as one run, and go back by its undo", async () => {
  const paper = await createCategory({ name: "Paper", description: "Sheets" });
  await createDefinition({ key: "colour", name: "Colour" });
  await createDefinition({ key: "size", name: "Size", type: "number_integer" });
  const { number, runId } = await edit({
    id: paper.id,
    description: { from: "Sheets", to: "Sheets and rolls" },
    metafields: [{ ...size, from: null, to: "210" }],
    template: { from: null, to: [{ namespace: "custom", key: "colour", isRequired: true }] },
  });
  expect(await page(paper.id)).toMatchObject({
    description: "Sheets and rolls",
    metafields: [{ field: "custom.size", label: "Size", value: "210", type: "number_integer" }],
    template: [{ key: "colour", label: "Colour", isRequired: true }],
    templateWords: "custom.colour (required)",
  });
  const lines = await db.syncChangeDetail.findMany({ where: { change: { runId: runId ?? "" } } });
  expect(JSON.stringify(lines)).toContain("metafield:custom.size");
  expect(number).toBe(1);
  await edit({
    id: paper.id,
    metafields: [{ ...size, from: "210", to: "297" }],
    template: { from: "custom.colour (required)", to: [] },
  });
  const later = await db.syncHistory.findFirstOrThrow({ where: { number: 2 } });
  expect(await undoRun(later.id)).toMatchObject({ status: "success" });
  expect(await page(paper.id)).toMatchObject({
    metafields: [{ value: "210" }],
    templateWords: "custom.colour (required)",
  });
  expect(await undoRun(runId ?? "")).toMatchObject({ status: "success" });
  expect(await page(paper.id)).toMatchObject({ description: "Sheets", metafields: [], template: [] });
});

test("a value that is none is told where it stands, and nothing is saved", async () => {
  const paper = await createCategory({ name: "Paper" });
  const refused = edit({
    id: paper.id,
    description: { from: "", to: "New" },
    metafields: [{ ...size, from: null, to: "wide" }],
    template: { from: null, to: [{ namespace: "custom", key: "nowhere", isRequired: false }] },
  });
  await expect(refused).rejects.toMatchObject({
    code: "invalid_input",
    fields: { "custom.size": expect.stringContaining("whole number"), template: expect.stringContaining("nowhere") },
  });
  expect(await page(paper.id)).toMatchObject({ description: "", metafields: [] });
});

test("the second of two who edit the same part is told, who edits another part is not", async () => {
  const paper = await createCategory({ name: "Paper" });
  const reword = (to: string) => edit({ id: paper.id, description: { from: "", to } });
  const ended = await Promise.allSettled([reword("One"), reword("Two")]);
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = ended.find((one) => one.status === "rejected");
  expect(refused).toMatchObject({ reason: { code: "conflict", details: { fields: ["description"] } } });
  await expect(edit({ id: paper.id, metafields: [{ ...size, from: null, to: "1" }] })).resolves.toBeTruthy();
});

test("staff edit no category", async () => {
  const paper = await createCategory({ name: "Paper" });
  const input = editCategoryInput.parse({ id: paper.id, description: { from: "", to: "New" } });
  await expect(editCategory(actor("staff"), input)).rejects.toMatchObject({ code: "forbidden" });
});

test("what those above ask of products is shown with who asks", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  await createDefinition({ key: "size", name: "Size" });
  await edit({ id: office.id, template: { from: null, to: [{ namespace: "custom", key: "size", isRequired: true }] } });
  expect(await page(paper.id)).toMatchObject({
    template: [],
    inherited: [{ key: "size", label: "Size", askedBy: "Office", isRequired: true }],
  });
});

test("completeness counts what is known of products as they are now, and says what is not", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  const products = await Promise.all([0, 1, 2, 3].map(() => createProduct({ categoryId: paper.id, version: 2 })));
  await createProduct({ categoryId: paper.id, status: "archived" });
  const known = [
    { version: 2, missingRequired: 0 },
    { version: 2, missingRequired: 1 },
    { version: 1, missingRequired: 0 },
  ];
  await transaction(async (tx) => {
    for (const [at, quality] of known.entries()) {
      const productId = products[at]?.id ?? "";
      await tx.productQuality.create({ data: { productId, score: 50, grade: "C", ...quality } });
    }
  });
  const found = { products: 4, known: 2, complete: 1, isSample: false };
  expect(await categoryCompleteness(manager, "office")).toEqual(found);
  expect(await categoryCompleteness(manager, "office/paper")).toEqual(found);
});
