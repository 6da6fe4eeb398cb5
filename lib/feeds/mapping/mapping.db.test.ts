import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { attribute, etilizeFeed } from "@/lib/testing/etilize-feed";
import { actor, createCode, createDefinition, createFeedSource, createProduct } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { type Mapping, mapping } from "../mapping";
import { restoreMapping, saveMapping } from "./mutations";
import { getSourceMapping } from "./queries";

beforeEach(resetDatabase);

type Columns = NonNullable<z.input<typeof mapping>["columns"]>;

const NAME = { column: "Name", target: { to: "field", field: "name" } } as const;
const BRAND = { column: "Brand", target: { to: "field", field: "brand" } } as const;

const SKUS = [
  [1, "SP Richards", "SPR1001", 1, "", ""],
  [2, "SP Richards", "SPR1002", 1, "", ""],
];

/** A source of kind `csv` that makes products, with a mapping. */
async function csvSource(columns: Columns, more: Partial<Mapping> = {}) {
  const { id } = await createFeedSource({ name: "list", kind: "csv", policies: { unmatched: "create" } });
  await save(id, 0, columns, more);
  return id;
}

function save(sourceId: string, baseVersion: number, columns: Columns, more: Partial<Mapping> = {}) {
  const wanted = mapping.parse({ keyColumn: "No", skuColumn: "No", ...more, columns });
  return saveMapping(SYSTEM, { sourceId, baseVersion, mapping: wanted, note: "" });
}

async function importText(kind: "csv" | "etilize" | "erp", files: Record<string, string>, sourceName = "list") {
  await mkdir(env().dataFolder, { recursive: true });
  const folder = await mkdtemp(join(env().dataFolder, "mapping-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return importFiles(kind, [folder], { sourceName });
}

const importList = (text: string) => importText("csv", { "list.csv": text });
const getBySku = (sku: string) =>
  db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true, codes: true, images: true } });

describe("C55 what a feed doesn't say", () => {
  test("an unmapped column is left untouched; an empty cell follows its column's policy", async () => {
    const colour = {
      column: "Colour",
      target: { to: "metafield", namespace: "custom", key: "colour", type: "single_line_text_field" },
    } as const;
    const size = {
      column: "Size",
      target: { to: "metafield", namespace: "custom", key: "size", type: "single_line_text_field" },
      empty: { policy: "ignore" },
    } as const;
    const id = await csvSource([NAME, BRAND, colour, size]);
    expect(await importList("No,Name,Brand,Colour,Size\nA-100,Pen,Acme,Blue,L\n")).toMatchObject({
      status: "success",
      created: 1,
      mappingVersion: 1,
    });
    await importList("No,Name,Brand,Colour,Size\nA-100,Pen,,,\n");
    const cleared = await getBySku("A-100");
    expect(cleared.brand).toBeNull();
    expect(cleared.metafields.map(({ key, value }) => [key, value])).toEqual([["size", "L"]]);

    await save(id, 1, [NAME]);
    expect(await importList("No,Name,Brand,Colour,Size\nA-100,Pencil,Other,Red,S\n")).toMatchObject({
      mappingVersion: 2,
      updated: 1,
    });
    const untouched = await getBySku("A-100");
    expect(untouched.name).toBe("Pencil");
    expect(untouched.metafields.map(({ key, value }) => [key, value])).toEqual([["size", "L"]]);
  });

  test("another policy for the same file is another feed: it is compared anew, and the third time nothing changes", async () => {
    const id = await csvSource([NAME, { ...BRAND, empty: { policy: "ignore" } }]);
    const text = "No,Name,Brand\nA-100,Pen,\n";
    await importList("No,Name,Brand\nA-100,Pen,Acme\n");
    expect(await importList(text)).toMatchObject({ updated: 0 });
    await save(id, 1, [NAME, { ...BRAND, empty: { policy: "default", value: "House" } }]);
    expect(await importList(text)).toMatchObject({ updated: 1 });
    expect((await getBySku("A-100")).brand).toBe("House");
    expect(await importList(text)).toMatchObject({ updated: 0, messages: [expect.stringContaining("The same files")] });
  });
});

describe("C56 lists", () => {
  const list = (rule: "replace" | "merge") =>
    ({
      column: "Tags",
      target: {
        to: "metafield",
        namespace: "custom",
        key: "tags",
        type: "list.single_line_text_field",
        separator: ";",
      },
      list: rule,
    }) as const;
  const tagsOf = async () => JSON.parse((await getBySku("A-100")).metafields[0]?.value ?? "[]");

  test("a list is replaced, or added to without doubling, as its column says", async () => {
    const id = await csvSource([NAME, list("replace")]);
    await importList("No,Name,Tags\nA-100,Pen,a; b\n");
    await importList("No,Name,Tags\nA-100,Pen,b; c\n");
    expect(await tagsOf()).toEqual(["b", "c"]);
    await save(id, 1, [NAME, list("merge")]);
    await importList("No,Name,Tags\nA-100,Pen,c; d\n");
    expect(await tagsOf()).toEqual(["b", "c", "d"]);
    expect(await importList("No,Name,Tags\nA-100,Pen,d; c\n")).toMatchObject({ updated: 0 });
  });

  test("pictures and codes are replaced or added to as the source says", async () => {
    const columns = [
      NAME,
      { column: "EAN", target: { to: "code", type: "upc" } },
      { column: "Picture", target: { to: "image" } },
    ] satisfies Columns;
    const id = await csvSource(columns, { images: "merge", codes: "merge" });
    await importList("No,Name,EAN,Picture\nA-100,Pen,96385074,https://a.test/1\n");
    await importList("No,Name,EAN,Picture\nA-100,Pen,4008496273614,https://a.test/2\n");
    const both = await getBySku("A-100");
    expect([both.codes.length, both.images.length]).toEqual([2, 2]);
    await save(id, 1, columns, { images: "replace", codes: "replace" });
    await importList("No,Name,EAN,Picture\nA-100,Pen,4008496273614,https://a.test/3\n");
    const one = await getBySku("A-100");
    expect(one.codes.map(({ code }) => code)).toEqual(["4008496273614"]);
    expect(one.images.map(({ url }) => url)).toEqual(["https://a.test/3"]);
    const last = await db.syncHistory.findFirstOrThrow({ orderBy: { number: "desc" } });
    expect(await undoRun(last.id)).toMatchObject({ status: "success", updated: 1 });
    const back = await getBySku("A-100");
    expect(back.codes.map(({ code, gtin14 }) => [code, gtin14]).sort()).toEqual(
      both.codes.map(({ code, gtin14 }) => [code, gtin14]).sort(),
    );
    expect(back.images.map(({ url }) => url).sort()).toEqual(both.images.map(({ url }) => url).sort());
  });
});

describe("C57 which products a source may touch", () => {
  test("a source that only adds leaves what is there as it is, and says so row by row", async () => {
    await csvSource([NAME], { mode: "create" });
    await importList("No,Name\nA-100,Pen\n");
    const run = await importList("No,Name\nA-100,Pencil\nA-101,Ink\n");
    expect(run).toMatchObject({ created: 1, updated: 0, unchanged: 1, totalItems: 2 });
    expect((await getBySku("A-100")).name).toBe("Pen");
    const [warning] = await db.syncRejection.findMany({ where: { runId: run.id } });
    expect(warning).toMatchObject({ severity: "warning", code: "mode_create_only", line: 2, externalKey: "A-100" });
  });

  test("a source that only changes makes no product", async () => {
    const product = await createProduct({ sku: "ACME-1", name: "Pen" });
    await createCode(product.id, { type: "upc", code: "96385074", normalized: "96385074", gtin14: "00000096385074" });
    await csvSource([NAME, { column: "EAN", target: { to: "code", type: "upc", matches: true } }], { mode: "update" });
    const run = await importList("No,Name,EAN\nA-100,Pencil,96385074\nA-101,Ink,4008496273614\n");
    expect(run).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 1,
      warnings: [expect.stringContaining("1 row was left alone")],
    });
    expect(await db.product.count()).toBe(1);
    expect((await getBySku("ACME-1")).name).toBe("Pencil");
  });

  test("stocked only: what no ERP list holds is not made, by item number or by UPC", async () => {
    await importText("erp", { "items.csv": "ItemNumber,UnitPrice,UPC\nCWS100,1.20,96385074\nCWS200,2,\n" }, "erp");
    const columns = [
      NAME,
      { column: "EAN", target: { to: "code", type: "upc", matches: true } },
      { column: "CWS", target: { to: "code", type: "cws", matches: true } },
    ] satisfies Columns;
    await csvSource(columns, { stockedOnly: true });
    const run = await importList(
      "No,Name,EAN,CWS\nA-100,Pen,96385074,\nA-101,Ink,,CWS200\nA-102,Cap,4008496273614,CWS300\n",
    );
    expect(run).toMatchObject({ created: 2, unchanged: 1 });
    expect((await db.product.findMany({ orderBy: { sku: "asc" } })).map(({ sku }) => sku)).toEqual(["A-100", "A-101"]);
  });
});

describe("C45 mapping a format that has a reader", () => {
  test("an attribute goes to a field, to another metafield, or nowhere; what is not mapped stays as it was", async () => {
    const { id } = await createFeedSource({ name: "content", kind: "etilize" });
    const feed = etilizeFeed({
      "EN_US_SKU_SPR_productskus.csv": SKUS,
      "EN_US_B_productattributes.csv": [attribute(1, 10, "Black"), attribute(1, 11, "Large"), attribute(1, 12, "7")],
    });
    await importText("etilize", feed, "content");
    const before = await db.productMetafield.findMany({ orderBy: { key: "asc" } });
    expect(before.map(({ namespace, key }) => `${namespace}.${key}`)).toEqual([
      "etilize.colour",
      "etilize.size_11",
      "etilize.size_12",
    ]);

    await save(
      id,
      0,
      [
        { column: "10", target: { to: "field", field: "variation" } },
        {
          column: "11",
          target: {
            to: "metafield",
            namespace: "custom",
            key: "format",
            type: "single_line_text_field",
            separator: "",
          },
        },
        { column: "@description", target: { to: "field", field: "shortDescription" } },
      ],
      { keyColumn: null, skuColumn: null },
    );
    expect(await importText("etilize", feed, "content")).toMatchObject({ mappingVersion: 1, jobError: null });
    const product = await db.product.findFirstOrThrow({
      where: { metafields: { some: {} } },
      include: { metafields: true },
    });
    expect(product.variation).toBe("Black");
    const after = product.metafields.map(({ namespace, key, value }) => `${namespace}.${key}=${value}`).sort();
    expect(after).toEqual([
      "custom.format=Large",
      "etilize.colour=Black",
      "etilize.size_11=Large",
      "etilize.size_12=7",
    ]);
    expect(await db.metafieldDefinition.findFirst({ where: { namespace: "custom", key: "format" } })).not.toBeNull();
  });

  test("a column that the ERP's reader passes over becomes available", async () => {
    const { id } = await createFeedSource({ name: "erp", kind: "erp", policies: { unmatched: "hold" } });
    const product = await createProduct({ sku: "ACME-1" });
    await createCode(product.id, { type: "upc", code: "96385074", normalized: "96385074", gtin14: "00000096385074" });
    const columns = [
      { column: "Cost", target: { to: "field", field: "costPriceCents" } },
      {
        column: "Bin",
        target: { to: "metafield", namespace: "erp", key: "bin", type: "single_line_text_field", separator: "" },
      },
    ] as const;
    await save(id, 0, [...columns], { keyColumn: null, skuColumn: null });
    const run = await importText(
      "erp",
      { "items.csv": "ItemNumber,UnitPrice,UPC,Cost,Bin\nBAO-1,1.20,96385074,0.80,A7\nBAO-2,1,,x,\n" },
      "erp",
    );
    expect(run).toMatchObject({ updated: 1, rejected: 1 });
    const after = await getBySku("ACME-1");
    expect([after.priceCents, after.costPriceCents, after.metafields[0]?.value]).toEqual([120, 80, "A7"]);
    expect(await db.syncRejection.findFirst({ where: { runId: run.id } })).toMatchObject({
      line: 3,
      column: "Cost",
      code: "price_not_a_number",
    });
  });

  test("a mapping that says nothing leaves the feed unchanged to the last byte", async () => {
    const { id } = await createFeedSource({ name: "content", kind: "etilize" });
    await importText("etilize", etilizeFeed({ "EN_US_SKU_SPR_productskus.csv": SKUS }), "content");
    await save(id, 0, [{ column: "10", target: { to: "same" } }], { keyColumn: null, skuColumn: null });
    expect(
      await importText("etilize", etilizeFeed({ "EN_US_SKU_SPR_productskus.csv": SKUS }), "content"),
    ).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });
  });
});

describe("versions", () => {
  test("the second of two people is told, and nothing of theirs is written", async () => {
    const id = await csvSource([NAME]);
    await save(id, 1, [NAME, BRAND]);
    await expect(save(id, 1, [BRAND])).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("version 2"),
    });
    const both = await Promise.allSettled([save(id, 2, [BRAND]), save(id, 2, [NAME])]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.feedMapping.count()).toBe(3);
  });

  test("an earlier version is put in force again as a new one, and all stay to be read", async () => {
    const id = await csvSource([NAME]);
    await save(id, 1, [NAME, BRAND]);
    expect(await restoreMapping(SYSTEM, { sourceId: id, baseVersion: 2, version: 1 })).toEqual({
      version: 3,
      isNew: true,
    });
    const page = await getSourceMapping(actor("staff"), id);
    expect(page?.versions.map(({ version, mapping: one }) => [version, one.columns.length])).toEqual([
      [3, 1],
      [2, 2],
      [1, 1],
    ]);
    expect(await db.auditEntry.count({ where: { action: "mapping.save", entityId: id } })).toBe(3);
    await expect(restoreMapping(SYSTEM, { sourceId: id, baseVersion: 3, version: 9 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("saving what is in force already makes no version", async () => {
    const id = await csvSource([NAME]);
    expect(await save(id, 1, [NAME])).toEqual({ version: 1, isNew: false });
  });

  test("staff may look and not save", async () => {
    const id = await csvSource([NAME]);
    const input = { sourceId: id, baseVersion: 1, mapping: mapping.parse({ keyColumn: "No" }), note: "" };
    await expect(saveMapping(actor("staff"), input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(restoreMapping(actor("staff"), { sourceId: id, baseVersion: 1, version: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test.each<[string, Columns, Partial<Mapping>]>([
    ["Name and Title both go to name", [NAME, { column: "Title", target: { to: "field", field: "name" } }], {}],
    ["Choose the column that holds the supplier's own key", [NAME], { keyColumn: null }],
    [
      "Price is mapped twice",
      [
        { column: "Price", target: { to: "ignore" } },
        { column: "Price", target: { to: "ignore" } },
      ],
      {},
    ],
    [
      "not a number",
      [{ column: "Price", target: { to: "field", field: "priceCents" }, empty: { policy: "default", value: "cheap" } }],
      {},
    ],
    [
      "custom.size is a number_integer already",
      [{ column: "Size", target: { to: "metafield", namespace: "custom", key: "size", type: "url", separator: "" } }],
      {},
    ],
  ])("what contradicts is refused in words: %s", async (words, columns, more) => {
    await createDefinition({ namespace: "custom", key: "size", name: "Size", type: "number_integer" });
    const { id } = await createFeedSource({ name: "list", kind: "csv" });
    await expect(save(id, 0, columns, more)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(words),
    });
  });
});
