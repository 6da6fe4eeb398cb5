import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { getProductAsOf } from "@/lib/catalog/product-as-of";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeFields } from "@/lib/sync/change";
import { createFeedSource } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { mapping } from "../mapping";
import { saveMapping } from "./mutations";

beforeEach(resetDatabase);

const SIZES = ["weightGrams", "lengthMm", "widthMm", "heightMm"] as const;

async function listSource() {
  const { id } = await createFeedSource({ name: "list", kind: "csv", policies: { unmatched: "create" } });
  const wanted = mapping.parse({
    keyColumn: "No",
    skuColumn: "No",
    columns: [
      { column: "Name", target: { to: "field", field: "name" } },
      { column: "kg", target: { to: "field", field: "weightGrams", unit: "kg" } },
      { column: "L", target: { to: "field", field: "lengthMm", unit: "cm" } },
      { column: "W", target: { to: "field", field: "widthMm", unit: "in" } },
      { column: "H", target: { to: "field", field: "heightMm" } },
    ],
  });
  await saveMapping(SYSTEM, { sourceId: id, baseVersion: 0, mapping: wanted, note: "" });
}

async function importList(row: string) {
  await mkdir(env().dataFolder, { recursive: true });
  const path = join(env().dataFolder, `sizes-${crypto.randomUUID()}.csv`);
  await writeFile(path, `No,Name,kg,L,W,H\n${row}\n`);
  return importFiles("csv", [path], { sourceName: "list" });
}

async function sizes() {
  const product = await db.product.findUniqueOrThrow({ where: { sku: "A-100" } });
  return SIZES.map((field) => product[field]);
}

async function linesOf(runId: string) {
  const changes = await db.syncChange.findMany({ where: { runId }, include: { detail: true } });
  return changes
    .flatMap((change) => changeFields.parse(change.detail?.fields ?? {}).update ?? [])
    .map(({ field, before, after }) => [field, before, after]);
}

test("sizes come from a feed in its own units, change field by field with their source, and are undone", async () => {
  await listSource();
  await importList("A-100,Desk,1.5,120,29.5,740");
  expect(await sizes()).toEqual([1500, 1200, 749, 740]);

  const before = new Date();
  const second = await importList("A-100,Desk,1.5,120.5,,741");
  expect(await linesOf(second.id)).toEqual([
    ["lengthMm", 1200, 1205],
    ["widthMm", 749, null],
    ["heightMm", 740, 741],
  ]);
  expect(await sizes()).toEqual([1500, 1205, null, 741]);
  const { id, fieldSources } = await db.product.findUniqueOrThrow({ where: { sku: "A-100" } });
  expect(fieldSources).toMatchObject({
    lengthMm: { by: "run", id: second.id },
    heightMm: { by: "run", id: second.id },
  });
  expect((await getProductAsOf(SYSTEM, id, before))?.past).toMatchObject({
    outcome: "known",
    values: { lengthMm: 1200, widthMm: 749, heightMm: 740 },
  });

  expect(await undoRun(second.id)).toMatchObject({ status: "success", skipped: 0 });
  expect(await sizes()).toEqual([1500, 1200, 749, 740]);
});

test("a cell that is no length refuses its row with the column, and changes nothing", async () => {
  await listSource();
  await importList("A-100,Desk,1.5,120,29.5,740");
  const run = await importList("A-100,Desk,1.5,12 ft,29.5,740");
  expect(run).toMatchObject({ rejected: 1, updated: 0 });
  expect(await db.syncRejection.findFirst({ where: { runId: run.id } })).toMatchObject({
    column: "L",
    reason: 'L "12 ft" is not a length.',
  });
  expect(await sizes()).toEqual([1500, 1200, 749, 740]);
});

test("a unit that does not measure the field is refused with the units that do", () => {
  const target = { to: "field", field: "lengthMm", unit: "kg" };
  const parsed = mapping.safeParse({ columns: [{ column: "L", target }] });
  expect(parsed.error?.issues[0]).toMatchObject({
    message: "Weights are in g, kg, lb or oz, lengths in mm, cm, m or in.",
  });
});
