import { beforeEach, expect, test } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db } from "@/lib/db/client";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { type FeedRow, importRows, MANY, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { previewUndo } from "./preview-undo";

beforeEach(() => resetDatabase());

const product = (sku: string) =>
  db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true, images: true, category: true } });

const FIRST: FeedRow = { ...{ title: "Gel pen A", price: "1.10", image: "https://a.example/a.jpg" }, colour: "Amber" };
const SECOND: FeedRow = { ...{ title: "Gel pen B", price: "1.20", image: "https://a.example/b.jpg" }, colour: "Beige" };
const THIRD: FeedRow = { ...{ title: "Gel pen C", price: "1.30", image: "https://a.example/c.jpg" }, colour: "Cyan" };
const elsewhere = { category: "Garden > Hoses" };
const BASE = { ...MANY, SPR1: { image: "https://a.example/0.jpg" }, SPR2: {} };

/** All that the catalogue says and where it came from, but for what the sources remember. */
async function said() {
  const { memory: _, ...rest } = await catalogueHashes();
  return rest;
}

test.each([
  ["one source's", ["shopify_csv", "shopify_csv", "shopify_csv"]],
  ["two sources'", ["shopify_csv", "Second list", "shopify_csv"]],
])("R23 %s runs undone in the order they ran lead back to where they began", async (_, [a, b, c]) => {
  const list = (name = "") => (name === "shopify_csv" ? {} : { sourceName: name });
  await importRows(BASE);
  if (b === "Second list") await importRows(BASE, list(b));
  const before = await said();
  const first = await importRows({ ...BASE, SPR1: { ...FIRST, ...elsewhere } }, list(a));
  const second = await importRows({ ...BASE, SPR1: SECOND }, list(b));
  const third = await importRows({ ...BASE, SPR1: { ...THIRD, ...elsewhere }, SPR2: { colour: "" } }, list(c));
  expect(await product("SPR1")).toMatchObject({ name: "Gel pen C", priceCents: 130 });
  await undoRun(first.id);
  expect(await product("SPR1")).toMatchObject({ name: "Gel pen C", priceCents: 130 });
  await undoRun(second.id);
  expect(await product("SPR1")).toMatchObject({ name: "Gel pen C", priceCents: 130 });
  const preview = await previewUndo(actor("manager"), third.id);
  const undone = await undoRun(third.id);
  expect(undone).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(preview.products).toEqual({ restored: undone.updated, removed: undone.deleted, skipped: 0 });
  const { categories: __, ...after } = await said();
  const { categories: ___, ...begun } = before;
  expect(after).toEqual(begun);
});

test("the undone runs' feeds ask again for all that they had changed", async () => {
  await importRows(BASE);
  const first = await importRows({ ...BASE, SPR1: { ...FIRST, image: BASE.SPR1.image } });
  const second = await importRows({ ...BASE, SPR1: { ...SECOND, image: BASE.SPR1.image } });
  await undoRun(first.id);
  await undoRun(second.id);
  expect(await product("SPR1")).toMatchObject({ name: "Gel pen", priceCents: 199 });
  await importRows({ ...BASE, SPR1: { ...FIRST, image: BASE.SPR1.image } });
  expect(await product("SPR1")).toMatchObject({ name: "Gel pen A", priceCents: 110 });
});

test("beside a kept value stands what the feed said before both runs", async () => {
  await importRows(BASE);
  const mira = actorOf(await createUser("manager"));
  const { id } = await product("SPR1");
  await updateProduct(mira, { id, changes: { name: { to: "My pen" } }, metafields: [] });
  const before = await said();
  const first = await importRows({ ...BASE, SPR1: { ...BASE.SPR1, title: "Gel pen A" } });
  const second = await importRows({ ...BASE, SPR1: { ...BASE.SPR1, title: "Gel pen B" } });
  await undoRun(first.id);
  await undoRun(second.id);
  expect(await product("SPR1")).toMatchObject({
    name: "My pen",
    fieldSources: { name: { kept: true, feedValue: "Gel pen" } },
  });
  expect(await said()).toEqual(before);
});

test("a person's value that came between the runs is what the later one goes back to", async () => {
  await importRows(BASE);
  const first = await importRows({ ...BASE, SPR1: { ...BASE.SPR1, price: "1.10" } });
  const second = await importRows({ ...BASE, SPR1: { ...BASE.SPR1, price: "1.20" } });
  await undoRun(second.id);
  expect(await product("SPR1")).toMatchObject({ priceCents: 110 });
  const mira = actorOf(await createUser("manager"));
  const { id } = await product("SPR1");
  await updateProduct(mira, { id, changes: { priceCents: { to: 777 } }, metafields: [] });
  expect(await undoRun(first.id)).toMatchObject({ status: "partial", skipped: 1 });
  expect(await product("SPR1")).toMatchObject({ priceCents: 777 });
});
