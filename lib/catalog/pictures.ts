import "server-only";
import { readFile, realpath } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openThumbnail, type ThumbnailWidth } from "@/lib/images/thumbnail";
import { log } from "@/lib/log";

const TYPES: Record<string, string> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

export interface Picture {
  body: Buffer<ArrayBuffer>;
  contentType: string;
  hash: string | null;
}

/**
 * A product's stored picture, or null when it has not been fetched, is gone from the disk or is no picture:
 * the placeholder stands in. With a width, a smaller version of it; drawings and what has not been looked at yet come
 * as they are.
 * @throws {AppError} `not_found` for an unknown id
 */
export async function openPicture(actor: Actor, id: number, width?: ThumbnailWidth): Promise<Picture | null> {
  assertCan(actor, "catalog:read");
  const image = await db.productImage.findUnique({ where: { id }, select: { storagePath: true, fileHash: true } });
  if (!image) throw new AppError("not_found", "There is no such picture.");
  const contentType = image.storagePath ? contentTypeOf(image.storagePath) : undefined;
  const path = image.storagePath && contentType ? await pathInside(env().dataFolder, image.storagePath) : null;
  if (!path || !contentType) return null;
  if (width && image.storagePath && image.fileHash && contentType !== TYPES[".svg"]) {
    const body = await openThumbnail({ storagePath: image.storagePath, fileHash: image.fileHash }, width);
    return { body, contentType: "image/webp", hash: image.fileHash };
  }
  return { body: await readFile(path), contentType, hash: image.fileHash };
}

/** By the file's name; undefined when it is no picture that browsers show. */
export function contentTypeOf(storagePath: string): string | undefined {
  return TYPES[extname(storagePath).toLowerCase()];
}

/** The file's real path when it lies inside the folder, links followed; else null. */
export async function pathInside(folder: string, relativePath: string): Promise<string | null> {
  const wanted = resolve(folder, relativePath);
  if (!wanted.startsWith(resolve(folder) + sep)) return refuse(relativePath);
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(wanted)]);
    return real.startsWith(root + sep) ? real : refuse(relativePath);
  } catch (error) {
    // A picture that is gone from the disk is shown as missing; any other failure is one.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function refuse(path: string) {
  log.warn("picture.refused", { path });
  return null;
}
