import "server-only";
import { createHash } from "node:crypto";
import { mkdir, open, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { v7 as uuid } from "uuid";
import { env } from "@/lib/env";
import { formatBytes } from "@/lib/format";
import { inspectPicture, notAPicture, type PictureFacts } from "./inspect-picture";
import { PictureError } from "./picture-error";
import { PICTURE_TYPES, pictureTypeOf, TELLING_BYTES } from "./picture-type";

/** The largest file kept as a picture; Shopify takes no larger one either. */
export const PICTURE_LIMIT_BYTES = 20_000_000;

export interface KeptPicture extends PictureFacts {
  /** SHA-256 of the file as it came, hex. */
  fileHash: string;
  fileSize: number;
  /** Relative to the data folder. */
  storagePath: string;
}

/**
 * Keeps a picture as it came, under its hash: the same bytes are kept once, and never there in part.
 * Reads no more than the limit, and no more than its beginning of what is no picture.
 * @throws {PictureError} for what is too large, no picture or damaged
 */
export async function keepPicture(
  source: AsyncIterable<Uint8Array>,
  { limitBytes = PICTURE_LIMIT_BYTES, signal }: { limitBytes?: number; signal?: AbortSignal } = {},
): Promise<KeptPicture> {
  const incoming = join(imagesFolder(), "incoming", uuid());
  await mkdir(dirname(incoming), { recursive: true });
  // Made before anything is read: a stream that opens its file late would leave it behind its own removal.
  const file = await open(incoming, "wx");
  try {
    const hash = createHash("sha256");
    let fileSize = 0;
    await pipeline(
      fromPictureOn(source),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          fileSize += chunk.length;
          assertSize(fileSize, limitBytes);
          hash.update(chunk);
          yield chunk;
        }
      },
      file.createWriteStream({ flush: true }),
      { signal },
    );
    const facts = await inspectPicture(incoming);
    const fileHash = hash.digest("hex");
    const storagePath = pathOf(fileHash, PICTURE_TYPES[facts.format].ending);
    await moveIn(incoming, join(env().dataFolder, storagePath));
    return { ...facts, fileHash, fileSize, storagePath };
  } finally {
    await rm(incoming, { force: true });
  }
}

export function imagesFolder(): string {
  return join(env().dataFolder, "images");
}

/** Where a smaller version lies, relative to the data folder. */
export function thumbnailPath(fileHash: string, width: number): string {
  return join("images", "thumbnails", fileHash.slice(0, 2), `${fileHash}-${width}.webp`);
}

/** @throws {PictureError} naming the limit */
export function assertSize(bytes: number, limitBytes = PICTURE_LIMIT_BYTES) {
  if (bytes <= limitBytes) return;
  throw new PictureError(`The file is larger than ${formatBytes(limitBytes)}. Save it smaller and try again.`);
}

function pathOf(fileHash: string, ending: string) {
  return join("images", fileHash.slice(0, 2), `${fileHash}.${ending}`);
}

/** Ends what is no picture at its first bytes: the rest of it is not asked for. */
async function* fromPictureOn(source: AsyncIterable<Uint8Array>) {
  let beginning = Buffer.alloc(0);
  let isTold = false;
  for await (const chunk of source) {
    if (isTold) {
      yield chunk;
      continue;
    }
    beginning = Buffer.concat([beginning, chunk]);
    if (beginning.length < TELLING_BYTES) continue;
    if (!pictureTypeOf(beginning)) throw notAPicture(beginning);
    isTold = true;
    yield beginning;
  }
  if (isTold) return;
  if (!pictureTypeOf(beginning)) throw notAPicture(beginning);
  yield beginning;
}

async function moveIn(incoming: string, target: string) {
  await mkdir(dirname(target), { recursive: true });
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  // Whoever clears the store leaves what was asked for a moment ago.
  if (isThere) await utimes(target, new Date(), new Date());
  else await rename(incoming, target);
}
