import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CSV_LIMITS, readCsv } from "./csv";
import type { CsvLimits } from "./csv-reader";
import type { CsvRecord, CsvShape } from "./csv-record";
import { batchesFromThread } from "./csv-thread-batches";
import { openSourceFiles, type SourceFile } from "./source-files";

let folder: string;
let thread: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-csv-thread-"));
  const outfile = join(folder, "csv-thread.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "csv-thread.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    // Packages are CommonJS and ask for Node's modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  thread = pathToFileURL(outfile);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: Buffer | string): Promise<SourceFile> {
  const path = join(folder, "feed.csv");
  await writeFile(path, content);
  const input = { files: [{ path, name: "feed.csv" }], scratchFolder: folder, knownDefinitions: new Map() };
  const [file] = await openSourceFiles(input, () => true);
  if (!file) throw new Error("The file was not taken.");
  return file;
}

async function all(batches: AsyncIterable<CsvRecord[]>) {
  const records: CsvRecord[] = [];
  for await (const batch of batches) records.push(...batch);
  return records;
}

async function bothWays(content: Buffer | string, dialect: CsvShape, limits: CsvLimits = CSV_LIMITS) {
  const file = await fileOf(content);
  return [await all(batchesFromThread(thread, file, dialect, limits)), await all(readCsv(file, dialect, limits))];
}

test("a file read in a thread gives what it gives without one: places, broken rows, other encodings", async () => {
  const texts = [
    'a,b\r\n"x\r\ny",2\r\n\r\nbro"ken,3\r\nc,d\0\r\nlast,"never closed\r\n',
    Buffer.from("name,price\nCaf\xe9,\x802\n", "latin1"),
    "\uFEFFname\nZażółć\n",
    Buffer.from("\uFEFFname,b\nZażółć,1\n", "utf16le"),
    "",
  ];
  for (const text of texts) {
    const [threaded, inline] = await bothWays(text, "doubled", { chunkBytes: 7, longestRecord: 1_000 });
    expect(threaded).toEqual(inline);
  }
  const [told] = await bothWays('1,"a\\nb \\"c\\""\n', "backslash");
  expect(told?.map(({ fields }) => fields)).toEqual([["1", 'a\nb "c"']]);
});

test("whatever the bytes are, a thread tells the same records", async () => {
  const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom('"', ",", "\n", "\r\n", "\0", 'a"b', ""));
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { maxLength: 60 }), async (cells) => {
      const [threaded, inline] = await bothWays(cells.join(","), "doubled", { chunkBytes: 16, longestRecord: 200 });
      expect(threaded).toEqual(inline);
    }),
    { numRuns: 20 },
  );
});

test("a row of the greatest length comes whole out of a thread", async () => {
  const long = "x".repeat(15 * 2 ** 20);
  const [threaded] = await bothWays(`key,text\n1,"${long}"\n2,short\n`, "doubled");
  expect(threaded?.map(({ fields }) => fields[1]?.length)).toEqual([4, long.length, 5]);
});

test("who takes no more ends the thread, and one that can't read says why", async () => {
  const file = await fileOf("a,b\n".repeat(500_000));
  for await (const batch of batchesFromThread(thread, file, "doubled", CSV_LIMITS)) {
    expect(batch[0]?.fields).toEqual(["a", "b"]);
    break;
  }
  const stopped = new AbortController();
  const taking = all(batchesFromThread(thread, file, "doubled", CSV_LIMITS, stopped.signal));
  stopped.abort(new Error("Cancelled."));
  await expect(taking).rejects.toThrow("Cancelled.");
  await rm(file.path);
  await expect(all(batchesFromThread(thread, file, "doubled", CSV_LIMITS))).rejects.toMatchObject({ code: "ENOENT" });
});

test("a thread that ends before its file does is no end of the file", async () => {
  const path = join(folder, "gone.mjs");
  await writeFile(path, "process.exit(0);");
  const file = await fileOf("a,b\n");
  const taking = all(batchesFromThread(pathToFileURL(path), file, "doubled", CSV_LIMITS));
  await expect(taking).rejects.toThrow("ended before the file did");
});
