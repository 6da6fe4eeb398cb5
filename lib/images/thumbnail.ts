import "server-only";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WebpOptions } from "sharp";
import { v7 as uuid } from "uuid";
import { env } from "@/lib/env";
import { type PictureStore, storeFolder, thumbnailPath } from "./image-store";
import { loadSharp } from "./inspect-picture";

/** Widths that smaller versions are made in, in pixels: a list's line, the gallery, a whole screen. */
export const THUMBNAIL_WIDTHS = [96, 400, 1200] as const;
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];

/** Made side by side in one process: each takes a core. */
const AT_ONCE = 2;

const underWay = new Map<string, Promise<Buffer<ArrayBuffer>>>();
const waiting: (() => void)[] = [];
let busy = 0;

export interface Kept {
  storagePath: string;
  fileHash: string;
}

/** A smaller version of a product's kept picture, made when it is first asked for and kept beside it. */
export function openThumbnail(picture: Kept, width: ThumbnailWidth): Promise<Buffer<ArrayBuffer>> {
  return openSmaller(picture, { store: "images", width, webp: { quality: 82, effort: 3 } });
}

/** How a smaller version is made. */
export interface Smaller {
  store: PictureStore;
  /** Pixels, of the longer side at most. */
  width: number;
  webp: WebpOptions;
}

/** A smaller WebP of a kept picture, made when it is first asked for. */
export async function openSmaller(picture: Kept, smaller: Smaller): Promise<Buffer<ArrayBuffer>> {
  const target = join(env().dataFolder, thumbnailPath(smaller.store, picture.fileHash, smaller.width));
  const made = await readFile(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (made) return made;
  // Whoever asks meanwhile waits for the one that is being made.
  const begun = underWay.get(target) ?? make(join(env().dataFolder, picture.storagePath), target, smaller);
  underWay.set(target, begun);
  try {
    return await begun;
  } finally {
    underWay.delete(target);
  }
}

async function make(original: string, target: string, { store, width, webp }: Smaller): Promise<Buffer<ArrayBuffer>> {
  await turn();
  const incoming = join(storeFolder(store), "incoming", uuid());
  try {
    await Promise.all([mkdir(dirname(incoming), { recursive: true }), mkdir(dirname(target), { recursive: true })]);
    const sharp = await loadSharp();
    await sharp(original, { failOn: "none", sequentialRead: true })
      .autoOrient()
      .resize(width, width, { fit: "inside", withoutEnlargement: true })
      .webp(webp)
      .toFile(incoming);
    await rename(incoming, target);
    return await readFile(target);
  } finally {
    await rm(incoming, { force: true });
    passTurnOn();
  }
}

async function turn() {
  if (busy < AT_ONCE) busy += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
}

function passTurnOn() {
  const next = waiting.shift();
  if (next) next();
  else busy -= 1;
}
