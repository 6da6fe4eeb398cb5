import "server-only";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { openPromise } from "yauzl";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isGzip } from "../gzip";
import { isZip } from "../zip";

/** What a page may read of a file while a person waits. */
const HEAD_BYTES = 2 ** 20;
const LIST_ENDINGS = /\.(csv|tsv|txt)$/i;

export interface FileHead {
  name: string;
  receivedAt: Date;
  path: string;
  bytes: Buffer;
  /** There is more in the file than was read. */
  isCut: boolean;
}

/**
 * The beginning of the last list a source received, written into `folder` for its reader; null when none is kept.
 * Cut behind a line end, so that all lines but perhaps a quoted one are whole.
 * @throws {AppError} `not_found` when the archive lost it
 */
export async function readFileHead(sourceId: string, folder: string): Promise<FileHead | null> {
  const file = await db.feedFile.findFirst({
    where: { sourceId, prunedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { name: true, storagePath: true, createdAt: true },
  });
  if (!file) return null;
  const { name, stream, close } = await openList(join(env().dataFolder, file.storagePath), basename(file.name));
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      read += chunk.length;
      if (read > HEAD_BYTES) break;
    }
  } catch (error) {
    throw new AppError("not_found", `${file.name} can't be read from the archive. Fetch or upload the file again.`, {
      cause: error,
    });
  } finally {
    stream.destroy();
    close();
  }
  const isCut = read > HEAD_BYTES;
  const all = Buffer.concat(chunks);
  const end = isCut ? all.lastIndexOf(0x0a, HEAD_BYTES) : -1;
  // Two bytes a character in UTF-16: its line end has a zero behind or before it.
  const bytes = end > 0 ? all.subarray(0, end + 1 + (all[end + 1] === 0 ? 1 : 0)) : all.subarray(0, HEAD_BYTES);
  const path = join(folder, "head");
  await writeFile(path, bytes);
  return { name, receivedAt: file.createdAt, path, bytes, isCut };
}

async function openList(path: string, name: string): Promise<{ name: string; stream: Readable; close: () => void }> {
  const nothing = () => undefined;
  const zipped = await isZip(path).catch((error: unknown) => {
    throw new AppError("not_found", `${name} is no longer in the archive. Fetch or upload the file again.`, {
      cause: error,
    });
  });
  if (await isGzip(path)) {
    const stream = createReadStream(path).pipe(createGunzip());
    return { name: name.replace(/\.gz$/i, ""), stream, close: nothing };
  }
  if (!zipped) return { name, stream: createReadStream(path), close: nothing };
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.startsWith("__MACOSX/") || !LIST_ENDINGS.test(entry.fileName)) continue;
    const stream = await archive.openReadStreamPromise(entry);
    return { name: basename(entry.fileName), stream, close: () => archive.close() };
  }
  archive.close();
  throw new AppError("not_found", `${name} holds no CSV file. Upload the supplier's list.`);
}
