import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deflatedZeros, forgedZip, gzippedZeros } from "@/lib/testing/bombs";
import { reportProof } from "@/lib/testing/proof";
import { readErpList } from "./erp-reader";
import { FeedError } from "./feed-error";
import { oneByOne } from "./record-batches";
import { testZip } from "./zip";

const MEGABYTE = 2 ** 20;
/** What a bomb may cost before it is refused. */
const MOST = { rssMb: 100, ms: 5_000, diskMb: 80 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-bomb-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** None is unpacked to its end, so that its checksum would be looked at. */
const zeros = (megabytes: number) => ({ packed: deflatedZeros(megabytes), crc: 0 });

/** Bombs by what they hope for. */
const BOMBS: Record<string, () => Buffer> = {
  "a gzip of 4 GB": () => gzippedZeros(4_096),
  "a zip of 2 GB that says so": () => forgedZip([{ name: "a.csv", ...zeros(2_048), bytes: 2_048 * MEGABYTE }]),
  "a zip of 2 GB that says 1,000 bytes": () => forgedZip([{ name: "a.csv", ...zeros(2_048), bytes: 1_000 }]),
  "900 files of 16 MB that share one kernel": () => {
    const kernel = { ...zeros(16), bytes: 16 * MEGABYTE };
    return forgedZip(
      Array.from({ length: 900 }, (_, at) => ({ name: `${at}.csv`, ...kernel, ...(at > 0 ? { sharesWith: 0 } : {}) })),
    );
  },
  "a kernel used twice behind enough ballast for both": () => {
    const kernel = { ...zeros(16), bytes: 16 * MEGABYTE };
    const ballast = Buffer.alloc(MEGABYTE, "x");
    return forgedZip([
      { name: "ballast.bin", packed: ballast, crc: 0, bytes: MEGABYTE },
      { name: "a.csv", ...kernel },
      { name: "b.csv", ...kernel, sharesWith: 1 },
    ]);
  },
  "900 files of 16 MB, each too small to be looked at by itself": () => {
    const kernel = { ...zeros(16), bytes: 16 * MEGABYTE };
    return forgedZip(Array.from({ length: 900 }, (_, at) => ({ name: `${at}.csv`, ...kernel })));
  },
  "60,000 empty files": () => {
    const empty = { packed: deflatedZeros(0), crc: 0, bytes: 0 };
    return forgedZip(Array.from({ length: 60_000 }, (_, at) => ({ name: `${at}.csv`, ...empty })));
  },
  "zips within a zip": () => {
    const inner = forgedZip([{ name: "a.csv", ...zeros(2_048), bytes: 2_048 * MEGABYTE }]);
    return forgedZip([{ name: "inner.zip", packed: inner, crc: 0, bytes: inner.length }]);
  },
};

test.each(Object.keys(BOMBS))(
  "R20 %s is refused in time, in memory and on the disk",
  { timeout: 60_000 },
  async (name) => {
    const path = join(folder, "items.csv");
    await writeFile(path, BOMBS[name]?.() ?? "");
    const scratchFolder = await mkdtemp(join(folder, "scratch-"));
    const cost = await costOf(async () => {
      const input = { files: [{ path, name: "items.csv" }], scratchFolder, knownDefinitions: new Map() };
      for await (const record of oneByOne(readErpList(input))) expect(record.record).toBe("progress");
    });
    expect(cost.error).toBeInstanceOf(FeedError);
    const sizes = await Promise.all(
      (await readdir(scratchFolder)).map(async (file) => (await stat(join(scratchFolder, file))).size),
    );
    const diskMb = sizes.reduce((sum, size) => sum + size, 0) / MEGABYTE;
    expect(cost.rssMb).toBeLessThanOrEqual(MOST.rssMb);
    expect(cost.ms).toBeLessThanOrEqual(MOST.ms);
    expect(diskMb).toBeLessThanOrEqual(MOST.diskMb);
    reportProof("R20", { bomb: name, rssMb: cost.rssMb, ms: cost.ms, diskMb: Math.round(diskMb) });
  },
);

test.each(Object.keys(BOMBS).filter((name) => !/gzip|within/.test(name)))(
  "R20 the zip test after a fetch refuses %s too",
  { timeout: 60_000 },
  async (name) => {
    const path = join(folder, "feed.zip");
    await writeFile(path, BOMBS[name]?.() ?? "");
    const cost = await costOf(() => testZip({ path, name: "feed.zip" }, () => undefined, { headBytes: 4_096 }));
    expect(cost.error).toBeInstanceOf(FeedError);
    expect(cost.rssMb).toBeLessThanOrEqual(MOST.rssMb);
    expect(cost.ms).toBeLessThanOrEqual(MOST.ms);
  },
);

/** What an attempt takes, and what it ends with. */
async function costOf(attempt: () => Promise<void>) {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  const began = performance.now();
  const error: unknown = await attempt().then(
    () => null,
    (failure: unknown) => failure,
  );
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage.rss());
  return { error, ms: Math.round(performance.now() - began), rssMb: Math.round((most - before) / MEGABYTE) };
}
