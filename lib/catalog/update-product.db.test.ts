import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, actorOf, createCategory, createProduct, createRun, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { fieldSources } from "./field-source";
import { type UpdateProductInput, updateProductInput } from "./product-changes";
import { releaseField } from "./release-value";
import { updateProduct } from "./update-product";

const manager = actor("manager");

beforeEach(resetDatabase);

function edit(id: string, changes: UpdateProductInput["changes"]) {
  return updateProductInput.parse({ id, changes });
}

async function sourcesOf(id: string) {
  const { fieldSources: stored } = await db.product.findUniqueOrThrow({
    where: { id },
    select: { fieldSources: true },
  });
  return fieldSources.parse(stored);
}

describe("who may", () => {
  test.each([actor("staff"), actor("manager", { scopes: ["read"] })])("edit: not %o", async (reader) => {
    const { id } = await createProduct({ name: "Mug" });
    await expect(updateProduct(reader, edit(id, { name: { from: "Mug", to: "Cup" } }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(releaseField(reader, { id, field: "name" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Mug", version: 1 });
  });

  test("an unknown product is not found", async () => {
    await expect(updateProduct(manager, edit("nobody", { name: { to: "Cup" } }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("one edit", () => {
  test("brings its sort key, a version, the search, the caches and the audit with it", async () => {
    const { id } = await createProduct({ name: "Mug", brand: "Acme" });
    await updateProduct(
      manager,
      edit(id, { name: { from: "Mug", to: "Éclair dish" }, brand: { from: "Acme", to: null } }),
    );
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: "Éclair dish",
      nameKey: "eclair dish",
      brand: null,
      brandKey: null,
      version: 2,
    });
    expect(await db.productSearch.findUniqueOrThrow({ where: { productId: id } })).toMatchObject({
      title: expect.stringContaining("eclair dish"),
    });
    expect(await db.catalogueVersion.findUniqueOrThrow({ where: { name: "products" } })).toMatchObject({ version: 1 });
    expect(await db.auditEntry.findMany()).toMatchObject([
      {
        action: "product.update",
        entity: "product",
        entityId: id,
        before: { name: "Mug", brand: "Acme" },
        after: { name: "Éclair dish", brand: null },
      },
    ]);
  });

  test("archives, and restores", async () => {
    const { id } = await createProduct();
    await updateProduct(manager, edit(id, { status: { from: "active", to: "archived" } }));
    expect((await db.product.findUniqueOrThrow({ where: { id } })).archivedAt).toBeInstanceOf(Date);
    await updateProduct(manager, edit(id, { status: { from: "archived", to: "active" } }));
    expect((await db.product.findUniqueOrThrow({ where: { id } })).archivedAt).toBeNull();
  });

  test("moves to a category that exists, and tells it by name", async () => {
    const [from, to] = [await createCategory({ name: "Mugs" }), await createCategory({ name: "Cups" })];
    const { id } = await createProduct({ categoryId: from.id });
    await updateProduct(manager, edit(id, { categoryId: { from: from.id, to: to.id } }));
    expect(await db.auditEntry.findFirst()).toMatchObject({
      before: { category: "Mugs" },
      after: { category: "Cups" },
    });
    const unknown = "018f0000-0000-7000-8000-000000000000";
    await expect(updateProduct(manager, edit(id, { categoryId: { to: unknown } }))).rejects.toMatchObject({
      code: "invalid_input",
      fields: { categoryId: expect.any(String) },
    });
  });

  test("that changes nothing writes nothing", async () => {
    const { id } = await createProduct({ name: "Mug" });
    const saved = await updateProduct(
      manager,
      edit(id, { name: { from: "Mug", to: "Mug" }, brand: { from: null, to: null } }),
    );
    expect(saved).toEqual({ version: 1, changed: [] });
    expect(await db.auditEntry.count()).toBe(0);
  });
});

describe("two managers", () => {
  test("who change different fields both land", async () => {
    const { id } = await createProduct({ name: "Mug", priceCents: 500 });
    await Promise.all([
      updateProduct(manager, edit(id, { name: { from: "Mug", to: "Blue mug" } })),
      updateProduct(manager, edit(id, { priceCents: { from: 500, to: 600 } })),
    ]);
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({
      name: "Blue mug",
      priceCents: 600,
      version: 3,
    });
  });

  test("who change the same field: the second sees both values, and nothing of theirs is saved", async () => {
    const { id } = await createProduct({ name: "Mug", brand: null });
    await updateProduct(manager, edit(id, { name: { from: "Mug", to: "Blue mug" } }));
    const second = updateProduct(
      manager,
      edit(id, { name: { from: "Mug", to: "Red mug" }, brand: { from: null, to: "Acme" } }),
    );
    await expect(second).rejects.toMatchObject({
      code: "conflict",
      details: { conflicts: [{ field: "name", label: "Name", yours: "Red mug", theirs: "Blue mug", from: "Mug" }] },
    });
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Blue mug", brand: null });
    expect(await db.auditEntry.count()).toBe(1);
  });
});

describe("a feed's value", () => {
  async function feedProduct() {
    const user = await createUser("manager", { firstName: "Mira" });
    const run = await createRun();
    const { id } = await createProduct({ name: "Mug", priceCents: 500, createdByRunId: run.id });
    return { id, mira: actorOf(user), run };
  }

  test("is kept aside when a person sets another, and comes back on release", async () => {
    const { id, mira, run } = await feedProduct();
    await updateProduct(mira, edit(id, { priceCents: { from: 500, to: 600 } }));
    expect(await sourcesOf(id)).toMatchObject({
      priceCents: { by: "person", kept: true, feedValue: 500, feedRunId: run.id },
    });
    await releaseField(mira, { id, field: "priceCents" });
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ priceCents: 500, version: 3 });
    expect(await sourcesOf(id)).toEqual({});
    await expect(releaseField(mira, { id, field: "priceCents" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("is not kept aside for a field nobody touched", async () => {
    const { id, mira } = await feedProduct();
    await updateProduct(mira, edit(id, { name: { from: "Mug", to: "Cup" } }));
    expect(Object.keys(await sourcesOf(id))).toEqual(["name"]);
  });

  test("set again by hand releases it", async () => {
    const { id, mira } = await feedProduct();
    await updateProduct(mira, edit(id, { name: { from: "Mug", to: "Cup" } }));
    await updateProduct(mira, edit(id, { name: { from: "Cup", to: "Mug" } }));
    expect(await sourcesOf(id)).toEqual({});
  });
});

test("who move a product at the same time are told of both categories by name", async () => {
  const [mugs, cups, jugs] = [
    await createCategory({ name: "Mugs" }),
    await createCategory({ name: "Cups" }),
    await createCategory({ name: "Jugs" }),
  ];
  const { id } = await createProduct({ categoryId: mugs.id });
  await updateProduct(manager, edit(id, { categoryId: { from: mugs.id, to: cups.id } }));
  const second = updateProduct(manager, edit(id, { categoryId: { from: mugs.id, to: jugs.id } }));
  const names = { [mugs.id]: "Mugs", [cups.id]: "Cups", [jugs.id]: "Jugs" };
  await expect(second).rejects.toMatchObject({
    code: "conflict",
    details: { conflicts: [{ theirs: cups.id, names }] },
  });
});
