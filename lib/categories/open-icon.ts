import "server-only";
import { readFile } from "node:fs/promises";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { contentTypeOf, pathInside } from "@/lib/catalog/pictures";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * A category's picture.
 * @throws {AppError} `forbidden`; `not_found` when there is none, or its file is gone.
 */
export async function openIcon(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const icon = await db.icon.findUnique({ where: { id }, select: { storagePath: true, fileHash: true } });
  const contentType = icon && contentTypeOf(icon.storagePath);
  const path = icon && contentType ? await pathInside(env().dataFolder, icon.storagePath) : null;
  if (!icon || !contentType || !path) throw new AppError("not_found", "There is no such icon.");
  return { body: await readFile(path), contentType, hash: icon.fileHash };
}
