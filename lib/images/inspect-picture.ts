import "server-only";
import { open } from "node:fs/promises";
import { formatCount } from "@/lib/format";
import { MINIATURE, perceptualHash } from "./perceptual-hash";
import { PictureError } from "./picture-error";
import { EXPECTED_TYPES, otherTypeInWords, type PictureType, pictureTypeOf, TELLING_BYTES } from "./picture-type";

/** The largest picture that is opened, in pixels: a few hundred megabytes of memory at worst. */
const MAX_PIXELS = 80_000_000;

export interface PictureFacts {
  format: PictureType;
  /** Pixels, as it is shown: turned where the camera says so. */
  width: number;
  height: number;
  perceptualHash: string;
}

/**
 * What a file holds, by its path or its bytes: told by its bytes, opened whole, so that a damaged one is found now and not by a reader.
 * @throws {PictureError} saying what is wrong and what is expected
 */
export async function inspectPicture(file: string | Uint8Array): Promise<PictureFacts> {
  const beginning = typeof file === "string" ? await readBeginning(file) : file.subarray(0, TELLING_BYTES);
  const format = pictureTypeOf(beginning);
  if (!format) throw notAPicture(beginning);
  const sharp = await loadSharp();
  const { autoOrient } = await sharp(file, { limitInputPixels: false }).metadata().catch(damaged);
  const { width, height } = autoOrient;
  if (width * height > MAX_PIXELS) {
    const size = `${formatCount(width)} × ${formatCount(height)}`;
    throw new PictureError(`It has ${size} pixels. At most ${formatCount(MAX_PIXELS / 1_000_000)} million are taken.`);
  }
  const grey = await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: "truncated", sequentialRead: true })
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .greyscale()
    .resize(MINIATURE.width, MINIATURE.height, { fit: "fill" })
    .raw()
    .toBuffer()
    .catch(damaged);
  return { format, width, height, perceptualHash: perceptualHash(grey) };
}

/** It names what came instead: `It is a web page. Expected JPEG, …` */
export function notAPicture(beginning: Uint8Array): PictureError {
  return new PictureError(`It is ${otherTypeInWords(beginning)}. Expected is a ${EXPECTED_TYPES} picture.`);
}

/** Loaded with the first picture: the command line has no use for it. */
export async function loadSharp() {
  const { default: sharp } = await import("sharp");
  // Each file is opened once; what libvips would keep of it is memory lost.
  sharp.cache(false);
  return sharp;
}

async function readBeginning(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TELLING_BYTES), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function damaged(error: unknown): never {
  throw new PictureError("It is cut off or damaged: not all of it can be read. Take it from its source again.", {
    cause: error,
  });
}
