import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeFields } from "@/lib/sync/change";
import {
  actor,
  createCategory,
  createCode,
  createImage,
  createMetafield,
  createProduct,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { describeSharedData } from "@/lib/testing/shared-data";
import { exportProducts } from "./export-products";
import { fromOwnCell, ownCell } from "./own-cell";

beforeEach(resetDatabase);

async function exportText() {
  let text = "";
  for await (const part of exportProducts(SYSTEM)) text += part;
  return text;
}

/** Exports the catalogue and imports the file again; the fields that the import would change or did. */
async function roundTrip() {
  const before = await valuesOf();
  await mkdir(env().dataFolder, { recursive: true });
  const path = join(env().dataFolder, `export-${crypto.randomUUID()}.csv`);
  await writeFile(path, await exportText());
  const run = await importFiles("shopify_csv", [path], { sourceName: "export" });
  expect(run.jobError).toBeNull();
  const changes = await db.syncChange.findMany({ where: { runId: run.id }, include: { detail: true } });
  const lines = changes.flatMap((change) => changeFields.parse(change.detail?.fields ?? {}).update ?? []);
  expect(await valuesOf()).toEqual(before);
  return { run, fields: [...new Set(lines.map((line) => line.field))] };
}

async function valuesOf() {
  const products = await db.product.findMany({
    orderBy: { id: "asc" },
    include: {
      metafields: { orderBy: [{ namespace: "asc" }, { key: "asc" }] },
      codes: { orderBy: { id: "asc" } },
      images: { orderBy: { id: "asc" } },
    },
  });
  return products.map(
    ({ version: _, updatedAt: _at, fieldSources: _sources, contentHash: _hash, ...values }) => values,
  );
}

test("C63 exporting and importing changes no value, prices included", async () => {
  const category = await createCategory({
    name: "Pens > and others",
    path: "pens-and-others",
    slug: "pens-and-others",
  });
  const full = await createProduct({
    sku: "ACME-1",
    name: "Pen",
    description: '<p>A "pen",\r\nblue</p> ',
    priceCents: 123_456,
    compareAtPriceCents: 200_000,
    costPriceCents: 1,
    inventoryQuantity: -3,
    weightGrams: 12,
    lengthMm: 2_000,
    widthMm: 30,
    heightMm: 0,
    upc: "12",
    status: "draft",
    handle: "pen",
    categoryId: category.id,
  });
  await createCode(full.id, { type: "upc", code: "96385074", gtin14: "00000096385074" });
  await createMetafield(full.id, { namespace: "Spec-A", key: "Page-Yield", value: "1.50", type: "number_decimal" });
  await createMetafield(full.id, { key: "tags", value: '["a","b; c"]', type: "list.single_line_text_field" });
  await createMetafield(full.id, { key: "made", value: "2026-01-02", type: "date" });
  await createImage(full.id, { url: "https://a.test/1.jpg", view: "Front", altText: "=A1", sortOrder: 0 });
  await createImage(full.id, { url: "https://a.test/2.jpg", view: "Rear", sortOrder: 1 });
  await createProduct({ sku: "ACME-2", name: "Unpriced", priceCents: null });
  const { run, fields } = await roundTrip();
  expect(run).toMatchObject({ status: "success", created: 0, rejected: 0, held: 0 });
  expect(fields).toEqual(["source"]);
  expect((await roundTrip()).run).toMatchObject({ updated: 0 });
});

test("a value changed in the spreadsheet is the only thing the import changes", async () => {
  await createProduct({ sku: "ACME-1", name: "Pen", brand: "Acme" });
  await createProduct({ sku: "ACME-2", name: "Ink", brand: "Acme" });
  const path = join(env().dataFolder, `edited-${crypto.randomUUID()}.csv`);
  await mkdir(env().dataFolder, { recursive: true });
  await writeFile(path, (await exportText()).replace(",Pen,", ",Pencil,"));
  await importFiles("shopify_csv", [path], { sourceName: "export" });
  expect((await db.product.findMany({ orderBy: { sku: "asc" } })).map(({ name }) => name)).toEqual(["Pencil", "Ink"]);
});

test("no cell of the export is a formula, and each is read back as it was", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^['=+\-@\t\r]{0,3}.{0,5}$/)), (text) => {
      const cell = ownCell(text);
      const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(bare).not.toMatch(/^[=+\-@\t\r]/);
      expect(fromOwnCell(bare)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

/** Products that hold these texts, four each. */
async function createWith(texts: string[]) {
  for (let at = 0; at < texts.length; at += 4) {
    const [name = "Pen", description = "", brand = "Acme", value = "x"] = texts.slice(at, at + 4);
    const product = await createProduct({ name, description, brand, seoTitle: brand });
    await createMetafield(product.id, { key: "text", value, type: "multi_line_text_field" });
  }
}

/** What a text column of both engines and UTF-8 can hold. */
const isStorable = (text: string) =>
  text.trim() !== "" && !text.includes("\0") && Buffer.from(text).toString() === text;

test("C63 whatever texts products have, the round trip changes none", async () => {
  const texts = fc.sample(
    fc.oneof(fc.string({ unit: "binary", minLength: 1 }), fc.stringMatching(/^[ '"=+\-@,;\t\r\n\\]{1,6}x?$/)),
    { numRuns: 60, seed: 63 },
  );
  await createWith(texts.filter(isStorable));
  expect((await roundTrip()).fields).toEqual(["source"]);
});

describeSharedData("C63 the naughty strings", (path) => {
  test("survive the round trip", async () => {
    const file = path("messy", "naughty-strings", "blns.json");
    expect(existsSync(file)).toBe(true);
    const texts: string[] = JSON.parse(readFileSync(file, "utf8"));
    await createWith(texts.filter(isStorable));
    expect((await roundTrip()).fields).toEqual(["source"]);
  });
});

test("staff may take the catalogue along", async () => {
  await createProduct({ sku: "ACME-1" });
  const lines = exportProducts(actor("staff"));
  expect((await lines.next()).value).toContain("Variant SKU");
});
