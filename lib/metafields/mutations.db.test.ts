import { beforeEach, describe, expect, test } from "vitest";
import { updateProductInput } from "@/lib/catalog/product-changes";
import { releaseMetafield } from "@/lib/catalog/release-value";
import { updateProduct } from "@/lib/catalog/update-product";
import { db } from "@/lib/db/client";
import { actor, createDefinition, createMetafield, createProduct, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { deleteMetafield, setMetafield } from "./mutations";

const manager = actor("manager");
const colour = { namespace: "custom", key: "colour" };

beforeEach(resetDatabase);

function stored(productId: string, key = "colour") {
  return db.productMetafield.findUnique({
    where: { productId_namespace_key: { productId, namespace: "custom", key } },
    select: { value: true, type: true, numberValue: true, kept: true, feedValue: true, source: true },
  });
}

async function withColour(value = "Red", data = {}) {
  const product = await createProduct();
  await createDefinition(colour);
  await createMetafield(product.id, { ...colour, value, ...data });
  return product.id;
}

test("staff can neither set, remove nor give back", async () => {
  const productId = await withColour();
  const staff = actor("staff");
  await expect(setMetafield(staff, { productId, ...colour, from: "Red", to: "Blue" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(deleteMetafield(staff, { productId, ...colour, from: "Red" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(releaseMetafield(staff, { productId, ...colour })).rejects.toMatchObject({ code: "forbidden" });
  expect(await stored(productId)).toMatchObject({ value: "Red" });
});

describe("a new metafield", () => {
  test("brings its definition, whose type is fixed from then on", async () => {
    const { id: productId } = await createProduct();
    await setMetafield(manager, {
      productId,
      namespace: "custom",
      key: "page_yield",
      type: "integer",
      from: null,
      to: "2,000",
    });
    expect(await stored(productId, "page_yield")).toMatchObject({
      value: "2000",
      type: "number_integer",
      numberValue: 2000,
    });
    expect(await db.metafieldDefinition.findFirst()).toMatchObject({ name: "Page yield", type: "number_integer" });
    const other = await createProduct();
    const retyped = setMetafield(manager, {
      productId: other.id,
      namespace: "custom",
      key: "page_yield",
      type: "json",
      from: null,
      to: "{}",
    });
    await expect(retyped).rejects.toMatchObject({
      code: "invalid_input",
      fields: {
        "metafield:custom.page_yield": "custom.page_yield has the type number_integer, which can't be changed.",
      },
    });
  });

  test.each([
    [{ namespace: "custom", key: "x", type: "json" }, "key: Use 2 to 64"],
    [{ namespace: "a b c", key: "size", type: "json" }, "namespace: Use 3 to 255"],
    [{ namespace: "custom", key: "size" }, "Choose a type"],
    [{ namespace: "custom", key: "size", type: "order_reference" }, "order_reference is not a metafield type"],
  ])("is refused as %j", async (name, words) => {
    const { id: productId } = await createProduct();
    const field = `metafield:${name.namespace}.${name.key}`;
    await expect(setMetafield(manager, { productId, ...name, from: null, to: "{}" })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.stringContaining(words) },
    });
    expect(await db.metafieldDefinition.count()).toBe(0);
  });
});

test.each([
  ["number_integer", "12.5"],
  ["number_decimal", "twelve"],
  ["boolean", "maybe"],
  ["date", "2026-02-30"],
  ["date_time", "noon"],
  ["url", "javascript:alert(1)"],
  ["color", "blue"],
  ["json", "{"],
  ["money", "12"],
  ["rating", "9 of 1 to 5"],
  ["dimension", "3 kg"],
  ["weight", "3 cm"],
  ["volume", "3"],
  ["single_line_text_field", "a\nb"],
  ["list.number_integer", "1\ntwo"],
])("the server refuses %s %j", async (type, to) => {
  const { id: productId } = await createProduct();
  await createDefinition({ namespace: "custom", key: "it", type });
  const refused = setMetafield(manager, { productId, namespace: "custom", key: "it", from: null, to });
  await expect(refused).rejects.toMatchObject({
    code: "invalid_input",
    fields: { "metafield:custom.it": expect.any(String) },
  });
  expect(await db.productMetafield.count()).toBe(0);
});

test("the definition's validations hold at the server", async () => {
  const { id: productId } = await createProduct();
  await createDefinition({ ...colour, validations: [{ name: "choices", value: '["Red","Blue"]' }] });
  await expect(setMetafield(manager, { productId, ...colour, from: null, to: "Green" })).rejects.toMatchObject({
    fields: { "metafield:custom.colour": "Choose one of Red, Blue." },
  });
});

describe("two managers", () => {
  test("who edit different metafields and fields of one product all land", async () => {
    const productId = await withColour();
    await createDefinition({ namespace: "custom", key: "size" });
    await Promise.all([
      setMetafield(manager, { productId, ...colour, from: "Red", to: "Blue" }),
      setMetafield(manager, { productId, namespace: "custom", key: "size", from: null, to: "Large" }),
      updateProduct(
        manager,
        updateProductInput.parse({ id: productId, changes: { brand: { from: null, to: "Acme" } } }),
      ),
    ]);
    expect(await stored(productId)).toMatchObject({ value: "Blue" });
    expect(await stored(productId, "size")).toMatchObject({ value: "Large" });
    expect(await db.product.findUniqueOrThrow({ where: { id: productId } })).toMatchObject({
      brand: "Acme",
      version: 4,
    });
  });

  test("who edit the same metafield: the second sees both values", async () => {
    const productId = await withColour();
    await setMetafield(manager, { productId, ...colour, from: "Red", to: "Blue" });
    await expect(setMetafield(manager, { productId, ...colour, from: "Red", to: "Green" })).rejects.toMatchObject({
      code: "conflict",
      details: { conflicts: [{ field: "metafield:custom.colour", yours: "Green", theirs: "Blue", from: "Red" }] },
    });
    await expect(deleteMetafield(manager, { productId, ...colour, from: "Red" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("R56: 200 races for one metafield have one winner each, and no update is lost", async () => {
    const productId = await withColour("start");
    let from = "start";
    for (let round = 0; round < 200; round++) {
      const rivals = [`a${round}`, `b${round}`];
      const results = await Promise.allSettled(
        rivals.map((to) => setMetafield(manager, { productId, ...colour, from, to })),
      );
      const winners = rivals.filter((_, at) => results[at]?.status === "fulfilled");
      const loser = results.find((result) => result.status === "rejected");
      expect(winners).toHaveLength(1);
      const [winner = ""] = winners;
      const other = rivals.find((to) => to !== winner);
      expect(loser?.reason).toMatchObject({
        code: "conflict",
        details: { conflicts: [{ yours: other, theirs: winner, from }] },
      });
      from = winner;
    }
    expect(await stored(productId)).toMatchObject({ value: from });
    expect(await db.product.findUniqueOrThrow({ where: { id: productId } })).toMatchObject({ version: 201 });
    expect(await db.auditEntry.count()).toBe(200);
  });
});

describe("a feed's metafield", () => {
  async function fromFeed() {
    const run = await createRun();
    const product = await createProduct({ createdByRunId: run.id });
    await createDefinition(colour);
    await createMetafield(product.id, { ...colour, value: "Red" });
    return product.id;
  }
  const sources = async (id: string) =>
    (await db.product.findUniqueOrThrow({ where: { id }, select: { fieldSources: true } })).fieldSources;

  test("is kept aside when a person edits it, and comes back on release", async () => {
    const productId = await fromFeed();
    await setMetafield(manager, { productId, ...colour, from: "Red", to: "Blue" });
    expect(await stored(productId)).toMatchObject({
      value: "Blue",
      kept: true,
      feedValue: "Red",
      source: { by: "person" },
    });
    await releaseMetafield(manager, { productId, ...colour });
    expect(await stored(productId)).toMatchObject({ value: "Red", kept: false, feedValue: null, source: null });
    expect(await db.auditEntry.findMany({ orderBy: { id: "asc" } })).toMatchObject([
      { action: "product.update" },
      {
        action: "product.release",
        before: { "metafield:custom.colour": "Blue" },
        after: { "metafield:custom.colour": "Red" },
      },
    ]);
  });

  test("once removed stays away, remembered, until it is put back as it was", async () => {
    const productId = await fromFeed();
    await deleteMetafield(manager, { productId, ...colour, from: "Red" });
    expect(await stored(productId)).toBeNull();
    expect(await sources(productId)).toMatchObject({ "metafield:custom.colour": { kept: true, feedValue: "Red" } });
    await setMetafield(manager, { productId, ...colour, from: null, to: "Red" });
    expect(await stored(productId)).toMatchObject({ value: "Red", kept: false, source: null });
    expect(await sources(productId)).toEqual({});
  });

  test("once removed comes back on release too", async () => {
    const productId = await fromFeed();
    await deleteMetafield(manager, { productId, ...colour, from: "Red" });
    await releaseMetafield(manager, { productId, ...colour });
    expect(await stored(productId)).toMatchObject({ value: "Red", kept: false });
    expect(await sources(productId)).toEqual({});
  });
});
