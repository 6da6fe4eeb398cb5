import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import type { FeedFileRead } from "./feed-record";

export type Encoding = FeedFileRead["encoding"];

const ICONV_NAMES: Record<Encoding, string> = {
  "utf-8": "utf-8",
  "utf-8-bom": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
};

export function bomBytes(encoding: Encoding): number {
  if (encoding === "utf-8-bom") return 3;
  return encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 0;
}

/** Decides a file's encoding from all of its bytes: BOM, else strict UTF-8, else windows-1252. */
export class EncodingDetector {
  private first: Encoding | null = null;
  private started = false;
  private isUtf8 = true;
  /** The beginning of a character that the last chunk cut. */
  private cut: Buffer = Buffer.alloc(0);

  add(chunk: Buffer) {
    if (this.first) return;
    const bytes = this.cut.length > 0 ? Buffer.concat([this.cut, chunk]) : chunk;
    if (!this.started) {
      // Three bytes tell every BOM; a shorter file ends before the next chunk comes.
      if (bytes.length < 3) {
        this.cut = Buffer.from(bytes);
        return;
      }
      this.started = true;
      this.first = encodingOfBom(bytes);
      if (this.first) return;
    }
    if (!this.isUtf8) return;
    const whole = bytes.length - cutCharacterBytes(bytes);
    this.isUtf8 = isUtf8(bytes.subarray(0, whole));
    this.cut = Buffer.from(bytes.subarray(whole));
  }

  end(): Encoding {
    if (!this.started) this.first = encodingOfBom(this.cut);
    if (this.first) return this.first;
    return this.isUtf8 && isUtf8(this.cut) ? "utf-8" : "windows-1252";
  }
}

function encodingOfBom(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8-bom";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** How many bytes at the end begin a UTF-8 character that isn't whole. */
function cutCharacterBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? back : 0;
    }
  }
  return 0;
}

const NON_ASCII = /[\x80-\xff]/;

/**
 * Turns text read byte by byte (latin1, one character a byte) into what it says. Only UTF-8 and windows-1252 can be
 * read that way; iconv-lite, because Node's own TextDecoder gives C1 controls for 0x80-0x9f of windows-1252.
 */
export function byteTextDecoder(encoding: "utf-8" | "windows-1252"): (text: string) => string {
  return (text) => {
    if (!NON_ASCII.test(text)) return text;
    const bytes = Buffer.from(text, "latin1");
    return encoding === "utf-8" ? bytes.toString("utf8") : iconv.decode(bytes, "windows-1252");
  };
}

/** A stream that rewrites bytes of that encoding as UTF-8 without a BOM. */
export function utf8Transcoder(encoding: Encoding) {
  return { decode: iconv.decodeStream(ICONV_NAMES[encoding]), encode: iconv.encodeStream("utf-8") };
}
