import "server-only";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * A received file as it came.
 * @throws {AppError} `not_found` when there is none, or the archive no longer keeps its bytes
 */
export async function openFeedFile(actor: Actor, id: string) {
  assertCan(actor, "feed:run");
  const file = await db.feedFile.findUnique({
    where: { id },
    select: { name: true, bytes: true, storagePath: true, prunedAt: true },
  });
  if (!file) throw new AppError("not_found", "There is no such file.");
  const gone = (cause?: unknown) =>
    new AppError("not_found", `${file.name} is no longer in the archive: it keeps each source's last files alone.`, {
      cause,
    });
  if (file.prunedAt) throw gone();
  const handle = await open(join(env().dataFolder, file.storagePath)).catch((error: unknown) => {
    throw gone(error);
  });
  return { name: basename(file.name), bytes: Number(file.bytes), stream: handle.createReadStream() };
}
