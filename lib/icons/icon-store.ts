import "server-only";
import { createHash } from "node:crypto";
import { db, type Reader } from "@/lib/db/client";
import { type IconHash, selectIconHashes } from "@/lib/db/icons";
import { formatBytes } from "@/lib/format";
import { assertSize, type KeptPicture, keepPicture } from "@/lib/images/image-store";
import { inspectPicture, loadSharp } from "@/lib/images/inspect-picture";
import { ALIKE_BITS, hashDistance, isPlain } from "@/lib/images/perceptual-hash";
import { PictureError } from "@/lib/images/picture-error";
import { isDrawing } from "@/lib/images/picture-type";
import { openSmaller } from "@/lib/images/thumbnail";

/** The largest file kept as an icon: a maker's 1,024 × 1,024 PNG has two to four million bytes. */
export const ICON_LIMIT_BYTES = 10_000_000;
/** The largest drawing (SVG) that is taken: icons have a few thousand bytes. */
const DRAWING_LIMIT_BYTES = 1_000_000;
/** Both ways, in pixels: what a drawing is made into. */
const DRAWN_SIZE = 512;

/** Both ways, in pixels: a tree's line, a list's, a page's head; twice of each for fine screens. */
export const ICON_SIZES = [32, 64, 128] as const;
export type IconSize = (typeof ICON_SIZES)[number];

export type StoredIcon = KeptPicture;

/**
 * Keeps an icon's file under its hash, `icons/<aa>/<sha256>.<ending>`: on the disk when this returns, never in part.
 * The same bytes are one file. An SVG is drawn into a PNG, for a drawing may hold scripts and addresses.
 * @throws {PictureError} for what is too large, no picture or damaged
 * @throws {AppError} `unavailable` when the disk is full
 */
export async function storeIcon(bytes: Uint8Array): Promise<StoredIcon> {
  return keepPicture(once(await pictureOf(bytes)), { limitBytes: ICON_LIMIT_BYTES, store: "icons" });
}

/** The hash that `storeIcon` would keep a file under; nothing is written. @throws {PictureError} as `storeIcon` */
export async function hashIcon(bytes: Uint8Array): Promise<string> {
  const picture = await pictureOf(bytes);
  await inspectPicture(picture);
  return createHash("sha256").update(picture).digest("hex");
}

/** An icon as a WebP of at most `size` pixels both ways, made when it is first asked for and kept. */
export function openIconThumbnail(icon: { storagePath: string; fileHash: string }, size: IconSize) {
  return openSmaller(icon, { store: "icons", width: size, webp: { lossless: true, effort: 3 } });
}

/** The icon that has this very file; null when none has. */
export function findDuplicate(fileHash: string, reader: Reader = db) {
  const select = { id: true, categoryId: true, filename: true, storagePath: true, fileMissing: true } as const;
  return reader.icon.findUnique({ where: { fileHash }, select });
}

export interface IconLookAlike {
  id: string;
  /** Bits in which the hashes differ: 0 looks the same, more than 6 are not listed. */
  distance: number;
}

/** Icons that look like a picture, the nearest first. Of a plain surface none: it looks like any other. */
export async function findLookAlikes(
  perceptualHash: string,
  { exceptId, limit = 12 }: { exceptId?: string; limit?: number } = {},
): Promise<IconLookAlike[]> {
  return nearest(perceptualHash, await selectIconHashes(), exceptId).slice(0, limit);
}

function nearest(perceptualHash: string, icons: IconHash[], exceptId: string | undefined): IconLookAlike[] {
  if (isPlain(perceptualHash)) return [];
  return icons
    .filter(({ id }) => id !== exceptId)
    .map(({ id, perceptualHash: other }) => ({ id, distance: hashDistance(perceptualHash, other) }))
    .filter(({ distance }) => distance <= ALIKE_BITS)
    .toSorted((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
}

/** Scripts don't run here, and what it names elsewhere is not fetched. */
async function draw(svg: Uint8Array): Promise<Uint8Array> {
  if (svg.length > DRAWING_LIMIT_BYTES) {
    throw new PictureError(
      `The drawing is larger than ${formatBytes(DRAWING_LIMIT_BYTES)}. Save it simpler, or as a PNG.`,
    );
  }
  const sharp = await loadSharp();
  try {
    const { width = DRAWN_SIZE, height = DRAWN_SIZE } = await sharp(svg).metadata();
    const density = Math.min(7_200, Math.max(1, (72 * DRAWN_SIZE) / Math.max(width, height)));
    return await sharp(svg, { density })
      .resize(DRAWN_SIZE, DRAWN_SIZE, { fit: "contain", background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png({ compressionLevel: 9 })
      .toBuffer();
  } catch (error) {
    throw new PictureError("The SVG can't be drawn: it is damaged or holds what no drawing needs. Save it as a PNG.", {
      cause: error,
    });
  }
}

async function pictureOf(bytes: Uint8Array): Promise<Uint8Array> {
  assertSize(bytes.length, ICON_LIMIT_BYTES);
  return isDrawing(bytes) ? draw(bytes) : bytes;
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
