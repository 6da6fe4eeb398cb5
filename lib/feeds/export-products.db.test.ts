import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/products/export/route";
import { SYSTEM } from "@/lib/auth/actor";
import { notesWritten } from "@/lib/auth/note-later";
import { createApiToken } from "@/lib/auth/tokens";
import { exportHref } from "@/lib/catalog/export-query";
import type { ListPlace } from "@/lib/catalog/list-query";
import { parseProductSearch } from "@/lib/catalog/search-params";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeFields } from "@/lib/sync/change";
import { announceChanges, callRoute } from "@/lib/testing/api";
import {
  actor,
  createCategory,
  createCode,
  createImage,
  createMetafield,
  createProduct,
  createUser,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { describeSharedData } from "@/lib/testing/shared-data";
import { exportProducts } from "./export-products";
import { fromOwnCell, ownCell } from "./own-cell";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

afterEach(notesWritten);
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

describe("the list's export in the browser", () => {
  async function ask(role: "staff" | "manager", place: ListPlace, search: Record<string, string | string[]> = {}) {
    const { token } = await createApiToken(SYSTEM, { userId: (await createUser(role)).id, name: "T", scope: "write" });
    const { search: query } = new URL(exportHref(place, parseProductSearch(search)), "http://localhost");
    const { status, headers, text } = await callRoute(GET, { query, headers: { authorization: `Bearer ${token}` } });
    const [header = "", ...rows] = text.split("\r\n");
    const at = header.split(",").indexOf("Variant SKU");
    return { status, headers, skus: rows.filter(Boolean).map((row) => row.split(",")[at]) };
  }

  test("holds what the list's place, filters and search mean, on all its pages, and nothing else", async () => {
    const office = await createCategory({ name: "Office", path: "office", slug: "office" });
    const pens = await createCategory({
      name: "Pens",
      path: "office/pens",
      slug: "pens",
      parentId: office.id,
      level: 1,
    });
    const many = Array.from({ length: 501 }, (_, n) => ({
      sku: `PEN-${1000 + n}`,
      brand: "Acme",
      categoryId: pens.id,
    }));
    await transaction((tx) =>
      tx.product.createMany({ data: many.map((one) => ({ ...one, name: "Pen", nameKey: "pen" })) }),
    );
    const ink = await createProduct({ sku: "INK-1", name: "Ink", brand: "Other", categoryId: office.id });
    await createProduct({ sku: "OLD-1", name: "Old", status: "archived", categoryId: office.id });
    await createProduct({ sku: "LOOSE-1", name: "Loose" });
    await announceChanges(ink.id);

    const all = await ask("manager", { kind: "all" });
    expect(all.status).toBe(200);
    expect(all.headers.get("content-disposition")).toContain("products.csv");
    expect(all.skus.toSorted()).toEqual([...many.map(({ sku }) => sku), "INK-1", "LOOSE-1"].toSorted());
    const category = { kind: "category", id: office.id } as const;
    expect((await ask("manager", category)).skus).toHaveLength(502);
    expect((await ask("manager", category, { own: "yes" })).skus).toEqual(["INK-1"]);
    expect((await ask("manager", category, { status: "archived" })).skus).toEqual(["OLD-1"]);
    expect((await ask("manager", { kind: "all" }, { brand: ["Other", "None"] })).skus).toEqual(["INK-1"]);
    expect((await ask("manager", { kind: "all" }, { q: "ink" })).skus).toEqual(["INK-1"]);
    expect((await ask("manager", { kind: "uncategorised" })).skus).toEqual(["LOOSE-1"]);
  });

  test("of some products, imported where all were before, marks none of the others missing", async () => {
    for (let n = 0; n < 30; n++) await createProduct({ sku: `PEN-${n}`, brand: n < 28 ? "Acme" : "Other" });
    expect((await roundTrip()).run).toMatchObject({ status: "success", updated: 30 });
    const path = join(env().dataFolder, `acme-${crypto.randomUUID()}.csv`);
    let text = "";
    for await (const part of exportProducts(SYSTEM, { brand: ["Acme"] })) text += part;
    await writeFile(path, text.replaceAll(",Acme,", ",Acme Ltd,"));
    const run = await importFiles("shopify_csv", [path], { sourceName: "export" });
    expect(run).toMatchObject({ status: "success", updated: 28, missing: 0, heldReason: null });
    expect(await db.product.count({ where: { brand: "Acme Ltd" } })).toBe(28);
    expect(await db.sourceItem.count({ where: { missingRuns: { gt: 0 } } })).toBe(0);
  });

  test("is for managers, and a category that is gone is told before the file begins", async () => {
    expect((await ask("staff", { kind: "all" })).status).toBe(403);
    expect((await ask("manager", { kind: "category", id: crypto.randomUUID() })).status).toBe(404);
  });
});

test("staff may take the catalogue along", async () => {
  await createProduct({ sku: "ACME-1" });
  const lines = exportProducts(actor("staff"));
  expect((await lines.next()).value).toContain("Variant SKU");
});
