import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { attribute, etilizeFeed } from "@/lib/testing/etilize-feed";
import { actor, createFeedSource } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles, workOff } from "@/lib/testing/run-import";
import { archiveFile } from "../archive";
import { mapping } from "../mapping";
import { requestDryRun } from "./dry-run";
import { inspectFile, previewMapping } from "./preview";
import { requestSample } from "./sample-job";

beforeEach(resetDatabase);

async function receive(sourceId: string, name: string, content: string | Buffer) {
  await mkdir(env().dataFolder, { recursive: true });
  const path = join(await mkdtemp(join(env().dataFolder, "preview-")), name);
  await writeFile(path, content);
  const { hash, bytes, storagePath } = await archiveFile({ path, name });
  await transaction((tx) => tx.feedFile.create({ data: { sourceId, name, hash, bytes: BigInt(bytes), storagePath } }));
}

test("C49 the first rows of the real file are shown as they would be staged, with line and column of what would not", async () => {
  const { id } = await createFeedSource({ name: "list", kind: "csv" });
  await receive(id, "list.csv", "Nr;Titel;Preis\nA-1;Pen;1,20\nA-2;Ink;n/a\n");
  const inspected = await inspectFile(actor("staff"), { sourceId: id, dialect: null });
  expect(inspected).toMatchObject({ name: "list.csv", isCut: false, dialect: { delimiter: ";", decimal: "comma" } });
  expect(inspected?.columns.map(({ column, filled, of }) => [column, filled, of])).toEqual([
    ["Nr", 2, 2],
    ["Titel", 2, 2],
    ["Preis", 2, 2],
  ]);
  const draft = mapping.parse({
    dialect: inspected?.dialect,
    keyColumn: "Nr",
    columns: [
      { column: "Titel", target: { to: "field", field: "name" } },
      { column: "Preis", target: { to: "field", field: "priceCents" } },
    ],
  });
  const preview = await previewMapping(actor("staff"), { sourceId: id, mapping: draft });
  expect(preview.rows).toEqual([
    { file: "list.csv", line: 2, key: "A-1", sku: null, values: { name: "Pen", priceCents: "1.20" } },
  ]);
  expect(preview.problems).toMatchObject([{ line: 3, column: "Preis", isError: true }]);
});

test("of a large file the beginning alone is read, and its cut end is no error", async () => {
  const { id } = await createFeedSource({ name: "list", kind: "csv" });
  const rows = Array.from({ length: 60_000 }, (_, at) => `A-${at},"Pen\n${at}",${"x".repeat(20)}\n`).join("");
  await receive(id, "list.csv.gz", gzipSync(`No,Name,Note\n${rows}`));
  const inspected = await inspectFile(SYSTEM, { sourceId: id, dialect: null });
  expect(inspected).toMatchObject({ name: "list.csv", isCut: true });
  const draft = mapping.parse({
    keyColumn: "No",
    columns: [{ column: "Name", target: { to: "field", field: "name" } }],
  });
  const preview = await previewMapping(SYSTEM, { sourceId: id, mapping: draft });
  expect(preview.rows).toHaveLength(25);
  expect(preview.problems).toEqual([]);
  expect(preview.looked).toBeLessThan(60_000);
});

test("a mapping that names a column the file lacks is told in the preview as in the run", async () => {
  const { id } = await createFeedSource({ name: "list", kind: "csv" });
  await receive(id, "list.csv", "No,Name\nA-1,Pen\n");
  const draft = mapping.parse({ keyColumn: "Number" });
  await expect(previewMapping(SYSTEM, { sourceId: id, mapping: draft })).rejects.toThrow("has no column Number");
});

test("a source without a file has nothing to inspect, and says what to do when asked for rows", async () => {
  const { id } = await createFeedSource({ name: "list", kind: "csv" });
  expect(await inspectFile(SYSTEM, { sourceId: id, dialect: null })).toBeNull();
  const asked = previewMapping(SYSTEM, { sourceId: id, mapping: mapping.parse({}) });
  await expect(asked).rejects.toThrow("This source has no file yet");
  await expect(requestDryRun(SYSTEM, { sourceId: id })).rejects.toMatchObject({ code: "not_found" });
});

test("an ERP list shows what its reader takes as fields, and its other columns as free", async () => {
  const { id } = await createFeedSource({ name: "erp", kind: "erp" });
  await receive(id, "items.csv", "Item Number,UnitPrice,UPC,Bin\nCWS100,1.20,96385074,A7\n");
  const inspected = await inspectFile(SYSTEM, { sourceId: id, dialect: null });
  expect(inspected?.columns.map(({ column, group }) => [column, group])).toEqual([
    ["@priceCents", "field"],
    ["Bin", "column"],
  ]);
});

test("the worker looks into a feed of many tables; its attributes and first products are there then", async () => {
  const { id } = await createFeedSource({ name: "content", kind: "etilize" });
  const folder = await mkdtemp(join(env().dataFolder, "etilize-"));
  const skus = [[1, "SP Richards", "SPR1001", 1, "", ""]];
  const feed = etilizeFeed({
    "EN_US_SKU_SPR_productskus.csv": skus,
    "EN_US_B_productattributes.csv": [attribute(1, 10, "Black"), attribute(2, 10, "Clear")],
  });
  for (const [name, text] of Object.entries(feed)) await writeFile(join(folder, name), text);
  await importFiles("etilize", [folder], { sourceName: "content" });
  expect(await inspectFile(SYSTEM, { sourceId: id, dialect: null })).toBeNull();
  await workOff((await requestSample(actor("manager"), { sourceId: id })).jobId);
  const inspected = await inspectFile(SYSTEM, { sourceId: id, dialect: null });
  expect(inspected?.columns.find(({ column }) => column === "10")).toMatchObject({
    label: "Colour",
    group: "attribute",
    metafield: "etilize.colour",
    filled: 2,
    samples: ["Black", "Clear"],
  });
  const draft = mapping.parse({ columns: [{ column: "10", target: { to: "field", field: "variation" } }] });
  const { rows } = await previewMapping(SYSTEM, { sourceId: id, mapping: draft });
  expect(rows.map(({ key, values }) => [key, values.variation])).toEqual([
    ["1", "Black"],
    ["2", "Clear"],
  ]);
});

test("staff may look and not ask the worker", async () => {
  const { id } = await createFeedSource({ name: "list", kind: "csv" });
  await expect(requestSample(actor("staff"), { sourceId: id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(requestDryRun(actor("staff"), { sourceId: id })).rejects.toMatchObject({ code: "forbidden" });
});
