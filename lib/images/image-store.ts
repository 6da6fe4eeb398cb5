import "server-only";
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { v7 as uuid } from "uuid";
import { DISK_FULL, isDiskFull } from "@/lib/disk-full";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formatBytes } from "@/lib/format";
import { inspectPicture, notAPicture, type PictureFacts } from "./inspect-picture";
import { PictureError } from "./picture-error";
import { PICTURE_TYPES, pictureTypeOf, TELLING_BYTES } from "./picture-type";

/** The largest file kept as a picture; Shopify takes no larger one either. */
export const PICTURE_LIMIT_BYTES = 20_000_000;

/** Whose files these are: products' pictures and categories' icons lie apart, in folders of these names. */
export type PictureStore = "images" | "icons";

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
 * @throws {AppError} `unavailable` when the disk is full
 */
export async function keepPicture(
  source: AsyncIterable<Uint8Array>,
  options: { limitBytes?: number; signal?: AbortSignal; store?: PictureStore } = {},
): Promise<KeptPicture> {
  const { limitBytes = PICTURE_LIMIT_BYTES, signal, store = "images" } = options;
  const incoming = join(storeFolder(store), "incoming", uuid());
  let file: FileHandle;
  try {
    await mkdir(dirname(incoming), { recursive: true });
    // Made before anything is read: a stream that opens its file late would leave it behind its own removal.
    file = await open(incoming, "wx");
  } catch (error) {
    throw sayDiskFull(error);
  }
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
    const storagePath = pathOf(store, fileHash, PICTURE_TYPES[facts.format].ending);
    await moveIn(incoming, join(env().dataFolder, storagePath), fileSize);
    return { ...facts, fileHash, fileSize, storagePath };
  } catch (error) {
    throw sayDiskFull(error);
  } finally {
    await rm(incoming, { force: true });
  }
}

export function storeFolder(store: PictureStore): string {
  return join(env().dataFolder, store);
}

/** Where a smaller version lies, relative to the data folder. */
export function thumbnailPath(store: PictureStore, fileHash: string, width: number): string {
  return join(store, "thumbnails", fileHash.slice(0, 2), `${fileHash}-${width}.webp`);
}

/** @throws {PictureError} naming the limit */
export function assertSize(bytes: number, limitBytes = PICTURE_LIMIT_BYTES) {
  if (bytes <= limitBytes) return;
  throw new PictureError(`The file is larger than ${formatBytes(limitBytes)}. Save it smaller and try again.`);
}

function pathOf(store: PictureStore, fileHash: string, ending: string) {
  return join(store, fileHash.slice(0, 2), `${fileHash}.${ending}`);
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

async function moveIn(incoming: string, target: string, fileSize: number) {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  // One of another size is what a machine that lost its power left: this one takes its place.
  const isThere = await stat(target).then(
    ({ size }) => size === fileSize,
    () => false,
  );
  // Whoever clears the store leaves what was asked for a moment ago.
  if (isThere) return utimes(target, new Date(), new Date());
  await rename(incoming, target);
  await keepName(folder);
}

/** Has the disk keep the new name as well as the bytes: the row that names it outlives a loss of power. */
async function keepName(folder: string) {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function sayDiskFull(error: unknown): unknown {
  if (!isDiskFull(error)) return error;
  return new AppError("unavailable", DISK_FULL, { cause: error });
}
