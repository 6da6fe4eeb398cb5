import { beforeEach, describe, expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { updateProductInput } from "@/lib/catalog/product-changes";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { actor, createCategory, createDefinition, createMetafield, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { catchUp, isQualityBehind } from "./catch-up";

beforeEach(resetDatabase);

async function catchUpWholly() {
  let products = 0;
  for (let done = await catchUp(); done !== null; done = await catchUp()) products += done;
  return products;
}

function qualityOf(productId: string) {
  return db.productQuality.findUnique({ where: { productId } });
}

/** What a change of templates does in its transaction. */
function changed(name: "categories" | "products", work: Parameters<typeof transaction>[0]) {
  return transaction(async (tx) => {
    await work(tx);
    await raiseCatalogueVersion(tx, name);
  });
}

const rename = (id: string, name: string) =>
  updateProduct(actor("manager"), updateProductInput.parse({ id, changes: { name: { to: name } } }));

describe("catching up", () => {
  test("computes every product once, then nothing", async () => {
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await createProduct({ priceCents: 100 })).id);
    expect(await isQualityBehind()).toBe(true);
    expect(await catchUpWholly()).toBe(3);
    expect(await isQualityBehind()).toBe(false);
    expect(await catchUp()).toBeNull();
    expect(await qualityOf(ids[0] ?? "")).toMatchObject({ version: 1, missingRequired: 0, grade: "E" });
  });

  test("goes over more products than one batch holds without leaving one out", async () => {
    await transaction((tx) =>
      tx.product.createMany({
        data: Array.from({ length: 1_203 }, (_, n) => ({
          sku: `B-${n}`,
          name: `Product ${n}`,
          nameKey: `product ${n}`,
        })),
      }),
    );
    expect(await catchUp()).toBe(500);
    expect(await catchUpWholly()).toBe(703);
    expect(await db.productQuality.count()).toBe(1_203);
    await changed("products", (tx) => tx.product.updateMany({ data: { version: { increment: 1 }, priceCents: 5 } }));
    expect(await catchUpWholly()).toBe(1_203);
    expect(await db.productQuality.count({ where: { version: 2 } })).toBe(1_203);
  });

  test("computes only what somebody changed since, from the version that stands", async () => {
    const product = await createProduct();
    await createProduct();
    await catchUpWholly();
    const before = await qualityOf(product.id);
    await rename(product.id, "A name that tells products apart");
    expect(await isQualityBehind()).toBe(true);
    expect(await catchUpWholly()).toBe(1);
    const after = await qualityOf(product.id);
    expect(after?.version).toBe(2);
    expect(after?.score).toBeGreaterThan(before?.score ?? 0);
  });

  test("two workers at once leave every product with its quality", async () => {
    for (let n = 0; n < 5; n++) await createProduct();
    await Promise.all([catchUpWholly(), catchUpWholly()]);
    expect(await db.productQuality.count()).toBe(5);
    expect(await isQualityBehind()).toBe(false);
  });
});

describe("what is asked of products", () => {
  async function office() {
    const parent = await createCategory({ name: "Office" });
    const child = await createCategory({ name: "Paper" }, parent);
    const other = await createCategory({ name: "Toys" });
    const colour = await createDefinition({ key: "colour", name: "Colour" });
    return { parent, child, other, colour };
  }
  const ask = (categoryId: string, definitionId: string, isRequired = true) =>
    changed("categories", (tx) =>
      tx.categoryTemplateEntry.create({ data: { categoryId, definitionId, isRequired }, select: { id: true } }),
    );

  test("a template of a category above computes its products anew, and no others", async () => {
    const { parent, child, other, colour } = await office();
    const lacking = await createProduct({ categoryId: child.id });
    const having = await createProduct({ categoryId: child.id });
    const elsewhere = await createProduct({ categoryId: other.id });
    await createMetafield(having.id, { key: "colour", value: "Red" });
    await catchUpWholly();
    await ask(parent.id, colour.id);
    expect(await catchUpWholly()).toBe(2);
    expect(await qualityOf(lacking.id)).toMatchObject({
      missingRequired: 1,
      reasons: expect.arrayContaining([
        expect.objectContaining({ field: "metafield:custom.colour", label: "Colour", isRequired: true }),
      ]),
    });
    expect(await qualityOf(having.id)).toMatchObject({ missingRequired: 0 });
    expect(await qualityOf(elsewhere.id)).toMatchObject({ missingRequired: 0 });
  });

  test("a category that moves below one with a template takes its products along", async () => {
    const { parent, other, colour } = await office();
    const product = await createProduct({ categoryId: other.id });
    await ask(parent.id, colour.id);
    await catchUpWholly();
    expect(await qualityOf(product.id)).toMatchObject({ missingRequired: 0 });
    await changed("categories", (tx) =>
      tx.category.update({
        where: { id: other.id },
        data: { parentId: parent.id, path: `${parent.path}/toys`, level: 1 },
        select: { id: true },
      }),
    );
    expect(await catchUpWholly()).toBe(1);
    expect(await qualityOf(product.id)).toMatchObject({ missingRequired: 1 });
  });

  test("what every product shall have is asked of those without a category too", async () => {
    const { colour } = await office();
    const product = await createProduct();
    await catchUpWholly();
    await changed("categories", (tx) =>
      tx.metafieldDefinition.update({ where: { id: colour.id }, data: { isRequired: true }, select: { id: true } }),
    );
    await catchUpWholly();
    expect(await qualityOf(product.id)).toMatchObject({ missingRequired: 1 });
  });
});
