import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { FeedError } from "./feed-error";
import { isZip, unpackZip, ZIP_LIMITS } from "./zip";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-zip-"));
  path = join(folder, "feed.zip");
  await mkdir(join(folder, "out"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function writeZip(entries: Record<string, string | Buffer>) {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

const unpack = (limits = ZIP_LIMITS, isWanted = (name: string) => name.endsWith(".csv")) =>
  unpackZip({ path, name: "feed.zip" }, join(folder, "out"), isWanted, { limits });

test("A05 the wanted entries come out byte for byte, the others stay", async () => {
  await writeZip({ "readme.txt": "hello", "a/feed.csv": "x,y\n1,2\n" });
  expect(await isZip(path)).toBe(true);
  const files = await unpack();
  expect(files.map(({ name }) => name)).toEqual(["a/feed.csv"]);
  expect(await readFile(files[0]?.path ?? "", "utf8")).toBe("x,y\n1,2\n");
});

test("A06 an archive cut at 60 % fails its test", async () => {
  await writeZip({ "feed.csv": "x,y\n".repeat(5000) });
  await truncate(path, Math.floor((await readFile(path)).length * 0.6));
  await expect(unpack()).rejects.toThrow(/^zip test failed: feed.zip/);
});

test("A06 a byte changed inside an entry fails its test", async () => {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => 97 + ((index * 7919) % 26)));
  await writeZip({ "feed.csv": noise });
  const bytes = await readFile(path);
  const at = 60 + Math.floor((bytes.length - 150) / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
  await expect(unpack()).rejects.toThrow(FeedError);
});

test("a stored entry whose checksum differs is damaged", async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from("x,y\n1,2\n"), "feed.csv", { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  const bytes = await readFile(path);
  bytes[bytes.indexOf("1,2")] = 57;
  await writeFile(path, bytes);
  await expect(unpack()).rejects.toThrow("checksum differs");
});

test("R20 a bomb is refused before a byte of it is unpacked", async () => {
  await writeZip({ "feed.csv": Buffer.alloc(2 ** 21) });
  await expect(unpack({ ...ZIP_LIMITS, ratioFromBytes: 2 ** 20 })).rejects.toThrow("more than 200 times its size");
  await expect(unpack({ ...ZIP_LIMITS, bytes: 2 ** 20 })).rejects.toThrow("unpacks to more than is allowed");
});

test("R20 too many entries are refused", async () => {
  await writeZip(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`${index}.csv`, "x"])));
  await expect(unpack({ ...ZIP_LIMITS, entries: 4 })).rejects.toThrow("more than 4 entries");
});

test.each(["../../up.csv", "/root.csv", "C:/drive.csv"])(
  "R20 an entry called %s never leaves the folder",
  async (name) => {
    const safe = "x".repeat(name.length - 4).concat(".csv");
    await writeZip({ [safe]: "x" });
    const bytes = await readFile(path);
    for (let at = bytes.indexOf(safe); at !== -1; at = bytes.indexOf(safe)) bytes.write(name, at);
    await writeFile(path, bytes);
    await expect(unpack()).rejects.toThrow(FeedError);
  },
);

test("what only looks like a zip fails with a sentence", async () => {
  await writeFile(path, "PK\x03\x04 and nothing more");
  await expect(unpack()).rejects.toThrow(/^zip test failed/);
});
