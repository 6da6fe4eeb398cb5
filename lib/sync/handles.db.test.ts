import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";

const folder = await mkdtemp(join(tmpdir(), "stockroom-handles-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

let files = 0;

async function importHandles(handles: Record<string, string>) {
  const path = join(folder, `${++files}.csv`);
  const rows = Object.entries(handles).map(([sku, handle]) => `${handle},Pen ${sku},1.00,${sku}`);
  await writeFile(path, ["Handle,Title,Price,Metafield: custom.SPRC[list.single_line_text]", ...rows, ""].join("\n"));
  return importFiles("shopify_csv", [path]);
}

const handles = async () =>
  Object.fromEntries((await db.product.findMany()).map(({ sku, handle }) => [sku, handle] as const));

test("a product that a feed gives the handle of another keeps the one it has, and the rest goes in", async () => {
  await importHandles({ PEN1: "pen-1", PEN2: "pen-2", PEN3: "pen-3" });
  expect(await importHandles({ PEN1: "pen-2", PEN2: "pen-2", PEN3: "pen-new" })).toMatchObject({ status: "success" });
  expect(await handles()).toEqual({ PEN1: "pen-1", PEN2: "pen-2", PEN3: "pen-new" });
});

test("of two products that a feed gives one new handle the first has it", async () => {
  await importHandles({ PEN1: "pen-1", PEN2: "pen-2" });
  await importHandles({ PEN1: "pen", PEN2: "pen" });
  expect(await handles()).toEqual({ PEN1: "pen", PEN2: "pen-2" });
});
