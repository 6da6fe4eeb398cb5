import "server-only";
import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import iconv from "iconv-lite";
import { openPromise } from "yauzl";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isZip } from "./zip";

/** The longest header known is 220 kB; beyond this the file begins with something else. */
const LONGEST_HEADER_BYTES = 2 ** 21;

/** A file out of the archive of received files: the received file, and the entry within it if that is a zip. */
export interface ArchivedEntry {
  storagePath: string;
  /** SyncFile.name */
  name: string;
  encoding: string;
}

/**
 * The first record of an archived file, as it stands there, and how its lines end. Reads no further than that.
 * @throws {AppError} `not_found` when the archive no longer has it
 */
export async function readBeginning(
  entry: ArchivedEntry,
): Promise<{ firstRecord: string; lineEnd: "\r\n" | "\n" | "\r" }> {
  const path = join(env().dataFolder, entry.storagePath);
  const { stream, close } = await openEntry(path, entry.name);
  try {
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      parts.push(chunk);
      bytes += chunk.length;
      const found = firstRecordOf(decode(Buffer.concat(parts), entry.encoding));
      if (found) return found;
      if (bytes > LONGEST_HEADER_BYTES) break;
    }
    return { firstRecord: decode(Buffer.concat(parts), entry.encoding), lineEnd: "\r\n" };
  } finally {
    stream.destroy();
    close();
  }
}

async function openEntry(path: string, name: string): Promise<{ stream: Readable; close: () => void }> {
  const gone = (cause?: unknown) =>
    new AppError("not_found", `${name} is no longer in the archive of received files.`, { cause });
  const zipped = await isZip(path).catch((error: unknown) => {
    throw gone(error);
  });
  if (!zipped) return { stream: createReadStream(path), close: () => undefined };
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  for await (const entry of archive.eachEntry()) {
    if (basename(entry.fileName) !== basename(name.replace(/ \(\d+\)$/, ""))) continue;
    return { stream: await archive.openReadStreamPromise(entry), close: () => archive.close() };
  }
  archive.close();
  throw gone();
}

function decode(bytes: Buffer, encoding: string) {
  // Strips the byte order mark, which is no part of the first column's name.
  return iconv.decode(bytes, encoding === "utf-8-bom" ? "utf-8" : encoding);
}

/** Up to the first line end outside of quotes; null while there is none. A CR at the very end may be half of CRLF. */
function firstRecordOf(text: string) {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || (character !== "\n" && character !== "\r")) continue;
    if (character === "\n") return { firstRecord: text.slice(0, at), lineEnd: "\n" as const };
    if (at + 1 === text.length) return null;
    const lineEnd = text[at + 1] === "\n" ? ("\r\n" as const) : ("\r" as const);
    return { firstRecord: text.slice(0, at), lineEnd };
  }
  return null;
}
