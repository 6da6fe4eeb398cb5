import { beforeEach, describe, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { runWorker } from "@/lib/jobs/worker";
import { newId } from "@/lib/sync/new-id";
import {
  actor,
  createCategory,
  createMetafield,
  createProduct,
  createDefinition as stored,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getTemplate } from "../get-template";
import { newDefinitionInput } from "./definition-input";
import { createDefinition, orderPinned, retypeDefinition, updateDefinition } from "./mutations";
import { getValueCheck, previewDefinition } from "./preview-definition";
import { definitionList, getDefinition, listRegistry } from "./queries";

beforeEach(resetDatabase);
const manager = actor("manager");
const facts = { name: "Colour", description: "", validations: [], isRequired: false };
const colour = (data: object = {}) =>
  newDefinitionInput.parse({ ...facts, namespace: "custom", key: "colour", type: "string", ...data });
const choices = (...values: string[]) => [{ name: "choices", value: JSON.stringify(values) }];

test("staff read the registry and change nothing", async () => {
  const { id } = await stored();
  const staff = actor("staff");
  expect((await listRegistry(staff, definitionList.parse({}))).rows).toHaveLength(1);
  const forbidden = { code: "forbidden" };
  await expect(createDefinition(staff, colour())).rejects.toMatchObject(forbidden);
  await expect(updateDefinition(staff, { id, version: 1, ...facts })).rejects.toMatchObject(forbidden);
  await expect(retypeDefinition(staff, { id, version: 1, type: "json" })).rejects.toMatchObject(forbidden);
  await expect(orderPinned(staff, { from: [], to: [id] })).rejects.toMatchObject(forbidden);
  await expect(previewDefinition(staff, { id, validations: [] })).rejects.toMatchObject(forbidden);
});

describe("a definition", () => {
  test("is made once, by an older type name too", async () => {
    const { id } = await createDefinition(manager, colour());
    expect(await getDefinition(manager, id)).toMatchObject({
      type: "single_line_text_field",
      uses: 0,
      version: 1,
      history: [{ doing: "made", who: "Test manager" }],
    });
    const both = await Promise.allSettled([
      createDefinition(manager, colour({ key: "size" })),
      createDefinition(manager, colour({ key: "size" })),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(createDefinition(manager, colour())).rejects.toMatchObject({
      code: "conflict",
      fields: { key: "custom.colour exists already. Open it from the list." },
    });
  });

  test("changed by two at once keeps the first's change, and the second is told", async () => {
    const { id } = await createDefinition(manager, colour());
    await updateDefinition(manager, { ...facts, id, version: 1, isRequired: true });
    await expect(updateDefinition(manager, { ...facts, id, version: 1, name: "Shade" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Somebody changed this definition meanwhile"),
    });
    expect(await getDefinition(manager, id)).toMatchObject({ name: "Colour", isRequired: true, version: 2 });
  });

  test("can be put back from its history", async () => {
    const { id } = await createDefinition(manager, colour({ validations: choices("Red") }));
    await updateDefinition(manager, { ...facts, id, version: 1, name: "Shade", validations: choices("Red", "Blue") });
    const changed = await getDefinition(manager, id);
    const before = changed?.history[0]?.before;
    expect(before).toEqual({ name: "Colour", validations: choices("Red") });
    const { name = "", validations = [] } = before ?? {};
    await updateDefinition(manager, { ...facts, id, version: 2, name, validations });
    expect(await getDefinition(manager, id)).toMatchObject({
      name: "Colour",
      rules: { choices: '["Red"]' },
      version: 3,
    });
  });

  test("tells the quality of products when what is required changes, and only then", async () => {
    const version = async () =>
      (await db.catalogueVersion.findUniqueOrThrow({ where: { name: "categories" } })).version;
    const { id } = await createDefinition(manager, colour());
    const before = await version();
    await updateDefinition(manager, { ...facts, id, version: 1, name: "Shade" });
    expect(await version()).toBe(before);
    await updateDefinition(manager, { ...facts, id, version: 2, name: "Shade", isRequired: true });
    expect(await version()).toBe(before + 1);
  });

  test.each([
    [[{ name: "regex", value: "(a" }], "regex"],
    [[{ name: "regex", value: "(?=a)" }], "regex"],
    [[{ name: "min", value: "x" }], "min"],
    [
      [
        { name: "min", value: "9" },
        { name: "max", value: "3" },
      ],
      "max",
    ],
    [[{ name: "choices", value: "Red" }], "choices"],
    [[{ name: "scale_min", value: "1" }], "scale_min"],
  ])("refuses the validations %j", async (validations, field) => {
    const { id } = await createDefinition(manager, colour());
    await expect(updateDefinition(manager, { ...facts, id, version: 1, validations })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) },
    });
  });

  test("keeps its type once a product has a value", async () => {
    const { id } = await createDefinition(manager, colour());
    await retypeDefinition(manager, { id, version: 1, type: "color" });
    const product = await createProduct();
    await createMetafield(product.id, { namespace: "custom", key: "colour", value: "#ff0000", type: "color" });
    await expect(retypeDefinition(manager, { id, version: 2, type: "json" })).rejects.toMatchObject({
      code: "conflict",
      message: "Products have values of it: its type can't be changed any more.",
    });
    expect(await getDefinition(manager, id)).toMatchObject({ type: "color", uses: 1 });
  });
});

describe("a preview", () => {
  test("counts the values that fit now and would not any more, with their products", async () => {
    const { id } = await createDefinition(manager, colour({ validations: [{ name: "max", value: "6" }] }));
    for (const value of ["Red", "Blue", "Green", "Turquoise"]) {
      const product = await createProduct({ sku: value, name: `${value} pen` });
      await createMetafield(product.id, { namespace: "custom", key: "colour", value });
    }
    const preview = await previewDefinition(manager, { id, validations: choices("Red", "Blue") });
    expect(preview).toEqual({
      check: {
        checked: 4,
        breaking: 1,
        first: [
          expect.objectContaining({
            sku: "Green",
            name: "Green pen",
            value: "Green",
            error: "Choose one of Red, Blue.",
          }),
        ],
      },
    });
    expect(await getDefinition(manager, id)).toMatchObject({ rules: { max: "6" } });
  });
});

test("many values are checked by a job, whose answer is the same", async () => {
  const { id } = await createDefinition(manager, colour());
  const products = Array.from({ length: 10_001 }, (_, n) => ({
    id: newId(),
    sku: `S-${n}`,
    name: `N ${n}`,
    nameKey: `n ${n}`,
  }));
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  await transaction(async (tx) => {
    await insertRows(
      tx,
      "Product",
      products.map((product) => ({ ...product, ...times })),
    );
    const values = products.map((product, n) => ({
      ...{ productId: product.id, namespace: "custom", key: "colour", type: "single_line_text_field" },
      ...{ value: n % 100 === 0 ? "Green" : "Red", ...times },
    }));
    await insertRows(tx, "ProductMetafield", values);
  });
  const preview = await previewDefinition(manager, { id, validations: choices("Red") });
  if (!("jobId" in preview)) throw new Error("It was checked at once.");
  expect(await getValueCheck(manager, preview)).toEqual({ done: 0 });
  await expect(getValueCheck(actor("staff"), preview)).rejects.toMatchObject({ code: "forbidden" });
  await runWorker({ signal: new AbortController().signal, only: preview.jobId });
  const found = await getValueCheck(manager, preview);
  expect(found).toMatchObject({ check: { checked: 10_001, breaking: 101 } });
  expect("check" in found && found.check.first).toHaveLength(50);
});

test("what a new product is asked for comes from its category, those above it and the registry", async () => {
  const above = await createCategory({ name: "Office" });
  const category = await createCategory({ name: "Pens" }, above);
  const [ink, size] = [await stored({ key: "ink" }), await stored({ key: "size" })];
  await stored({ key: "origin", isRequired: true });
  await transaction(async (tx) => {
    await tx.categoryTemplateEntry.create({ data: { categoryId: above.id, definitionId: size.id } });
    await tx.categoryTemplateEntry.create({
      data: { categoryId: category.id, definitionId: ink.id, isRequired: true },
    });
  });
  const asked = await getTemplate(manager, { categoryId: category.id });
  expect(asked.map(({ key, isRequired, askedBy }) => [key, isRequired, askedBy])).toEqual([
    ["size", false, "Office"],
    ["ink", true, "Pens"],
    ["origin", true, null],
  ]);
  expect(await getTemplate(manager, { categoryId: null })).toMatchObject([{ key: "origin" }]);
});

describe("the registry", () => {
  test("pages by namespace and key, and counts the products that use each", async () => {
    for (let n = 0; n < 53; n++) await stored({ key: `k${String(n).padStart(2, "0")}` });
    const product = await createProduct();
    await createMetafield(product.id, { namespace: "custom", key: "k00" });
    const first = await listRegistry(manager, definitionList.parse({}));
    expect(first).toMatchObject({ total: 53, next: "custom.k49" });
    expect(first.rows[0]).toMatchObject({ key: "k00", uses: 1 });
    const second = await listRegistry(manager, definitionList.parse({ after: first.next }));
    expect(second.rows.map(({ key }) => key)).toEqual(["k50", "k51", "k52"]);
    expect(second.next).toBeNull();
    const back = await listRegistry(manager, definitionList.parse({ before: second.previous }));
    expect(back).toMatchObject({ previous: null, next: "custom.k49" });
    expect(back.rows.map(({ key }) => key)).toEqual(first.rows.map(({ key }) => key));
    expect((await listRegistry(manager, definitionList.parse({ q: "K1", show: "required" }))).total).toBe(0);
  });

  test("keeps the pinned ones in their order; the second of two who reorder is told", async () => {
    const [a, b, c] = [await stored(), await stored(), await stored()].map(({ id }) => id) as [string, string, string];
    await orderPinned(manager, { from: [], to: [b, a] });
    await orderPinned(manager, { from: [b, a], to: [a, c, b] });
    await expect(orderPinned(manager, { from: [b, a], to: [b] })).rejects.toMatchObject({ code: "conflict" });
    const pinned = await listRegistry(manager, definitionList.parse({ show: "pinned" }));
    expect(pinned.rows.map(({ id }) => id)).toEqual([a, c, b]);
    await orderPinned(manager, { from: [a, c, b], to: [c] });
    expect((await listRegistry(manager, definitionList.parse({ show: "pinned" }))).rows).toHaveLength(1);
  });

  test("says in how many templates one stands", async () => {
    const { id: definitionId } = await stored();
    const category = await createCategory({ name: "Pens" });
    await transaction((tx) =>
      tx.categoryTemplateEntry.create({ data: { categoryId: category.id, definitionId, isRequired: true } }),
    );
    expect((await listRegistry(manager, definitionList.parse({ show: "required" }))).rows).toMatchObject([
      { templates: 1 },
    ]);
    expect(await getDefinition(manager, definitionId)).toMatchObject({
      templates: [{ isRequired: true, category: { name: "Pens" } }],
    });
  });
});
