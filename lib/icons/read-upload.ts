import "server-only";
import { assertSize } from "@/lib/images/image-store";
import { UPLOAD_LIMIT_BYTES } from "./upload-limit";

/** A body's bytes; no more than the limit is read, whatever length the sender claims. @throws {PictureError} */
export async function readUpload(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    assertSize(bytes, UPLOAD_LIMIT_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
