import { createWriteStream } from "node:fs";
import { open as openFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { FeedError } from "./feed-error";

export interface ZipLimits {
  entries: number;
  /** All entries unpacked, in bytes. */
  bytes: number;
  /** Unpacked to packed bytes, looked at beyond `ratioFromBytes`: sparse CSVs reach 15, DEFLATE's most is 1,032. */
  ratio: number;
  ratioFromBytes: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 1000, bytes: 16 * 2 ** 30, ratio: 200, ratioFromBytes: 64 * 2 ** 20 };

/** Before an entry's bytes there is at least this. */
const LOCAL_HEADER_BYTES = 30;

export interface UnpackedFile {
  /** As the archive names it, with folders. */
  name: string;
  path: string;
}

/** Does the file begin as a zip does? */
export async function isZip(path: string): Promise<boolean> {
  const file = await openFile(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString("latin1").startsWith("PK") && [0x03, 0x05].includes(buffer[2] ?? 0);
  } finally {
    await file.close();
  }
}

/**
 * Unpacks the wanted entries into `folder` under names of our own, so that no entry's name reaches the file system.
 * @throws {FeedError} "zip test failed: …" when the archive is cut, damaged, too big or made to harm.
 */
export async function unpackZip(
  zip: { path: string; name: string },
  folder: string,
  isWanted: (name: string) => boolean,
  options: { limits?: ZipLimits; signal?: AbortSignal } = {},
): Promise<UnpackedFile[]> {
  const limits = options.limits ?? ZIP_LIMITS;
  try {
    const archive = await openPromise(zip.path, { lazyEntries: true, autoClose: false });
    try {
      const entries = await listEntries(archive, limits, (await stat(zip.path)).size);
      const unpacked: UnpackedFile[] = [];
      for (const entry of entries) {
        if (!isWanted(entry.fileName)) continue;
        const path = join(folder, `${unpacked.length}-${crypto.randomUUID()}`);
        await unpackEntry(archive, entry, path, options.signal);
        unpacked.push({ name: entry.fileName, path });
      }
      return unpacked;
    } finally {
      archive.close();
    }
  } catch (error) {
    // Whatever the archive does to the unpacker is a fault of the archive, unless the disk or the caller stopped it.
    if (error instanceof FeedError || options.signal?.aborted || isDiskFault(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FeedError(`zip test failed: ${zip.name}: ${reason}. Fetch the file again.`, { cause: error });
  }
}

/**
 * Reads every entry to its end without keeping it. `onEntry` sees its name and its first `headBytes` bytes.
 * @throws {FeedError} as `unpackZip`; what `onEntry` throws itself if that is a FeedError
 */
export async function testZip(
  zip: { path: string; name: string },
  onEntry: (name: string, head: Buffer) => void,
  options: { headBytes: number; signal?: AbortSignal },
): Promise<void> {
  try {
    const archive = await openPromise(zip.path, { lazyEntries: true, autoClose: false });
    try {
      for (const entry of await listEntries(archive, ZIP_LIMITS, (await stat(zip.path)).size)) {
        const head: Buffer[] = [];
        let bytes = 0;
        let checksum = 0;
        for await (const chunk of (await archive.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
          options.signal?.throwIfAborted();
          checksum = crc32(chunk, checksum);
          if (bytes < options.headBytes) head.push(chunk);
          bytes += chunk.length;
        }
        if (checksum !== entry.crc32) throw new Error(`${entry.fileName} is damaged (checksum differs)`);
        onEntry(entry.fileName, Buffer.concat(head).subarray(0, options.headBytes));
      }
    } finally {
      archive.close();
    }
  } catch (error) {
    if (error instanceof FeedError || options.signal?.aborted || isDiskFault(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FeedError(`zip test failed: ${zip.name}: ${reason}. Fetch the file again.`, { cause: error });
  }
}

/** All limits that the directory can tell are checked before a byte is unpacked. */
async function listEntries(archive: ZipFile, limits: ZipLimits, archiveBytes: number): Promise<Entry[]> {
  if (archive.entryCount > limits.entries) throw new Error(`more than ${limits.entries} entries`);
  const entries: Entry[] = [];
  let packed = 0;
  let unpacked = 0;
  for await (const entry of archive.eachEntry()) {
    if (entries.length >= limits.entries) throw new Error(`more than ${limits.entries} entries`);
    if (entry.fileName.endsWith("/")) continue;
    if (entry.isEncrypted()) throw new Error(`${entry.fileName} is encrypted`);
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.bytes) throw new Error("unpacks to more than is allowed");
    if (entry.uncompressedSize > limits.ratioFromBytes && entry.uncompressedSize > limits.ratio * entry.compressedSize)
      throw new Error(`${entry.fileName} unpacks to more than ${limits.ratio} times its size`);
    entries.push(entry);
  }
  if (packed > archiveBytes || haveOverlap(entries)) throw new Error("entries overlap");
  if (unpacked > limits.ratioFromBytes && unpacked > limits.ratio * packed)
    throw new Error(`it unpacks to more than ${limits.ratio} times its size`);
  return entries;
}

/** Two entries that share bytes: how a small archive unpacks to a huge one, file by file in reason. */
function haveOverlap(entries: Entry[]) {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  return sorted.some((entry, at) => {
    const next = sorted[at + 1];
    const end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize;
    return next !== undefined && end > next.relativeOffsetOfLocalHeader;
  });
}

async function unpackEntry(archive: ZipFile, entry: Entry, path: string, signal?: AbortSignal) {
  let checksum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum);
      done(null, chunk);
    },
  });
  await pipeline(await archive.openReadStreamPromise(entry), check, createWriteStream(path), { signal });
  // yauzl checks sizes, not sums.
  if (checksum !== entry.crc32) throw new Error(`${entry.fileName} is damaged (checksum differs)`);
}

/** The disk or the machine, not the archive, is at fault. */
export function isDiskFault(error: unknown) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EACCES" || code === "ENOENT" || code === "EMFILE";
}
