import { beforeEach, expect, test } from "vitest";
import { createProduct, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { deleteRows, insertRows, selectRows, updateRows, upsertRows } from "./bulk";
import { db, transaction } from "./client";

beforeEach(resetDatabase);

const AT = new Date("2026-03-01T12:34:56.789Z");

function product(n: number) {
  return {
    id: `id-${n}`,
    sku: `SKU-${n}`,
    name: `Papier à lettre “A4” 210×297 ½ ✓ 日本 ${n}`,
    nameKey: `papier ${n}`,
    priceCents: n === 3 ? null : n * 100,
    stockStatus: "in_stock",
    fieldSources: { name: { by: "run", at: AT.toISOString(), list: [1, null, "x'y\"z\\"] } },
    customAttributes: n === 3 ? null : [1.5, true],
    archivedAt: n === 3 ? null : AT,
    updatedAt: AT,
  };
}

test("what is inserted in bulk reads back through Prisma as it went in", async () => {
  await transaction((tx) => insertRows(tx, "Product", [product(1), product(2), product(3)]));
  const rows = await db.product.findMany({ orderBy: { sku: "asc" } });
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject(product(1));
  expect(rows[2]).toMatchObject(product(3));
  const written = rows[0]?.createdAt.getTime() ?? 0;
  expect(Math.abs(Date.now() - written)).toBeLessThan(60_000);
});

test("rows of a generator go in as those of an array do, and none is no statement", async () => {
  function* products(count: number) {
    for (let n = 1; n <= count; n++) yield product(n);
  }
  await transaction((tx) => insertRows(tx, "Product", products(0)));
  await transaction((tx) => insertRows(tx, "Product", products(3)));
  const rows = await db.product.findMany({ orderBy: { sku: "asc" }, select: { sku: true, priceCents: true } });
  expect(rows).toEqual([
    { sku: "SKU-1", priceCents: 100 },
    { sku: "SKU-2", priceCents: 200 },
    { sku: "SKU-3", priceCents: null },
  ]);
});

test("numbers with fractions, booleans and large integers keep their value", async () => {
  const { id: productId } = await createProduct();
  const source = await transaction((tx) => tx.feedSource.create({ data: { name: "Feed", kind: "erp" } }));
  const bytes = Number.MAX_SAFE_INTEGER;
  await transaction(async (tx) => {
    const metafield = { productId, namespace: "a", value: "1", type: "number_decimal", updatedAt: AT };
    await insertRows(tx, "ProductMetafield", [
      { ...metafield, key: "tenth", numberValue: 0.1 + 0.2, isVisible: false, kept: true, dateValue: AT },
      { ...metafield, key: "tiny", numberValue: 1e-300, isVisible: true, kept: false, dateValue: null },
      { ...metafield, key: "whole", numberValue: 12, isVisible: true, kept: false, dateValue: null },
    ]);
    await insertRows(tx, "FeedFile", [{ id: "f", sourceId: source.id, name: "n", hash: "h", bytes, storagePath: "p" }]);
  });
  const rows = await db.productMetafield.findMany({ orderBy: { key: "asc" } });
  expect(rows.map((row) => [row.numberValue, row.isVisible, row.kept, row.dateValue])).toEqual([
    [0.1 + 0.2, false, true, AT],
    [1e-300, true, false, null],
    [12, true, false, null],
  ]);
  expect((await db.feedFile.findUniqueOrThrow({ where: { id: "f" } })).bytes).toBe(BigInt(bytes));
});

test("a collision is left alone, or updates the columns named", async () => {
  await transaction(async (tx) => {
    await insertRows(tx, "Product", [product(1)]);
    await insertRows(tx, "Product", [{ ...product(1), name: "Other" }, product(2)], { onConflict: "nothing" });
    await upsertRows(
      tx,
      "Product",
      ["id"],
      ["priceCents", "archivedAt"],
      [{ ...product(2), name: "Not this", priceCents: 7, archivedAt: null }, product(4)],
    );
  });
  const rows = await db.product.findMany({ orderBy: { sku: "asc" } });
  expect(rows.map((row) => [row.name, row.priceCents, row.archivedAt])).toEqual([
    [product(1).name, 100, AT],
    [product(2).name, 7, null],
    [product(4).name, 400, AT],
  ]);
});

test("rows are updated, raised, selected and deleted by key, and no others", async () => {
  const later = new Date(AT.getTime() + 1);
  await transaction(async (tx) => {
    await insertRows(tx, "Product", [1, 2, 3, 4].map(product));
    const change = { stockStatus: "backorder", customAttributes: { a: "é" }, archivedAt: null, updatedAt: later };
    await updateRows(
      tx,
      "Product",
      ["id"],
      [
        { id: "id-1", ...change },
        { id: "id-3", ...change },
      ],
      ["version"],
    );
    await deleteRows(
      tx,
      "Product",
      ["sku", "name"],
      [
        { sku: "SKU-2", name: product(2).name },
        { sku: "SKU-4", name: "Somebody else" },
      ],
    );
  });
  const rows = await db.product.findMany({ orderBy: { sku: "asc" } });
  expect(rows.map((row) => [row.sku, row.stockStatus, row.version, row.updatedAt])).toEqual([
    ["SKU-1", "backorder", 2, later],
    ["SKU-3", "backorder", 2, later],
    ["SKU-4", "in_stock", 1, AT],
  ]);
  expect(rows[0]?.customAttributes).toEqual({ a: "é" });
  const found = await selectRows<{ sku: string; version: number }>(
    db,
    "Product",
    `"Product"."sku", "version"`,
    "id",
    ["id-1", "id-4", "id-9"],
    `"version" > 1`,
  );
  expect(found).toEqual([{ sku: "SKU-1", version: 2 }]);
});

test("rows are found by integer keys too", async () => {
  const run = await createRun();
  await transaction((tx) =>
    insertRows(
      tx,
      "SyncRejection",
      [1, 2, 3].map((line) => ({ runId: run.id, file: "f", line, code: "c", reason: "r", raw: "" })),
    ),
  );
  expect(await selectRows(db, "SyncRejection", `"line"`, "id", [1, 3])).toEqual([{ line: 1 }, { line: 3 }]);
});

test("10,000 rows go in, change and go out within seconds", async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => product(n + 10));
  const started = Date.now();
  await transaction((tx) => insertRows(tx, "Product", rows));
  expect(await db.product.count()).toBe(10_000);
  await transaction((tx) =>
    updateRows(
      tx,
      "Product",
      ["id"],
      rows.map((row) => ({ id: row.id, priceCents: 5 })),
      ["version"],
    ),
  );
  expect(await db.product.count({ where: { priceCents: 5, version: 2 } })).toBe(10_000);
  expect(
    await selectRows(
      db,
      "Product",
      `"Product"."id"`,
      "sku",
      rows.map((row) => row.sku),
    ),
  ).toHaveLength(10_000);
  await transaction((tx) =>
    deleteRows(
      tx,
      "Product",
      ["id"],
      rows.map(({ id }) => ({ id })),
    ),
  );
  expect(await db.product.count()).toBe(0);
  // A set joined the wrong way round takes minutes.
  expect(Date.now() - started).toBeLessThan(20_000);
});
