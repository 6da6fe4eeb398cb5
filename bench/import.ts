// npm run bench -- import [--products 100000]: a generated feed through the pipeline, beside the raw floor of the same run.
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { migrate } from "@/lib/db/migrate";
import { openSourceFiles } from "@/lib/feeds/source-files";
import { writeBenchFeed, writeChangedBenchFeed } from "@/lib/sample/bench-feed";
import { importFeed, type Measured } from "./catalogue";
import { floorFirst, floorUnchanged } from "./import-floor";
import { numberOption, printResult } from "./report";
import { assertSameCatalogue } from "./same-catalogue";
import { timeSpent } from "./watch-import";

const products = numberOption("products", 100_000);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  const feeds = await writeFeeds();
  const floorDatabase = join(folder, "floor.db");
  await migrate(`file:${floorDatabase}`);
  // Each beside its floor: a machine that others share is now quicker, now slower.
  const first = await importFeed(folder, feeds.first);
  const spent = { first: timeSpent(folder), changed: {}, unchanged: {} };
  const floor = {
    first: await floorFirst(floorDatabase, feeds.first, await scratchFolder("floor")),
    changed: 0,
    unchanged: 0,
  };
  assertSameCatalogue(join(folder, "data", "stockroom.db"), floorDatabase);
  const changed = await importFeed(folder, feeds.changed);
  spent.changed = timeSpent(folder);
  floor.changed = (await floorUnchanged(floorDatabase, feeds.changed, await scratchFolder("floor-2"))).seconds;
  const unchanged = await importFeed(folder, feeds.changedAgain);
  spent.unchanged = timeSpent(folder);
  floor.unchanged = (await floorUnchanged(floorDatabase, feeds.changedAgain, await scratchFolder("floor-3"))).seconds;
  const row = (name: string, ours: Measured, raw: number) => ({
    import: name,
    "products/s": Math.round(products / ours.seconds),
    "floor/s": Math.round(products / raw),
    "of floor": `${Math.round((100 * raw) / ours.seconds)} %`,
    "peak RSS MB": ours.peakRssMb,
    found: `${ours.created} new, ${ours.updated} changed, ${ours.unchanged} unchanged`,
  });
  const ratio = {
    first: floor.first / first.seconds,
    changed: floor.changed / changed.seconds,
    unchanged: floor.unchanged / unchanged.seconds,
  };
  printResult(
    [
      row("first", first, floor.first),
      row("1 % changed", changed, floor.changed),
      row("unchanged", unchanged, floor.unchanged),
    ],
    {
      bench: "import",
      products,
      ratio,
      spent,
      seconds: { first: first.seconds, changed: changed.seconds, unchanged: unchanged.seconds },
      floorSeconds: floor,
      peakRssMb: Math.max(first.peakRssMb, changed.peakRssMb, unchanged.peakRssMb),
      feedBytes: statSync(feeds.firstCsv).size,
      databaseBytes: statSync(join(folder, "data", "stockroom.db")).size,
      cpus: cpus().length,
      node: process.version,
    },
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The feed, the feed with one product in a hundred changed, and that packed again the next day: other bytes, same rows. */
async function writeFeeds() {
  const first = (await writeBenchFeed({ folder: join(folder, "first"), products })).path;
  const changed = (await writeChangedBenchFeed({ folder: join(folder, "changed"), products })).path;
  return {
    first,
    changed,
    firstCsv: await unpacked(first, "a"),
    changedAgain: await packedAgain(await unpacked(changed, "b")),
  };
}

async function unpacked(zip: string, name: string) {
  const input = {
    files: [{ path: zip, name: "feed.zip" }],
    scratchFolder: await scratchFolder(name),
    knownDefinitions: new Map(),
  };
  const [file] = await openSourceFiles(input, () => true);
  if (!file) throw new Error("The generated feed is empty.");
  return file.path;
}

async function packedAgain(csv: string) {
  const path = join(folder, "changed-again.zip");
  const zip = new ZipFile();
  zip.addFile(csv, "CWS_Etilize-next-day.csv", { mtime: new Date(2026, 10, 3) });
  zip.end();
  // yazl's types speak of the older stream interface; its stream is a PassThrough.
  await pipeline(zip.outputStream as Readable, createWriteStream(path));
  return path;
}

async function scratchFolder(name: string) {
  const path = join(folder, "scratch", name);
  await mkdir(path, { recursive: true });
  return path;
}
