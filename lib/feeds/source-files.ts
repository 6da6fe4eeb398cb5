import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { bomBytes, byteTextDecoder, type Encoding, EncodingDetector, utf8Transcoder } from "./encoding";
import type { FeedFileRead, ReaderInput } from "./feed-record";
import { isGzip, unpackGzip } from "./gzip";
import type { FileDialect } from "./mapping";
import { isZip, unpackZip } from "./zip";

/** One file of a feed, out of its archive, its encoding decided. */
export interface SourceFile {
  /** Unique within the run: the file's own name, with more in front only where two are alike. */
  name: string;
  inputIndex: number;
  encoding: Encoding;
  /** Of the file as received. */
  bytes: number;
  hash: string;
  /** What is read: the file itself, or its text as UTF-8 where it came as UTF-16. */
  path: string;
  /** Where its text begins, behind a BOM. */
  textStart: number;
  textBytes: number;
  /** Its last line has a line end: a file cut in the middle of a row has none. */
  isEnded: boolean;
  /** Of the text at `path`. */
  textEncoding: "utf-8" | "windows-1252";
  /** Turns bytes read as latin1 into text. */
  decode: (byteText: string) => string;
}

/**
 * The feed's files in the order given, archives unpacked, each read once for its hash and encoding.
 * `isWanted` sees a file's own name, without folders, and whether it came bare.
 * @throws {FeedError} when an archive can't be unpacked.
 */
export async function openSourceFiles(
  input: ReaderInput,
  isWanted: (name: string, isBare: boolean) => boolean,
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const [inputIndex, received] of input.files.entries()) {
    if (await isZip(received.path)) {
      const wanted = (name: string) => !name.startsWith("__MACOSX/") && isWanted(basename(name), false);
      for (const entry of await unpackZip(received, input.scratchFolder, wanted, { signal: input.signal }))
        files.push(await openSourceFile(entry, inputIndex, input));
    } else if (await isGzip(received.path)) {
      const file = await unpackGzip(received, input.scratchFolder, { signal: input.signal });
      if (isWanted(basename(file.name), true)) files.push(await openSourceFile(file, inputIndex, input));
    } else if (isWanted(basename(received.name), true)) {
      files.push(await openSourceFile(received, inputIndex, input));
    }
  }
  return withUniqueNames(files, input);
}

async function openSourceFile(
  { path, name }: { path: string; name: string },
  inputIndex: number,
  { scratchFolder, signal, mapping }: ReaderInput,
): Promise<SourceFile> {
  const hash = createHash("sha256");
  const detector = new EncodingDetector();
  let bytes = 0;
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    hash.update(chunk);
    detector.add(chunk);
    bytes += chunk.length;
    last = chunk;
  }
  const encoding = encodingAs(mapping?.dialect?.encoding, detector.end());
  const isEnded = isLineEnd(last, encoding);
  const file = { name, inputIndex, encoding, bytes, isEnded, hash: hash.digest("hex") };
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const utf8Path = join(scratchFolder, `utf8-${crypto.randomUUID()}`);
    const { decode, encode } = utf8Transcoder(encoding);
    await pipeline(createReadStream(path, { signal }), decode, encode, createWriteStream(utf8Path), { signal });
    return { ...file, path: utf8Path, textStart: 0, textBytes: bytes, ...inBytes("utf-8") };
  }
  const text = inBytes(encoding === "windows-1252" ? "windows-1252" : "utf-8");
  return { ...file, path, textStart: bomBytes(encoding), textBytes: bytes, ...text };
}

function inBytes(textEncoding: SourceFile["textEncoding"]) {
  return { textEncoding, decode: byteTextDecoder(textEncoding) };
}

/** Whether the bytes end with a line end: in UTF-16 a character has two. */
function isLineEnd(bytes: Buffer, encoding: Encoding) {
  const width = encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 1;
  return bytes.subarray(-width).some((byte) => byte === 0x0a || byte === 0x0d);
}

/** The encoding a person said the file has, unless its first bytes prove another. */
function encodingAs(said: FileDialect["encoding"] | undefined, found: Encoding): Encoding {
  const isProven = found === "utf-8-bom" || found === "utf-16le" || found === "utf-16be";
  return said === undefined || said === "auto" || isProven ? found : said;
}

function withUniqueNames(files: SourceFile[], input: ReaderInput): SourceFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const archive = input.files[file.inputIndex]?.name ?? "";
    const candidates = [basename(file.name), `${archive}/${file.name}`];
    let name = candidates.find((candidate) => !taken.has(candidate));
    for (let number = 2; name === undefined; number++) {
      const numbered = `${archive}/${file.name} (${number})`;
      if (!taken.has(numbered)) name = numbered;
    }
    taken.add(name);
    return { ...file, name };
  });
}

/** What the run records of a file once it is read. */
export function fileRead(file: SourceFile, rowsRead: number, rowsReference = 0): FeedFileRead {
  const { name, inputIndex, encoding, bytes, hash, isEnded } = file;
  return { record: "file", name, inputIndex, encoding, bytes, hash, isEnded, rowsRead, rowsReference };
}
