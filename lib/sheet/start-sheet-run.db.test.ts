import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { announceChanges } from "@/lib/testing/api";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCategory, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { saveCells } from "./save-cells";
import type { CellEdit } from "./sheet-input";
import { startSheetRun } from "./start-sheet-run";

beforeEach(resetDatabase);

const MANY = Array.from({ length: 1_050 }, (_, n) => `SPR${n}`);

async function products() {
  const rows = await db.product.findMany({ orderBy: { sku: "asc" }, select: { id: true, sku: true } });
  return rows.map((row) => row.id);
}

async function workRun(run: { id: string } | null) {
  const { jobId } = await db.syncHistory.findUniqueOrThrow({ where: { id: run?.id ?? "" } });
  await workOff(jobId ?? "");
  return getEndedRun(run?.id ?? "");
}

test("C40 C42 a large paste is one run: it lands whole, is kept against feeds and is undone whole", async () => {
  const mira = await createUser("manager");
  const shelf = await createCategory({ name: "Shelf" });
  await importRows(Object.fromEntries(MANY.map((sku) => [sku, {}])));
  await announceChanges();
  const before = await catalogueHashes();
  const ids = await products();
  const cells = ids.flatMap((id, n): CellEdit[] => [
    { id, column: "price", from: 199, typed: `€ ${n + 1}.25` },
    { id, column: "brand", from: "Halden", typed: n % 2 ? "" : "Acme" },
    { id, column: "m.custom.colour", from: '["Blue"]', typed: n % 3 ? "Red" : "" },
    ...(n < 5 ? ([{ id, column: "category", from: null, typed: "Shelf" }] satisfies CellEdit[]) : []),
  ]);
  const { run, outcomes } = await startSheetRun(actorOf(mira), { cells });
  // Their category is another than was seen.
  expect(outcomes.filter(({ outcome }) => outcome === "conflict")).toHaveLength(5);
  expect(outcomes.filter(({ outcome }) => outcome === "queued")).toHaveLength(MANY.length * 3);
  expect(await workRun(run)).toMatchObject({ status: "success", successful: MANY.length, skipped: 0 });
  expect(await db.product.findUniqueOrThrow({ where: { id: ids[7] } })).toMatchObject({
    ...{ priceCents: 825, brand: null },
    fieldSources: { priceCents: { by: "person", id: mira.id, runId: run?.id, kept: true, feedValue: 199 } },
  });
  expect(await db.productMetafield.count({ where: { key: "colour", value: '["Red"]' } })).toBe(700);
  expect(await db.product.count({ where: { categoryId: shelf.id } })).toBe(0);
  expect(await undoRun(run?.id ?? "")).toMatchObject({ status: "success", skipped: 0 });
  expect(await catalogueHashes()).toEqual(before);
});

test("R56 what somebody saves between the paste and its writing stands, and the run lists it", async () => {
  await importRows({ SPR1: {}, SPR2: {} });
  const [first = "", second = ""] = await products();
  const cells = [first, second].map((id): CellEdit => ({ id, column: "price", from: 199, typed: "3" }));
  const { run } = await startSheetRun(actor("manager"), { cells });
  await saveCells(actor("admin"), { cells: [{ id: first, column: "price", from: 199, typed: "4" }] });
  expect(await workRun(run)).toMatchObject({ status: "partial", successful: 1, skipped: 1 });
  const prices = await db.product.findMany({ orderBy: { sku: "asc" }, select: { priceCents: true } });
  expect(prices).toEqual([{ priceCents: 400 }, { priceCents: 300 }]);
});

test("a paste of which nothing fits makes no run, and staff may not paste", async () => {
  await importRows({ SPR1: {} });
  const [id = ""] = await products();
  const runs = await db.syncHistory.count();
  const cells: CellEdit[] = [
    { id, column: "price", from: 199, typed: "dear" },
    { id, column: "name", from: "Gel pen", typed: "Gel pen" },
  ];
  const { run, outcomes } = await startSheetRun(actor("manager"), { cells });
  expect(run).toBeNull();
  expect(outcomes).toMatchObject([{ outcome: "invalid" }, { outcome: "saved" }]);
  await expect(startSheetRun(actor("staff"), { cells })).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.syncHistory.count()).toBe(runs);
});
