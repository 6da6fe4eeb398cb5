import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import iconv from "iconv-lite";
import { EncodingDetector } from "../encoding";
import { etilizeTableOf } from "../etilize-tables";
import { FeedError } from "../feed-error";
import type { FeedKind } from "../feed-record";
import { isGzip } from "../gzip";
import { FEED_KINDS } from "../kind-words";
import { testZip } from "../zip";

/** The longest header known is 220 kB. */
const HEAD_BYTES = 2 ** 20;

export interface VerifiedFile {
  name: string;
  /** Files of the feed in it, an archive's own or itself. */
  feedEntries: string[];
}

/**
 * Tests every archive to its last byte, and that the files begin as this kind of feed does.
 * @throws {FeedError} "zip test failed: …", or what is missing
 */
export async function verifyFiles(
  { kind, hasMapping }: { kind: FeedKind; hasMapping: boolean },
  files: { path: string; name: string }[],
  signal: AbortSignal,
): Promise<VerifiedFile[]> {
  const verified: VerifiedFile[] = [];
  for (const file of files) {
    const feedEntries: string[] = [];
    const look = (name: string, head: Buffer, isBare: boolean) => {
      if (name.startsWith("__MACOSX/") || !isRead(kind, basename(name), isBare)) return;
      // A mapping says itself where the header stands and which columns there are.
      if (!hasMapping || kind === "category_json") assertBeginning(kind, basename(name), head);
      feedEntries.push(name);
    };
    const first = await headOf(file.path, 4);
    if (first.toString("latin1").startsWith("PK")) {
      await testZip(file, (name, head) => look(name, head, false), { headBytes: HEAD_BYTES, signal });
    } else if (await isGzip(file.path)) {
      look(file.name.replace(/\.gz$/i, ""), await testGzip(file, signal), true);
    } else if (/\.zip$/i.test(file.name)) {
      throw new FeedError(`zip test failed: ${file.name}: it does not begin as a zip does. Fetch the file again.`);
    } else {
      look(file.name, await headOf(file.path, HEAD_BYTES), true);
    }
    verified.push({ name: file.name, feedEntries });
  }
  assertComplete(kind, verified);
  return verified;
}

function isRead(kind: FeedKind, name: string, isBare: boolean) {
  if (kind === "etilize") return etilizeTableOf(name) !== null;
  if (kind === "category_json") return isBare || /\.json$/i.test(name);
  return isBare || /\.csv$/i.test(name);
}

function assertComplete(kind: FeedKind, files: VerifiedFile[]) {
  const entries = files.flatMap((file) => file.feedEntries);
  const names = files.map((file) => file.name).join(", ");
  if (entries.length === 0) {
    throw new FeedError(
      `There is no file of the format ${FEED_KINDS[kind].label} in ${names}. Check what the source takes.`,
    );
  }
  if (kind === "etilize" && !entries.some((name) => etilizeTableOf(basename(name)) === "product")) {
    throw new FeedError(`There is no EN_US_B_product.csv in ${names}: this is not an Etilize feed.`);
  }
}

/** Columns without which a format's reader can't begin, by letters and digits alone. */
const NEEDED: Partial<Record<FeedKind, string[]>> = { shopify_csv: ["handle", "title"], erp: ["itemnumber"] };

function assertBeginning(kind: FeedKind, name: string, head: Buffer) {
  if (kind === "etilize") return;
  const text = decode(head);
  if (kind === "category_json") {
    if (/^\s*[[{]/.test(text)) return;
    throw new FeedError(`${name} does not begin as JSON does. Check what the source takes.`);
  }
  const header = firstLine(text);
  const columns = header.split(/[,;\t|]/).map((cell) => cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  if (columns.every((column) => column === "")) {
    throw new FeedError(`${name} has no header line: its first line names no column. Fetch the file again.`);
  }
  const missing = NEEDED[kind]?.filter((column) => !columns.includes(column)) ?? [];
  if (missing.length === 0) return;
  throw new FeedError(
    `${name} has no column ${missing.join(" and no column ")}: this is no ${FEED_KINDS[kind].label}. Its first line is: ${header.slice(0, 200)}`,
  );
}

function decode(head: Buffer) {
  const detector = new EncodingDetector();
  detector.add(head);
  const encoding = detector.end();
  return iconv.decode(head, encoding === "utf-8-bom" ? "utf-8" : encoding);
}

/** Up to the first line end that is not within quotes. */
function firstLine(text: string) {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (!isQuoted && (text[at] === "\n" || text[at] === "\r")) return text.slice(0, at);
  }
  return text;
}

async function headOf(path: string, bytes: number) {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function testGzip(file: { path: string; name: string }, signal: AbortSignal) {
  const head: Buffer[] = [];
  let bytes = 0;
  try {
    const unpacked = createReadStream(file.path, { signal }).pipe(createGunzip());
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      if (bytes < HEAD_BYTES) head.push(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FeedError(`gzip test failed: ${file.name}: ${reason}. Fetch the file again.`, { cause: error });
  }
  return Buffer.concat(head).subarray(0, HEAD_BYTES);
}
