import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeBenchFeed, writeChangedBenchFeed } from "./bench-feed";
import { headedRows, unzipAll } from "./read-back";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-bench-feed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(path: string) {
  const [bytes] = (await unzipAll([path])).values();
  return headedRows(bytes);
}

test("each bench product has its own codes, six metafields and two pictures", async () => {
  const feed = await writeBenchFeed({ folder: join(folder, "first"), products: 2500 });
  const rows = await rowsOf(feed.path);
  const heads = rows.filter(({ Title }) => Title !== "");
  const isMetafield = (column: string) => column.startsWith("Metafield: ");
  const cells = heads.flatMap((row) =>
    Object.entries(row).filter(([column, cell]) => isMetafield(column) && cell !== ""),
  );
  expect(heads).toHaveLength(2500);
  expect(cells).toHaveLength(feed.metafields);
  expect(rows.filter((row) => row["Product image URL"] !== "")).toHaveLength(feed.images);
  for (const column of ["Handle", "Title", "Barcode", "Metafield: custom.SPRC[list.single_line_text]"]) {
    expect(new Set(heads.map((row) => row[column])).size, column).toBe(2500);
  }
});

test("the changed bench feed differs in one product of a hundred", async () => {
  const first = await rowsOf((await writeBenchFeed({ folder: join(folder, "a"), products: 1050 })).path);
  const feed = await writeChangedBenchFeed({ folder: join(folder, "b"), products: 1050 });
  const second = await rowsOf(feed.path);
  const different = second.filter((row, index) => JSON.stringify(row) !== JSON.stringify(first[index]));
  expect(second).toHaveLength(first.length);
  expect(different).toHaveLength(feed.changed);
  expect(feed.changed).toBe(11);
});
