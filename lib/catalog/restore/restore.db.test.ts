import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { setMetafield } from "@/lib/metafields/mutations";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCategory, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { previewRestore, restoreProduct } from "./restore-product";

beforeEach(() => resetDatabase());

const bySku = () =>
  db.product.findUniqueOrThrow({ where: { sku: "SPR1" }, include: { metafields: true, codes: true } });

/** Later than all that was, earlier than all that comes. */
async function moment() {
  for (let turn = 0; turn < 2; turn++) {
    const now = Date.now();
    while (Date.now() === now) await setImmediate();
  }
  return new Date(Date.now() - 1);
}

async function changed() {
  const mira = actorOf(await createUser("manager"));
  await importRows({ SPR1: {} });
  const at = await moment();
  const { id } = await bySku();
  const shelf = await createCategory({ name: "Shelf" });
  const changes = {
    name: { to: "My pen" },
    priceCents: { to: 300 },
    categoryId: { to: shelf.id },
    brand: { to: null },
  };
  await updateProduct(mira, { id, changes, metafields: [{ namespace: "custom", key: "colour", to: null }] });
  await transaction((tx) => tx.productCode.deleteMany({ where: { productId: id, type: "none" } }));
  return { mira, at, id };
}

const seenOf = (lines: Awaited<ReturnType<typeof previewRestore>>, only?: string[]) =>
  lines.filter(({ field }) => only?.includes(field) ?? true).map(({ field, seen }) => ({ field, seen }));

test("C29 a whole version comes back as a new one, previewed value by value, and is undone whole", async () => {
  const { mira, at, id } = await changed();
  const before = await catalogueHashes();
  const preview = await previewRestore(mira, { id, at });
  expect(preview.map(({ label, now, past }) => [label, now, past])).toEqual([
    ["Name", "My pen", "Gel pen"],
    ["Brand", null, "Halden"],
    ["Price", "3.00", "1.99"],
    ["Category", "Shelf", "Pens"],
    ["Colour", null, "Blue"],
  ]);
  expect(await catalogueHashes()).toEqual(before);
  const { run } = await restoreProduct(mira, { id, at, fields: seenOf(preview) });
  const restored = await bySku();
  expect(restored).toMatchObject({ name: "Gel pen", priceCents: 199, brand: "Halden" });
  expect(restored.metafields.map(({ key }) => key)).toContain("colour");
  expect(restored.fieldSources).toMatchObject({ priceCents: { by: "person", runId: run?.id } });
  expect(await previewRestore(mira, { id, at })).toEqual([]);
  expect(await undoRun(run?.id ?? "")).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
});

test("C30 only the chosen fields come back", async () => {
  const { mira, at, id } = await changed();
  const preview = await previewRestore(mira, { id, at });
  expect(await restoreProduct(mira, { id, at, fields: seenOf(preview, ["priceCents"]) })).toMatchObject({
    restored: 1,
  });
  expect(await bySku()).toMatchObject({ name: "My pen", priceCents: 199, brand: null });
});

test("C35 what somebody changed since it was shown is told with its values, and nothing is restored", async () => {
  const { mira, at, id } = await changed();
  const fields = seenOf(await previewRestore(mira, { id, at }));
  await updateProduct(actor("manager"), { id, changes: { priceCents: { to: 777 } }, metafields: [] });
  await expect(restoreProduct(mira, { id, at, fields })).rejects.toMatchObject({
    code: "conflict",
    details: { conflicts: [{ field: "priceCents", yours: 199, theirs: 777, from: 300 }] },
  });
  expect(await bySku()).toMatchObject({ name: "My pen", priceCents: 777 });
});

test("of two who restore at once the second finds nothing left to do, or is told", async () => {
  const { mira, at, id } = await changed();
  const fields = seenOf(await previewRestore(mira, { id, at }));
  const both = await Promise.allSettled([
    restoreProduct(mira, { id, at, fields }),
    restoreProduct(mira, { id, at, fields }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  expect(await bySku()).toMatchObject({ name: "Gel pen", priceCents: 199 });
  expect(await db.syncHistory.count({ where: { syncType: "restore" } })).toBe(1);
});

test("what can't be brought back says why: a taken handle, a category that is gone, a value its definition refuses now", async () => {
  const { mira, at, id } = await changed();
  await setMetafield(mira, { productId: id, namespace: "custom", key: "sprc", to: JSON.stringify(["OTHER"]) });
  await transaction(async (tx) => {
    await tx.metafieldDefinition.updateMany({
      where: { key: "sprc" },
      data: { validations: [{ name: "regex", value: "^[a-z]+$" }] },
    });
    await tx.category.updateMany({ where: { name: "Pens" }, data: { name: "Writing", nameKey: "writing" } });
  });
  const preview = await previewRestore(mira, { id, at });
  const refused = new Map(preview.map(({ field, refused: why }) => [field, why]));
  expect(refused.get("category")).toBe("There is no category Pens any more.");
  expect(refused.get("metafield:custom.sprc")).toContain("does not fit its definition any more");
  const fields = seenOf(preview, ["category"]);
  await expect(restoreProduct(mira, { id, at, fields })).rejects.toMatchObject({ code: "conflict" });
});

test("staff restore nothing, and a time before the product was is refused in words", async () => {
  const { mira, id } = await changed();
  const early = new Date("2020-01-01T00:00:00Z");
  const fields = [{ field: "name", seen: "My pen" }];
  await expect(restoreProduct(actor("staff"), { id, at: early, fields })).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreProduct(mira, { id, at: early, fields })).rejects.toMatchObject({ code: "conflict" });
  const none = { id: "00000000-0000-7000-8000-000000000000", at: new Date(), fields };
  await expect(restoreProduct(mira, none)).rejects.toMatchObject({ code: "not_found" });
});
