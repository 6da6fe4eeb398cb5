import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import iconv from "iconv-lite";
import { ZipFile } from "yazl";

export interface ZipEntry {
  name: string;
  rows: Iterable<string>;
  encoding: "windows-1252" | "utf-8-bom" | "utf-8";
}

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Packs rows as they are made: only as many as the disk has room for are held in memory. Entries carry a fixed time,
 * so equal rows make equal bytes.
 */
export async function writeZip(path: string, entries: readonly ZipEntry[]) {
  await mkdir(dirname(path), { recursive: true });
  const zip = new ZipFile();
  for (const { name, rows, encoding } of entries) {
    zip.addReadStreamLazy(name, { mtime: FIXED_TIME, forceDosTimestamp: true, compressionLevel: 6 }, (done) =>
      done(null, Readable.from(encodedChunks(rows, encoding), { objectMode: false, highWaterMark: CHUNK_CHARACTERS })),
    );
  }
  zip.end();
  // yazl's types speak of the older stream interface; its stream is a PassThrough.
  await pipeline(zip.outputStream as Readable, createWriteStream(path));
}

/** In local terms, because the zip format's own time has no zone. */
const FIXED_TIME = new Date(2026, 10, 2, 6, 0, 0);

function* encodedChunks(rows: Iterable<string>, encoding: ZipEntry["encoding"]) {
  let pending: string[] = [];
  let length = 0;
  if (encoding === "utf-8-bom") yield Buffer.from([0xef, 0xbb, 0xbf]);
  for (const row of rows) {
    pending.push(row);
    length += row.length;
    if (length < CHUNK_CHARACTERS) continue;
    yield encode(pending.join(""), encoding);
    pending = [];
    length = 0;
  }
  if (length > 0) yield encode(pending.join(""), encoding);
}

/** Throws RangeError for a character that windows-1252 doesn't have: a slip in the tables, not in the input. */
function encode(text: string, encoding: ZipEntry["encoding"]) {
  if (encoding !== "windows-1252") return Buffer.from(text, "utf8");
  const bytes = iconv.encode(text, "win1252");
  if (iconv.decode(bytes, "win1252") !== text) {
    const lost = [...text].find(
      (character) => iconv.decode(iconv.encode(character, "win1252"), "win1252") !== character,
    );
    throw new RangeError(`windows-1252 has no ${lost}`);
  }
  return bytes;
}
