/** Kinds of pictures that are kept: what every browser shows and no other program runs. */
export const PICTURE_TYPES = {
  jpeg: { ending: "jpg", contentType: "image/jpeg" },
  png: { ending: "png", contentType: "image/png" },
  webp: { ending: "webp", contentType: "image/webp" },
  gif: { ending: "gif", contentType: "image/gif" },
  avif: { ending: "avif", contentType: "image/avif" },
} as const;
export type PictureType = keyof typeof PICTURE_TYPES;

export const EXPECTED_TYPES = "JPEG, PNG, WebP, GIF or AVIF";

/** Bytes of a file's beginning that tell its kind. */
export const TELLING_BYTES = 64;

/** The kind of picture that a file's first bytes tell, whatever its name or its sender say; null for any other file. */
export function pictureTypeOf(beginning: Uint8Array): PictureType | null {
  const text = Buffer.from(beginning.subarray(0, TELLING_BYTES)).toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "webp";
  // A box `ftyp` with its brands: AVIF's are `avif`, and `avis` for moving ones.
  if (text.slice(4, 8) === "ftyp" && /avi[fs]/.test(text.slice(8, 40))) return "avif";
  return null;
}

/** Whether a file is a drawing (SVG), by its beginning: a comment or a type may stand before the first element. */
export function isDrawing(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  const trimmed = text.replace(/^\xef\xbb\xbf/, "").trimStart();
  return /^<(\?xml|!--|!doctype svg|svg)/i.test(trimmed) && /<svg[\s>]/i.test(trimmed);
}

/** What such a file is instead, after "It is": `a web page`. */
export function otherTypeInWords(beginning: Uint8Array): string {
  if (beginning.length === 0) return "empty";
  const text = Buffer.from(beginning.subarray(0, TELLING_BYTES)).toString("latin1");
  const trimmed = text.replace(/^\xef\xbb\xbf/, "").trimStart();
  if (/^<(\?xml|svg)/i.test(trimmed)) return "an SVG drawing or other XML";
  if (/^<(!doctype|html|head|body|!--)/i.test(trimmed)) return "a web page";
  if (text.startsWith("%PDF")) return "a PDF";
  if (/^(II\*\0|MM\0\*)/.test(text)) return "a TIFF";
  if (text.slice(4, 8) === "ftyp" && /hei[cfx]|mif1/.test(text.slice(8, 40))) return "a HEIC photograph";
  if (text.startsWith("BM")) return "a BMP";
  if (text.startsWith("PK\x03\x04")) return "a zip archive";
  if (/^[[{]/.test(trimmed)) return "JSON";
  return "another kind of file";
}
