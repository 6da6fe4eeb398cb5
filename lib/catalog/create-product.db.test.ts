import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import {
  actor,
  actorOf,
  createCategory,
  createCode,
  createDefinition,
  createImage,
  createMetafield,
  createRun,
  createUser,
  createProduct as existing,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { createProduct } from "./create-product";
import { duplicateProduct } from "./duplicate-product";
import { getProductOrThrow } from "./get-product";
import { COPY_PART_NAMES, newProductInput } from "./new-product";
import { listProductHistory } from "./product-history";

beforeEach(resetDatabase);
const manager = actor("manager");
const create = (data: object, as = manager) => createProduct(as, newProductInput.parse({ name: "Pen", ...data }));

test("staff create and duplicate nothing", async () => {
  const { id } = await existing();
  const staff = actor("staff");
  await expect(create({ sku: "NEW" }, staff)).rejects.toMatchObject({ code: "forbidden" });
  await expect(duplicateProduct(staff, { id, sku: "NEW", name: "Copy", copy: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await db.product.count()).toBe(1);
});

describe("a product made by hand", () => {
  test("is a draft whose every value is the person's, is found, and stands in the history", async () => {
    const user = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
    const category = await createCategory({ name: "Pens" });
    await createDefinition({ key: "ink", type: "number_decimal" });
    const { id } = await create(
      {
        sku: " PEN-1 ",
        upc: "4006381333931",
        fields: { priceCents: 250, brand: "Acme", categoryId: category.id, inventoryQuantity: 4 },
        metafields: [
          { namespace: "custom", key: "ink", to: "0.70" },
          { namespace: "custom", key: "left_empty", to: " " },
        ],
      },
      actorOf(user),
    );
    const made = await db.product.findUniqueOrThrow({ where: { id }, include: { codes: true, metafields: true } });
    expect(made).toMatchObject({
      sku: "PEN-1",
      nameKey: "pen",
      brandKey: "acme",
      status: "draft",
      stockStatus: "in_stock",
      createdById: user.id,
      createdByRunId: null,
      fieldSources: {},
      codes: [{ type: "upc", gtin14: "04006381333931" }],
      metafields: [{ key: "ink", value: "0.70", numberValue: 0.7, source: null }],
    });
    expect(await db.productSearch.count({ where: { productId: id } })).toBe(1);
    const view = await getProductOrThrow(manager, id);
    expect(view.sources.priceCents).toMatchObject({ kind: "person", who: "Mira Rossi" });
    const { events } = await listProductHistory(manager, id);
    expect(events).toMatchObject([{ what: "created", who: "Mira Rossi" }]);
    expect(events[0]?.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ label: "SKU", after: "PEN-1" }),
        expect.objectContaining({ label: "Category", after: "Pens" }),
      ]),
    );
  });

  test("takes no SKU that somebody has, and says whose it is", async () => {
    const { id } = await existing({ sku: "PEN-1", name: "Gel pen" });
    await expect(create({ sku: "PEN-1" })).rejects.toMatchObject({
      code: "conflict",
      message: "PEN-1 is taken by “Gel pen”. Choose another SKU.",
      fields: { sku: expect.any(String) },
      details: { productId: id },
    });
  });

  test("two people at once with one SKU: one product, the second is told", async () => {
    const results = await Promise.allSettled([create({ sku: "PEN-1" }), create({ sku: "PEN-1" })]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict", fields: { sku: expect.stringContaining("is taken") } });
    expect(await db.product.count()).toBe(1);
    expect(await db.auditEntry.count()).toBe(1);
  });

  test.each([
    [
      "a metafield that misfits",
      { metafields: [{ namespace: "custom", key: "ink", to: "lots" }] },
      "metafield:custom.ink",
    ],
    ["another product's UPC", { upc: "4006381333931" }, "upc"],
    ["a category that is gone", { fields: { categoryId: "00000000-0000-7000-8000-000000000000" } }, "categoryId"],
  ])("with %s is refused whole", async (_, data, field) => {
    const other = await existing();
    await createCode(other.id, { type: "upc", code: "4006381333931", gtin14: "04006381333931" });
    await createDefinition({ key: "ink", type: "number_decimal" });
    await expect(create({ sku: "NEW", ...data })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) },
    });
    expect(await db.product.count()).toBe(1);
    expect(await db.auditEntry.count()).toBe(0);
  });

  test.each([{ sku: "" }, { sku: "A\nB" }, { sku: "A", name: " " }, { sku: "A", upc: "4006381333932" }])(
    "is no product as %j",
    (data) => {
      expect(newProductInput.safeParse({ name: "Pen", ...data }).success).toBe(false);
    },
  );
});

describe("a duplicate", () => {
  async function original() {
    const run = await createRun();
    const category = await createCategory();
    const product = await existing({
      ...{ name: "Pen", brand: "Acme", priceCents: 250, inventoryQuantity: 9, upc: "4006381333931" },
      ...{ categoryId: category.id, createdByRunId: run.id, description: "Writes.", handle: "pen" },
    });
    await createCode(product.id, { type: "upc", code: "4006381333931" });
    await createMetafield(product.id, { key: "ink", value: "0.7", type: "number_decimal", isVisible: false });
    await createImage(product.id, { url: "https://a.example/1.jpg", storagePath: "images/aa/1.jpg", fileHash: "aa" });
    return product;
  }

  test("of everything is a draft with values of its own, without codes, stock and handle", async () => {
    const { id, sku } = await original();
    const copy = await duplicateProduct(manager, { id, sku: "PEN-2", name: "Pen 2", copy: [...COPY_PART_NAMES] });
    const made = await db.product.findUniqueOrThrow({
      where: { id: copy.id },
      include: { codes: true, metafields: true, images: true, sourceItems: true },
    });
    expect(made).toMatchObject({
      ...{ sku: "PEN-2", name: "Pen 2", nameKey: "pen 2", status: "draft", brand: "Acme", brandKey: "acme" },
      ...{ priceCents: 250, description: "Writes.", inventoryQuantity: null, stockStatus: "unknown" },
      ...{ upc: null, handle: null, createdByRunId: null, createdById: "test-manager", codes: [], sourceItems: [] },
      metafields: [{ key: "ink", value: "0.7", numberValue: 0.7, isVisible: false, source: null }],
      images: [{ storagePath: "images/aa/1.jpg", fileHash: "aa" }],
    });
    expect(await db.auditEntry.findFirstOrThrow()).toMatchObject({
      action: "product.create",
      entityId: copy.id,
      after: expect.objectContaining({ copiedFrom: sku, metafields: 1, pictures: 1 }),
    });
  });

  test("of nothing has a SKU and a name alone", async () => {
    const { id } = await original();
    const copy = await duplicateProduct(manager, { id, sku: "PEN-2", name: "Pen 2", copy: [] });
    const made = await db.product.findUniqueOrThrow({
      where: { id: copy.id },
      include: { metafields: true, images: true },
    });
    expect(made).toMatchObject({ brand: null, priceCents: null, categoryId: null, description: "" });
    expect([made.metafields, made.images]).toEqual([[], []]);
  });

  test("takes no SKU that somebody has, nor of a product that is gone", async () => {
    const { id, sku } = await original();
    await expect(duplicateProduct(manager, { id, sku, name: "Copy", copy: [] })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(duplicateProduct(manager, { id: "gone", sku: "X-1", name: "Copy", copy: [] })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
