import { createReadStream, createWriteStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FetchedConnection } from "../connection";
import type { DownloadTarget, FeedServer, ListedFile } from "./feed-server";
import { FetchError } from "./fetch-error";

type FolderConnection = Extract<FetchedConnection, { type: "folder" }>;

/** A folder of this machine, or of a disk it has mounted, those below it included. A path may be one file's. */
export async function openFolder({ path }: FolderConnection, signal: AbortSignal): Promise<FeedServer> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "does not exist" : `can't be read (${error.code})`;
    throw new FetchError("folder", `${path} ${why}. Check the path and that this machine sees it.`, { cause: error });
  });
  const pathOf = (name: string) => (found.isDirectory() ? join(path, name) : path);
  return {
    hostKey: null,
    list: async () => ({ files: await (found.isDirectory() ? listBelow(path) : listOne(path)), folders: [] }),
    download: (name, target) => copy(pathOf(name), target, signal),
    close: async () => undefined,
  };
}

async function listBelow(path: string) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files: ListedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.push(await fileAt(file, relative(path, file).split(sep).join("/")));
  }
  return files;
}

async function listOne(path: string) {
  return [await fileAt(path, path.split(sep).at(-1) ?? path)];
}

async function fileAt(path: string, name: string): Promise<ListedFile> {
  const { size, mtime } = await stat(path);
  return { name, bytes: size, modifiedAt: mtime, stamp: String(mtime.getTime()) };
}

async function copy(path: string, { path: target, startAt, onBytes }: DownloadTarget, signal: AbortSignal) {
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(path, { start: startAt, highWaterMark: 2 ** 20 }),
    count,
    createWriteStream(target, { flags: "a" }),
    { signal },
  );
}
