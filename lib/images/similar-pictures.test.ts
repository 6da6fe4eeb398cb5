import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makeBlotches } from "@/lib/testing/pictures";
import { ALIKE_BITS, hashDistance, MINIATURE, perceptualHash } from "./perceptual-hash";
import { otherTypeInWords, pictureTypeOf } from "./picture-type";
import { groupLookAlikes } from "./similar-pictures";

async function hashOf(picture: Buffer) {
  const size = [MINIATURE.width, MINIATURE.height] as const;
  return perceptualHash(
    await sharp(picture)
      .greyscale()
      .resize(...size, { fit: "fill" })
      .raw()
      .toBuffer(),
  );
}

test("a picture saved smaller, worse or in another format hashes near, another picture far", async () => {
  const original = await makeBlotches(1, { width: 900, height: 800 });
  const hash = await hashOf(original);
  const smaller = await sharp(original).resize(300).jpeg({ quality: 40 }).toBuffer();
  const brighter = await sharp(original).modulate({ brightness: 1.08 }).webp().toBuffer();
  expect(hashDistance(hash, await hashOf(smaller))).toBeLessThanOrEqual(ALIKE_BITS);
  expect(hashDistance(hash, await hashOf(brighter))).toBeLessThanOrEqual(ALIKE_BITS);
  expect(hashDistance(hash, await hashOf(await makeBlotches(2)))).toBeGreaterThan(2 * ALIKE_BITS);
});

const hex = fc.stringMatching(/^[0-9a-f]{16}$/);

const nobody = async () => undefined;

test("every pair within six bits is found together, and nobody is grouped without one near", async () => {
  const flips = fc.array(fc.nat(63), { maxLength: 8 });
  const family = fc.tuple(hex, fc.array(flips, { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.array(family, { maxLength: 6 }), async (families) => {
      const hashes = families.flatMap(([hash, others]) => [hash, ...others.map((bits) => flipped(hash, bits))]);
      const pictures = hashes.map((hash, at) => ({ id: at + 1, hash })).filter(({ hash }) => !isPlain(hash));
      const groups = await groupLookAlikes(pictures, nobody);
      const groupOf = new Map(groups.flatMap((group, at) => group.ids.map((id) => [id, at] as const)));
      for (const a of pictures) {
        const near = pictures.filter((b) => b !== a && hashDistance(a.hash, b.hash) <= ALIKE_BITS);
        expect(groupOf.has(a.id)).toBe(near.length > 0);
        for (const b of near) expect(groupOf.get(b.id)).toBe(groupOf.get(a.id));
      }
    }),
  );
});

function flipped(hash: string, bits: number[]) {
  let value = BigInt(`0x${hash}`);
  for (const bit of bits) value ^= 1n << BigInt(bit);
  return value.toString(16).padStart(16, "0");
}

function isPlain(hash: string) {
  const bits = hashDistance(hash, "0000000000000000");
  return bits < 4 || bits > 60;
}

test("plain surfaces are no look-alikes", async () => {
  const plain = ["0000000000000000", "0000000000000001", "ffffffffffffffff"];
  const pictures = [...plain, ...plain].map((hash, id) => ({ id, hash }));
  expect(await groupLookAlikes(pictures, nobody)).toEqual([]);
});

test("a picture's kind is told by its bytes whatever they are, and never by chance", async () => {
  for (const format of ["jpeg", "png", "webp", "gif", "avif"] as const) {
    const picture = await sharp(await makeBlotches(3, { width: 20, height: 20 }))
      .toFormat(format)
      .toBuffer();
    expect(pictureTypeOf(picture)).toBe(format);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(pictureTypeOf(bytes) === null || bytes.length >= 3).toBe(true);
      expect(otherTypeInWords(bytes).length).toBeGreaterThan(3);
    }),
  );
});
