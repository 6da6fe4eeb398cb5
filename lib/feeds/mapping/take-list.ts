import "server-only";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { archiveFile } from "../archive";
import { uploadedFiles } from "../uploads";

export const takeListInput = z.object({ sourceId: z.uuid(), uploadId: z.uuid() });

/**
 * Keeps an uploaded file as the source's newest, to map its columns by; nothing is imported.
 * @throws {AppError} `not_found` when the upload or the source is gone
 */
export async function takeList(actor: Actor, { sourceId, uploadId }: z.output<typeof takeListInput>) {
  assertCan(actor, "feed:run");
  const [file] = await uploadedFiles(actor, [uploadId]);
  if (!file) throw new AppError("not_found", "The uploaded file is gone. Upload it again.");
  const { name, hash, bytes, storagePath } = await archiveFile(file);
  await transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({ where: { id: sourceId }, select: { id: true } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    await tx.feedFile.create({
      data: { sourceId, name, hash, bytes: BigInt(bytes), storagePath },
      select: { id: true },
    });
    await recordAudit(tx, actor, "feed.file", { entity: "FeedSource", entityId: sourceId }, { after: { name, hash } });
  });
  await rm(dirname(file.path), { recursive: true, force: true });
  return { name };
}
