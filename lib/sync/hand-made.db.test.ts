import { beforeEach, expect, test } from "vitest";
import { normalizeCode } from "@/lib/catalog/codes";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { refreshSearch } from "@/lib/search/refresh-search";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import {
  actor,
  actorOf,
  createCategory,
  createCode,
  createImage,
  createMetafield,
  createProduct,
  createUser,
} from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { changeFields } from "./change";
import { approveRun } from "./mutations";

beforeEach(() => resetDatabase());

const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true } });

/** A product that a person made by hand, which the feed knows as SPR1. */
async function handMade() {
  const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
  const shelf = await createCategory({ name: "My shelf" });
  const made = await createProduct({
    ...{ sku: "MINE", name: "My pen", priceCents: 500, brand: "Mine", handle: "spr1", categoryId: shelf.id },
    createdById: mira.id,
  });
  await createCode(made.id, { type: "sprc", code: "SPR1", normalized: normalizeCode("SPR1") });
  await createMetafield(made.id, {
    namespace: "custom",
    key: "colour",
    value: JSON.stringify(["Navy"]),
    type: COLOURS,
  });
  await transaction((tx) => refreshSearch(tx, [made.id]));
  return { mira, made, shelf };
}

const COLOURS = "list.single_line_text_field";
const FEED = { SPR1: { image: "https://a.example/1.jpg" } };

test("C32 what a person gave by hand stands against the feed that finds the product, what they left open is filled", async () => {
  const { made, shelf, mira } = await handMade();
  const run = await importRows(FEED);
  const [change] = await db.syncChange.findMany({
    where: { runId: run.id, entity: "product" },
    include: { detail: true },
  });
  expect(change).toMatchObject({ entityId: made.id, action: "update" });
  const after = await product("MINE");
  expect(after).toMatchObject({ name: "My pen", priceCents: 500, brand: "Mine", categoryId: shelf.id });
  expect(after.inventoryQuantity).toBe(5);
  expect(after.fieldSources).toMatchObject({
    name: { by: "person", id: mira.id, kept: true, feedValue: "Gel pen", feedRunId: run.id },
    priceCents: { by: "person", id: mira.id, kept: true, feedValue: 199 },
    category: { kept: true },
    inventoryQuantity: { by: "run", id: run.id },
  });
  const colour = after.metafields.find(({ key }) => key === "colour");
  expect(colour).toMatchObject({
    ...{ value: JSON.stringify(["Navy"]), kept: true, feedValue: JSON.stringify(["Blue"]) },
    source: { by: "person", id: mira.id, kept: true },
  });
});

test("R23 the run undone, a hand-made product is as its maker left it, and the feed's word asks again", async () => {
  await handMade();
  const before = await catalogueHashes();
  const run = await importRows(FEED);
  expect(await undoRun(run.id)).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
  const again = await importRows(FEED, { yes: false });
  expect(again).toMatchObject({ status: "review", updated: 1 });
});

test("A20 what its maker changes between the preview and the approval returns to review", async () => {
  const { made, mira } = await handMade();
  const run = await importRows(FEED, { yes: false });
  await updateProduct(actorOf(mira), { id: made.id, changes: { inventoryQuantity: { to: 77 } }, metafields: [] });
  await workOff((await approveRun(actor("manager"), { runId: run.id })).jobId);
  expect(await product("MINE")).toMatchObject({ inventoryQuantity: 77, name: "My pen", priceCents: 500 });
  await workOff((await approveRun(actor("manager"), { runId: run.id })).jobId);
  expect(await product("MINE")).toMatchObject({ inventoryQuantity: 77, name: "My pen", priceCents: 500 });
  expect((await product("MINE")).fieldSources).toMatchObject({ inventoryQuantity: { kept: true, feedValue: 5 } });
});

test("pictures that a person gave at the start are not taken for a feed's", async () => {
  const { made } = await handMade();
  await createImage(made.id, { url: "https://mine.example/pen.jpg", view: "front" });
  await importRows(FEED);
  const images = await db.productImage.findMany({ where: { productId: made.id } });
  expect(images.map(({ url }) => url)).toEqual(["https://mine.example/pen.jpg"]);
});

test("a feed that says nothing else than the person settles on it without a question", async () => {
  const { made } = await handMade();
  await importRows({ SPR1: { title: "My pen", price: "5.00", colour: "Navy" } });
  const change = await db.syncChange.findFirstOrThrow({ where: { entityId: made.id }, include: { detail: true } });
  const lines = changeFields.parse(change.detail?.fields).update?.map(({ field }) => field);
  expect(lines).toContain("inventoryQuantity");
  expect(lines).not.toContain("name");
  expect(lines).not.toContain("priceCents");
});
