import "server-only";
import { readFile } from "node:fs/promises";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { contentTypeOf, pathInside } from "@/lib/catalog/pictures";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type IconSize, openIconThumbnail } from "./icon-store";

/**
 * An icon's file, or a smaller WebP of it; a drawing always as it is.
 * @throws {AppError} `forbidden`; `not_found` when there is none, or its file is gone
 */
export async function openIcon(actor: Actor, id: string, size?: IconSize) {
  assertCan(actor, "catalog:read");
  const icon = await db.icon.findUnique({
    where: { id },
    select: { storagePath: true, fileHash: true, filename: true },
  });
  const contentType = icon && contentTypeOf(icon.storagePath);
  const path = icon && contentType ? await pathInside(env().dataFolder, icon.storagePath) : null;
  if (!icon || !contentType || !path) throw new AppError("not_found", "There is no such icon.");
  const { filename } = icon;
  if (size && contentType !== "image/svg+xml") {
    return { body: await openIconThumbnail(icon, size), contentType: "image/webp", filename };
  }
  return { body: await readFile(path), contentType, filename };
}
