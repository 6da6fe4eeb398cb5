import sharp from "sharp";

/** A picture of one colour band beside another: each pair of colours looks different and hashes differently. */
export async function makePicture(
  { width = 64, height = 48, colour = "#336699" }: { width?: number; height?: number; colour?: string } = {},
  format: "jpeg" | "png" | "webp" | "gif" | "avif" = "png",
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
}

/** A grey picture of random blotches, the same for the same seed. */
export async function makeBlotches(seed: number, { width = 240, height = 200 } = {}): Promise<Buffer> {
  let state = seed * 2654435761;
  const grey = Buffer.alloc(9 * 8);
  for (let at = 0; at < grey.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    grey[at] = state >>> 24;
  }
  const raw = { width: 9, height: 8, channels: 1 } as const;
  return sharp(grey, { raw }).resize(width, height, { kernel: "cubic", fit: "fill" }).png().toBuffer();
}

/** As a body comes in: in pieces. */
export async function* inPieces(body: Uint8Array, size = 1_000) {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
