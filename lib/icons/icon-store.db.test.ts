import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { createIcon } from "@/lib/testing/factories";
import { makeBlotches, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { findDuplicate, findLookAlikes, ICON_LIMIT_BYTES, openIconThumbnail, storeIcon } from "./icon-store";

const at = (path: string) => join(env().dataFolder, path);
const files = () =>
  readdirSync(at("icons"), { recursive: true, encoding: "utf8" }).filter((name) => /[0-9a-f]{64}/.test(name));

beforeEach(() => rmSync(at("icons"), { recursive: true, force: true }));

test("an icon's file lies under the hash of its bytes, once, with what it holds", async () => {
  const png = await makeBlotches(3, { width: 120, height: 120 });
  const hash = createHash("sha256").update(png).digest("hex");
  const [first, second] = await Promise.all([storeIcon(png), storeIcon(png)]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ fileHash: hash, format: "png", width: 120, height: 120, fileSize: png.length });
  expect(first.storagePath).toBe(join("icons", hash.slice(0, 2), `${hash}.png`));
  expect(readFileSync(at(first.storagePath)).equals(png)).toBe(true);
  expect(files()).toEqual([join(hash.slice(0, 2), `${hash}.png`)]);
  expect(readdirSync(at("icons/incoming"))).toEqual([]);
});

test("a file that a loss of power cut short is whole again when its bytes come once more", async () => {
  const png = await makeBlotches(4);
  const { storagePath } = await storeIcon(png);
  truncateSync(at(storagePath), 10);
  await storeIcon(png);
  expect(readFileSync(at(storagePath)).equals(png)).toBe(true);
});

test("a drawing is kept as the picture it draws: its scripts and addresses are gone", async () => {
  const svg = `<?xml version="1.0"?><!-- made by hand --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
    <script>alert(1)</script><image href="http://127.0.0.1:9/x.png" width="24" height="24"/>
    <path d="M4 12h16M4 6h16" stroke="#224466" onload="alert(2)"/></svg>`;
  const stored = await storeIcon(Buffer.from(svg));
  expect(stored).toMatchObject({ format: "png", width: 512, height: 512 });
  expect(readFileSync(at(stored.storagePath)).includes("alert")).toBe(false);
  const { channels } = await sharp(at(stored.storagePath)).stats();
  expect(channels.at(-1)?.max).toBe(255);
});

test.each([
  ["a web page", Buffer.from("<!doctype html><p>Sign in</p>"), "It is a web page."],
  ["nothing", Buffer.alloc(0), "It is empty."],
  ["a broken drawing", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><g>"), "The SVG can't be drawn"],
  ["a drawing that nests itself", Buffer.from(nested()), "The SVG can't be drawn"],
  ["what is too large", Buffer.alloc(ICON_LIMIT_BYTES + 1, 1), "The file is larger than 10.0 MB."],
])("%s is refused in a sentence and leaves nothing behind", async (_, bytes, sentence) => {
  await expect(storeIcon(bytes)).rejects.toThrow(sentence);
  expect(existsSync(at("icons")) ? files() : []).toEqual([]);
});

test("smaller versions are made when asked for, one file each", async () => {
  const stored = await storeIcon(await makePicture({ width: 300, height: 200 }));
  for (const size of [32, 64, 128, 32] as const) {
    const { width, height, format } = await sharp(await openIconThumbnail(stored, size)).metadata();
    expect({ width, height, format }).toEqual({ width: size, height: Math.round((size * 2) / 3), format: "webp" });
  }
  expect(files()).toHaveLength(4);
});

test("the same bytes are found by their hash, near ones by what they look like", async () => {
  await resetDatabase();
  const near = await makeBlotches(5);
  const stored = await storeIcon(near);
  const smaller = await storeIcon(await sharp(near).resize(100, 84).png().toBuffer());
  const other = await storeIcon(await makeBlotches(6));
  const kept = await createIcon({ ...stored });
  await createIcon({ ...other });
  expect(await findDuplicate(stored.fileHash)).toMatchObject({ id: kept.id });
  expect(await findDuplicate(smaller.fileHash)).toBeNull();
  expect(await findLookAlikes(smaller.perceptualHash)).toEqual([{ id: kept.id, distance: expect.any(Number) }]);
  expect(await findLookAlikes(stored.perceptualHash, { exceptId: kept.id })).toEqual([]);
});

test("a plain surface looks like no icon", async () => {
  await resetDatabase();
  const { perceptualHash, ...plain } = await storeIcon(await makePicture());
  await createIcon({ ...plain, perceptualHash });
  expect(await findLookAlikes(perceptualHash)).toEqual([]);
  expect(await db.icon.count()).toBe(1);
});

/** Ten levels of ten: 10 thousand million shapes for who follows them all. */
function nested() {
  const levels = Array.from({ length: 10 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "<g/>">${levels.join("")}]>
    <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&e10;</svg>`;
}
