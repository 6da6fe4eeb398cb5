import { createReadStream, createWriteStream } from "node:fs";
import { open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { FeedError } from "./feed-error";
import { isDiskFault, ZIP_LIMITS, type ZipLimits } from "./zip";

/** Does the file begin as gzip does? */
export async function isGzip(path: string): Promise<boolean> {
  const file = await openFile(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await file.close();
  }
}

/**
 * Unpacks a gzip file into `folder`, within the limits of a zip.
 * @throws {FeedError} "gzip test failed: …" when it is cut, damaged or made to harm
 */
export async function unpackGzip(
  gzip: { path: string; name: string },
  folder: string,
  {
    limits = ZIP_LIMITS,
    signal,
  }: { limits?: Pick<ZipLimits, "bytes" | "ratio" | "ratioFromBytes">; signal?: AbortSignal } = {},
): Promise<{ path: string; name: string }> {
  const packed = createReadStream(gzip.path);
  const path = join(folder, `gunzip-${crypto.randomUUID()}`);
  let bytes = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limits.bytes) done(new Error("it unpacks to more than is allowed"));
      else if (bytes > limits.ratioFromBytes && bytes > limits.ratio * packed.bytesRead) {
        done(new Error(`it unpacks to more than ${limits.ratio} times its size`));
      } else done(null, chunk);
    },
  });
  try {
    await pipeline(packed, createGunzip(), check, createWriteStream(path), { signal });
  } catch (error) {
    if (signal?.aborted || isDiskFault(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FeedError(`gzip test failed: ${gzip.name}: ${reason}. Fetch the file again.`, { cause: error });
  }
  return { path, name: gzip.name.replace(/\.gz$/i, "") };
}
