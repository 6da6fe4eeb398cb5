import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inPieces, makeBlotches } from "@/lib/testing/pictures";
import { keepPicture } from "./image-store";
import { PictureError } from "./picture-error";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stockroom-hostile-"));
  process.env.STOCKROOM_DATA = folder;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const incoming = () => readdirSync(join(folder, "images", "incoming"));

async function pictures() {
  const { default: sharp } = await import("sharp");
  const picture = await makeBlotches(7, { width: 60, height: 50 });
  const formats = ["jpeg", "png", "webp", "gif", "avif"] as const;
  return Promise.all(formats.map((format) => sharp(picture).toFormat(format).toBuffer()));
}

test("a picture with bytes changed, cut off or repeated is kept or refused in words, and never more", async () => {
  const samples = await pictures();
  const edit = fc.record({
    sample: fc.nat(samples.length - 1),
    flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    piece: fc.integer({ min: 1, max: 3_000 }),
  });
  await fc.assert(
    fc.asyncProperty(edit, async ({ sample, flips, cut, piece }) => {
      let bytes = Buffer.from(samples[sample] ?? "");
      for (const [at, value] of flips) bytes[at % bytes.length] = value;
      if (cut !== null) bytes = bytes.subarray(0, Math.floor(bytes.length * cut));
      const kept = await keepPicture(inPieces(bytes, piece)).catch((error: unknown) => error);
      if (kept instanceof Error) {
        expect(kept).toBeInstanceOf(PictureError);
        expect(kept.message).toMatch(/^(It|The file) .{5,150}\.$/);
      }
      expect(incoming()).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test("every picture cut in half is refused", async () => {
  for (const bytes of await pictures()) {
    await expect(keepPicture(inPieces(bytes.subarray(0, bytes.length / 2)))).rejects.toThrow("cut off or damaged");
  }
});

test("a sender that breaks off leaves nothing behind", async () => {
  const [jpeg = Buffer.alloc(0)] = await pictures();
  async function* broken() {
    yield jpeg.subarray(0, 200);
    throw new Error("the line broke");
  }
  await expect(keepPicture(broken())).rejects.toThrow("the line broke");
  expect(incoming()).toEqual([]);
});

test("the same picture sent twice at once is kept once", async () => {
  const [, png = Buffer.alloc(0)] = await pictures();
  const [one, other] = await Promise.all([keepPicture(inPieces(png)), keepPicture(inPieces(png))]);
  expect(one?.storagePath).toBe(other?.storagePath);
});
