import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { listSheetRows } from "@/lib/sheet/list-sheet-rows";
import { saveCells } from "@/lib/sheet/save-cells";
import { announceChanges } from "@/lib/testing/api";
import { actor, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { listWithValues } from "./list-with-values";
import { csvOf, openTable } from "./table-export/write-table";

beforeEach(() => resetDatabase());
const manager = actor("manager");
const COLUMNS = ["sku", "description", "weight", "seoTitle"] as const;

test("a list, its sheet and its file have descriptions, weights and search texts where they are shown", async () => {
  const pen = await createProduct({ sku: "PEN", description: "<p>Writes</p>", weightGrams: 1200, seoTitle: null });
  await announceChanges(pen.id);
  const { details } = await listWithValues(manager, {}, COLUMNS);
  expect(details.get(pen.id)).toEqual({ description: "<p>Writes</p>", weight: 1200, seoTitle: null });
  expect((await listWithValues(manager, {}, ["sku"])).details.size).toBe(0);
  const lines: string[] = [];
  for await (const part of csvOf(await openTable(manager, {}, COLUMNS))) lines.push(part);
  expect(lines.join("")).toContain("PEN,<p>Writes</p>,1200,");

  const cell = (column: string, from: string | number | null, typed: string) => ({ id: pen.id, column, from, typed });
  const outcomes = await saveCells(manager, {
    cells: [
      cell("description", "<p>Writes</p>", "<p>Writes blue</p>"),
      cell("weight", 1200, "1.5"),
      cell("seoTitle", null, "A pen"),
    ],
  });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["saved", "invalid", "saved"]);
  const { rows } = await listSheetRows(manager, { ids: [pen.id], columns: [...COLUMNS] });
  expect(rows[0]?.cells).toEqual({
    sku: "PEN",
    description: "<p>Writes blue</p>",
    weight: 1200,
    seoTitle: "A pen",
  });
  expect(await db.auditEntry.count({ where: { entityId: pen.id, action: "product.update" } })).toBe(1);
});
