import { crc32 } from "node:zlib";

/** The last chunk of every PNG: no data, a fixed checksum. */
const END_BYTES = 12;

/**
 * A PNG that says in words what it shows (iTXt, PNG specification 11.3.3.4). Two categories with the same symbol have
 * two files by it, and each may be in use for its own.
 */
export function withPngText(png: Uint8Array, keyword: "Title" | "Description" | "Software", text: string): Buffer {
  // Keyword, no compression, no language, no translated keyword; each ended by a zero.
  const data = Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, "latin1"), Buffer.from(text, "utf8")]);
  const typed = Buffer.concat([Buffer.from("iTXt", "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  const at = png.length - END_BYTES;
  return Buffer.concat([png.subarray(0, at), length, typed, check, png.subarray(at)]);
}
