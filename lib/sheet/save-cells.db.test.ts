import { beforeEach, expect, test } from "vitest";
import { listProductHistory } from "@/lib/catalog/product-history";
import { updateProduct } from "@/lib/catalog/update-product";
import { db } from "@/lib/db/client";
import { announceChanges } from "@/lib/testing/api";
import { actor, actorOf, createCategory, createDefinition, createProduct, createUser } from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { saveCells } from "./save-cells";
import type { CellEdit } from "./sheet-input";

const manager = actor("manager");

beforeEach(resetDatabase);

/** How the feed's list of one colour is stored. */
const BLUE = '["Blue"]';

const cell = (id: string, column: CellEdit["column"], from: CellEdit["from"], typed: string): CellEdit => ({
  ...{ id, column, from, typed },
});

const read = (id: string) => db.product.findUniqueOrThrow({ where: { id }, include: { metafields: true } });

test("C40 cells of many products are saved together, each with its source, its history and the search", async () => {
  const mira = await createUser("manager");
  const pens = await createCategory({ name: "Pens" }, await createCategory({ name: "Office" }));
  const [first, second] = [await createProduct({ name: "Mug", priceCents: 100 }), await createProduct({ name: "Cup" })];
  await createDefinition({ key: "grip", name: "Grip" });
  await createDefinition({ key: "length", type: "number_integer" });
  await announceChanges();
  const outcomes = await saveCells(actorOf(mira), {
    cells: [
      cell(first.id, "name", "Mug", "Éclair mug"),
      cell(first.id, "price", 100, "1,250.50"),
      cell(first.id, "category", null, "office > pens"),
      cell(second.id, "m.custom.grip", null, "Soft"),
      cell(second.id, "m.custom.length", null, "12"),
      cell(second.id, "stock", null, "0"),
    ],
  });
  expect(outcomes).toEqual(
    ["Éclair mug", 125_050, pens.id, "Soft", "12", 0].map((value) => ({ outcome: "saved", value })),
  );
  expect(await read(first.id)).toMatchObject({
    ...{ name: "Éclair mug", nameKey: "eclair mug", priceCents: 125_050, categoryId: pens.id, version: 2 },
    fieldSources: { priceCents: { by: "person", id: mira.id }, category: { by: "person" } },
  });
  const written = await read(second.id);
  expect(written).toMatchObject({ inventoryQuantity: 0, stockStatus: "out_of_stock" });
  expect(written.metafields.toSorted((a, b) => a.displayOrder - b.displayOrder)).toMatchObject([
    { key: "grip", value: "Soft", displayOrder: 1, source: { by: "person", id: mira.id } },
    { key: "length", value: "12", numberValue: 12, displayOrder: 2 },
  ]);
  const found = await db.productSearch.findUniqueOrThrow({ where: { productId: first.id } });
  expect(found.title).toContain("eclair mug");
  const audit = await db.auditEntry.findMany({ where: { entityId: first.id } });
  expect(audit).toMatchObject([{ action: "product.update", after: { category: "Pens", priceCents: 125_050 } }]);
  expect((await listProductHistory(manager, first.id, undefined)).events).not.toHaveLength(0);
  expect(await db.catalogueVersion.findUniqueOrThrow({ where: { name: "products" } })).toMatchObject({
    version: expect.toSatisfy((version: number) => version % 1_000 === 1),
  });
});

test("R56 two people's edits of different fields both land, of the same field the second is told both values", async () => {
  const { id } = await createProduct({ name: "Mug", brand: "Acme", priceCents: 100 });
  const [mine, theirs] = await Promise.all([
    saveCells(manager, { cells: [cell(id, "brand", "Acme", "Halden")] }),
    saveCells(actor("admin"), { cells: [cell(id, "price", 100, "2")] }),
  ]);
  expect([mine, theirs]).toMatchObject([[{ outcome: "saved" }], [{ outcome: "saved" }]]);
  expect(await read(id)).toMatchObject({ brand: "Halden", priceCents: 200, version: 3 });
  const second = await saveCells(manager, {
    cells: [cell(id, "price", 100, "3"), cell(id, "name", "Mug", "Blue mug")],
  });
  expect(second).toEqual([
    { outcome: "conflict", theirs: 200, mine: 300 },
    { outcome: "saved", value: "Blue mug" },
  ]);
  expect(await read(id)).toMatchObject({ name: "Blue mug", priceCents: 200 });
});

test("R56 of two people who save the same cell at once exactly one is told", async () => {
  const { id } = await createProduct({ priceCents: 100 });
  const answers = await Promise.all(
    ["2", "3"].map((typed) => saveCells(manager, { cells: [cell(id, "price", 100, typed)] })),
  );
  expect(
    answers
      .flat()
      .map(({ outcome }) => outcome)
      .toSorted(),
  ).toEqual(["conflict", "saved"]);
});

test("what does not fit is told by cell and keeps nothing else from being saved", async () => {
  const { id } = await createProduct({ name: "Mug", priceCents: 100 });
  const other = await createCategory({ name: "Pens", slug: "pens-a" });
  await createCategory({ name: "Pens", slug: "pens-b" });
  await announceChanges();
  await createDefinition({ key: "size", type: "number_integer", validations: [{ name: "max", value: "9" }] });
  const outcomes = await saveCells(manager, {
    cells: [
      cell(id, "price", 100, "cheap"),
      cell(id, "name", "Mug", " "),
      cell(id, "category", null, "Pens"),
      cell(id, "m.custom.size", null, "10"),
      cell(id, "m.custom.nobody", null, "x"),
      cell(id, "sku", "SKU", "OTHER"),
      cell(id, "status", "active", "sold"),
      cell("0198f0a0-0000-7000-8000-000000000000", "brand", null, "Acme"),
      cell(id, "brand", null, "Acme"),
    ],
  });
  expect(outcomes.map((one) => (one.outcome === "invalid" ? one.reason : one.outcome))).toEqual([
    "Enter a price like 12.50.",
    "Enter a name.",
    `2 categories are called so: enter the path, like Pens or Pens.`,
    "Enter 9 or less.",
    "Choose a type: this metafield is new.",
    "The SKU is the product's own key: nobody changes it.",
    "Enter draft, active or archived: there is no other status.",
    "This product is not there any more. Copy your value elsewhere.",
    "saved",
  ]);
  expect(await read(id)).toMatchObject({ name: "Mug", brand: "Acme", priceCents: 100, categoryId: null });
  const byPath = await saveCells(manager, { cells: [cell(id, "category", null, "/pens-a/")] });
  expect(byPath).toEqual([{ outcome: "saved", value: other.id }]);
});

test("C33 a value over a feed's is kept, and setting what stands already is no edit", async () => {
  await importRows({ SPR1: { price: "1.99" } });
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  await saveCells(manager, { cells: [cell(id, "price", 199, "2.50"), cell(id, "m.custom.colour", BLUE, "Red")] });
  const { fieldSources, metafields, version } = await read(id);
  expect(fieldSources).toMatchObject({ priceCents: { kept: true, feedValue: 199 } });
  expect(metafields.find(({ key }) => key === "colour")).toMatchObject({
    ...{ value: '["Red"]', kept: true, feedValue: BLUE },
  });
  expect(await saveCells(manager, { cells: [cell(id, "price", 100, "2.50")] })).toEqual([
    { outcome: "saved", value: 250 },
  ]);
  expect((await read(id)).version).toBe(version);
});

test("an emptied metafield is taken away, and typing it again brings it back", async () => {
  await importRows({ SPR1: {} });
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  const gone = await saveCells(manager, { cells: [cell(id, "m.custom.colour", BLUE, "")] });
  expect(gone).toEqual([{ outcome: "saved", value: null }]);
  expect((await read(id)).metafields.map(({ key }) => key)).not.toContain("colour");
  expect((await read(id)).fieldSources).toMatchObject({ "metafield:custom.colour": { kept: true, feedValue: BLUE } });
  await saveCells(manager, { cells: [cell(id, "m.custom.colour", null, "Blue")] });
  expect((await read(id)).metafields.find(({ key }) => key === "colour")).toMatchObject({ value: BLUE });
});

test("A23 archiving fifty products by pasting is refused, and their other cells are saved", async () => {
  const products = await Promise.all(Array.from({ length: 50 }, () => createProduct()));
  const outcomes = await saveCells(manager, {
    cells: products.flatMap(({ id }) => [cell(id, "status", "active", "archived"), cell(id, "brand", null, "Acme")]),
  });
  expect(outcomes.filter((one) => one.outcome === "invalid")).toHaveLength(50);
  expect(await db.product.count({ where: { status: "archived" } })).toBe(0);
  expect(await db.product.count({ where: { brand: "Acme" } })).toBe(50);
});

test("only who may write the catalogue saves cells, and an edit elsewhere is seen", async () => {
  const { id } = await createProduct({ name: "Mug" });
  const cells = [cell(id, "name", "Mug", "Cup")];
  await expect(saveCells(actor("staff"), { cells })).rejects.toMatchObject({ code: "forbidden" });
  await updateProduct(manager, { id, changes: { name: { to: "Jug" } }, metafields: [] });
  expect(await saveCells(manager, { cells })).toEqual([{ outcome: "conflict", theirs: "Jug", mine: "Cup" }]);
});
