import "server-only";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { withScratchFolder } from "./scratch-folder";

export interface ArchivedFile {
  name: string;
  /** SHA-256, hex. */
  hash: string;
  bytes: number;
  /** Relative to the data folder. */
  storagePath: string;
}

const FEED_ENDINGS = /\.(zip|csv|txt|json|gz)$/i;

/**
 * The feed files a person means: a file itself, or every zip and CSV below a folder, by name.
 * @throws {AppError} `invalid_input` when there is nothing to read
 */
export async function listFeedFiles(path: string): Promise<{ path: string; name: string }[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "does not exist" : `can't be read (${error.code})`;
    throw new AppError("invalid_input", `${path} ${why}. Check the path and try again.`, { cause: error });
  });
  if (!found.isDirectory()) return [{ path, name: basename(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && FEED_ENDINGS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) {
    throw new AppError("invalid_input", `${path} holds no zip or CSV file. Point to the folder the feed lies in.`);
  }
  return files.map((file) => ({ path: file, name: relative(path, file).split(sep).join("/") }));
}

/** Keeps a file as received, under its hash; the same bytes are kept once. The original stays where it is. */
export async function archiveFile(file: { path: string; name: string }, signal?: AbortSignal): Promise<ArchivedFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  return withScratchFolder(async (folder) => {
    const incoming = join(folder, "incoming");
    await pipeline(
      createReadStream(file.path, { highWaterMark: 2 ** 20 }),
      async function* (source) {
        for await (const chunk of source as AsyncIterable<Buffer>) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(incoming),
      { signal },
    );
    return keepFile({ path: incoming, name: file.name, hash: hash.digest("hex"), bytes });
  });
}

/** Moves a file into the archive: its bytes are never there in part. */
export async function keepFile(file: {
  path: string;
  name: string;
  hash: string;
  bytes: number;
}): Promise<ArchivedFile> {
  const { name, hash, bytes } = file;
  const storagePath = join("feeds", hash.slice(0, 2), `${hash}-${basename(name).replace(/[^\w.-]+/g, "_")}`);
  const target = join(env().dataFolder, storagePath);
  await mkdir(join(target, ".."), { recursive: true });
  if (await exists(target)) {
    // Whoever clears the archive leaves what was asked for a moment ago.
    await utimes(target, new Date(), new Date());
    await rm(file.path);
  } else await rename(file.path, target);
  return { name, hash, bytes, storagePath };
}

/** Of a feed: SHA-256 over its files' hashes, whatever their order. Equal means the same feed. */
export function feedHash(fileHashes: string[]): string {
  return createHash("sha256").update(fileHashes.toSorted().join("\n")).digest("hex");
}

export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) hash.update(chunk);
  return hash.digest("hex");
}

async function exists(path: string) {
  return access(path).then(
    () => true,
    () => false,
  );
}
