import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { undoRun } from "@/lib/testing/import-rows";
import { importFiles } from "@/lib/testing/run-import";
import { describeSharedData } from "@/lib/testing/shared-data";
import { changeFields } from "./change";
import { planUndo } from "./undo/preview-undo";

const MINUTES = 60_000;

const day1 = z.object({
  products: z.number(),
  categories: z.number(),
  attribute_values: z.number(),
  upcs: z.number(),
  with_price_after_erp: z.number(),
});
const attributeValue = z.union([z.string(), z.number(), z.boolean()]);
const day2 = z.object({
  price_changed: z.array(z.object({ id: z.string(), before_cents: z.number(), after_cents: z.number() })),
  attribute_changed: z.array(
    z.object({
      id: z.string(),
      attribute_id: z.number(),
      name: z.string(),
      before: attributeValue,
      after: attributeValue,
    }),
  ),
  moved: z.array(z.object({ id: z.string(), from: z.string(), to: z.string() })),
  missing: z.array(z.string()),
  added: z.array(z.string()),
  "broken_lines_of_EN_US_B_product.csv": z.array(z.object({ line: z.number(), what: z.string() })),
  end_state_with_missing_kept: z.object({
    products: z.number(),
    metafields: z.number(),
    upcs: z.number(),
    with_price: z.number(),
    views: z.number(),
  }),
});

describeSharedData("two days of a real supplier", (path) => {
  const read = <T extends z.ZodType>(schema: T, file: string) =>
    schema.parse(JSON.parse(readFileSync(path("feeds", file), "utf8")));
  const etilize = (day: number) => [path("feeds", `day${day}`, "etilize")];
  const erp = (day: number) => [path("feeds", `day${day}`, "xorosoft-items.zip")];
  let firstDay: Record<string, string> = {};
  let contentRun = "";
  let priceRun = "";

  test("day 1: the database holds exactly what the files hold", { timeout: 10 * MINUTES }, async () => {
    const expected = read(day1, "day1.expected.json");
    const content = await importFiles("etilize", etilize(1));
    expect(content).toMatchObject({ status: "success", jobError: null, created: expected.products, rejected: 0 });
    const prices = await importFiles("erp", erp(1));
    expect(prices).toMatchObject({
      status: "success",
      jobError: null,
      updated: expected.with_price_after_erp,
      held: 0,
    });
    expect(await db.product.count()).toBe(expected.products);
    expect(await db.category.count()).toBe(expected.categories);
    expect(await db.productMetafield.count()).toBe(expected.attribute_values);
    expect(await db.productCode.count({ where: { type: "upc" } })).toBe(expected.upcs);
    expect(await db.product.count({ where: { priceCents: { not: null } } })).toBe(expected.with_price_after_erp);
    expect(await db.productImage.count()).toBe(expected.products);
    firstDay = await catalogueHashes();
  });

  test("R3 day 1 again: no change is found, nothing is written", { timeout: 10 * MINUTES }, async () => {
    const before = await db.productMetafield.aggregate({ _max: { updatedAt: true } });
    const again = await importFiles("etilize", etilize(1));
    expect(again).toMatchObject({ status: "success", created: 0, updated: 0, unchanged: 14_700 });
    expect(await db.syncChange.count({ where: { runId: again.id } })).toBe(0);
    expect(await db.productMetafield.aggregate({ _max: { updatedAt: true } })).toEqual(before);
  });

  test("day 2: each run finds what changed, item by item", { timeout: 10 * MINUTES }, async () => {
    const expected = read(day2, "day2.expected.json");
    const content = await importFiles("etilize", etilize(2));
    contentRun = content.id;
    expect(content).toMatchObject({
      jobError: null,
      heldReason: null,
      created: expected.added.length,
      missing: expected.missing.length,
    });
    priceRun = (await importFiles("erp", erp(2))).id;
    const keys = async (kind: "new" | "missing") =>
      (await db.syncChange.findMany({ where: { runId: contentRun, kind, entity: "product" } }))
        .map((change) => change.externalKey)
        .sort();
    expect(await keys("new")).toEqual(expected.added.toSorted());
    expect(await keys("missing")).toEqual(expected.missing.toSorted());
    expect((await linesOf(contentRun, "category")).sort()).toEqual(
      expected.moved.map(({ id, from, to }) => `${id}: ${from} → ${to}`).sort(),
    );
    // Decimals are stored as Shopify writes them, "3.0"; the expectation says 3.
    const attributes = (await linesOf(contentRun, "metafield:")).map((line) => line.replaceAll(/\b(\d+)\.0\b/g, "$1"));
    expect(attributes.sort()).toEqual(
      expected.attribute_changed
        .map(({ id, before, after }) => `${id}: ${before} → ${after}`.replaceAll(/\b(\d+)\.0\b/g, "$1"))
        .sort(),
    );
    // New products have their first price from this run: no price of theirs changed.
    const prices = (await linesOf(priceRun, "priceCents")).filter((line) => !line.includes(": null →"));
    expect(prices.map((line) => line.replace(/^CWS/, "")).sort()).toEqual(
      expected.price_changed
        .map(({ id, before_cents, after_cents }) => `${id}: ${before_cents} → ${after_cents}`)
        .sort(),
    );
  });

  test("day 2: each broken line is told with its physical line and a reason", async () => {
    const expected = read(day2, "day2.expected.json");
    const found = await db.syncRejection.findMany({
      where: { runId: contentRun, file: "EN_US_B_product.csv" },
      orderBy: { line: "asc" },
    });
    const broken = expected["broken_lines_of_EN_US_B_product.csv"];
    expect(found.map(({ line, severity }) => ({ line, severity }))).toEqual(
      broken.map(({ line, what }) => ({ line, severity: what.includes("warning") ? "warning" : "error" })),
    );
    expect(found.find(({ line }) => line === 7467)).toMatchObject({
      code: "unknown_category",
      raw: expect.stringContaining("99999999"),
    });
    for (const { reason, raw } of found) {
      expect(reason.length).toBeGreaterThan(20);
      expect(raw).not.toBe("");
    }
    for (const file of await db.syncFile.findMany({ where: { runId: contentRun } })) {
      expect(file.rowsStaged + file.rowsUnchanged + file.rowsRepeated + file.rowsRejected, file.name).toBe(
        file.rowsRead,
      );
    }
  });

  test("day 2: the end state is the feed's, what is missing flagged and kept", async () => {
    const { end_state_with_missing_kept: end, missing } = read(day2, "day2.expected.json");
    expect(await db.product.count()).toBe(end.products);
    expect(await db.productMetafield.count()).toBe(end.metafields);
    expect(await db.productCode.count({ where: { type: "upc" } })).toBe(end.upcs);
    expect(await db.product.count({ where: { priceCents: { not: null } } })).toBe(end.with_price);
    expect(await db.productImage.count()).toBe(end.views);
    expect(await db.sourceItem.count({ where: { missingRuns: 1, source: { kind: "etilize" } } })).toBe(missing.length);
  });

  test("R23 day 2 undone is day 1, value by value", { timeout: 10 * MINUTES }, async () => {
    for (const runId of [priceRun, contentRun]) {
      const { products, categories } = await planUndo(SYSTEM, runId);
      const undone = await undoRun(runId);
      expect(undone).toMatchObject({ status: "success", jobError: null, skipped: 0 });
      expect(undone).toMatchObject({ updated: products.restored, deleted: products.removed });
      expect(undone.successful).toBe(products.restored + products.removed + categories.restored + categories.removed);
    }
    expect(await catalogueHashes()).toEqual(firstDay);
  });
});

/** `key: before → after` of every line of a run's changes whose field begins so; creations left out. */
async function linesOf(runId: string, field: string) {
  const changes = await db.syncChange.findMany({
    where: { runId, entity: "product", action: "update" },
    include: { detail: true },
  });
  return changes.flatMap((change) =>
    (changeFields.parse(change.detail?.fields ?? {}).update ?? [])
      .filter((line) => line.field.startsWith(field))
      .map((line) => `${change.externalKey}: ${line.before} → ${line.after}`),
  );
}
