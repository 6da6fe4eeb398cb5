import "server-only";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { type PictureStore, storeFolder, thumbnailPath } from "./image-store";

const DAY_MS = 86_400_000;
/** Names told of files that were removed. */
const TOLD = 1_000;

/** A kept file: its name is its hash. */
export interface StoreFile {
  name: string;
  fileHash: string;
  path: string;
}

/** What a sweep removed; a dry run, what it would. */
export interface Removed {
  /** Smaller versions, which go with their file, are not counted. */
  removed: number;
  removedBytes: number;
  /** The first 1,000 names. */
  removedNames: string[];
}

/** The kept files of a store; what else lies in its folder is none of them. */
export async function* storeFiles(store: PictureStore): AsyncGenerator<StoreFile> {
  const folder = storeFolder(store);
  for (const part of await listFolder(folder)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    for (const name of await listFolder(join(folder, part))) {
      if (/^[0-9a-f]{64}\./.test(name)) yield { name, fileHash: name.slice(0, 64), path: join(folder, part, name) };
    }
  }
}

/** Whether a store has the file of this hash, whatever its ending. */
export async function hasStoreFile(store: PictureStore, fileHash: string): Promise<boolean> {
  const names = await listFolder(join(storeFolder(store), fileHash.slice(0, 2)));
  return names.some((name) => name.startsWith(fileHash));
}

/** Removes files of a store, or only tells which: a dry run and the real one go the same way. */
export class Removal {
  readonly #store: PictureStore;
  readonly #widths: readonly number[];
  readonly #isDryRun: boolean;
  readonly #names: string[] = [];
  #bytes = 0;

  /** `widths` are those that the store's smaller versions are made in. */
  constructor(store: PictureStore, widths: readonly number[], isDryRun: boolean) {
    this.#store = store;
    this.#widths = widths;
    this.#isDryRun = isDryRun;
  }

  async remove({ name, fileHash, path }: StoreFile, bytes: number) {
    // The smaller versions first: what is broken off here is found again by the file itself.
    const smaller = this.#widths.map((width) => join(env().dataFolder, thumbnailPath(this.#store, fileHash, width)));
    await this.#drop(name, bytes, [...smaller, path]);
  }

  /** What a killed process left on its way in, more than a day ago. */
  async removeForgotten(now: Date) {
    const folder = join(storeFolder(this.#store), "incoming");
    for (const name of await listFolder(folder)) {
      const path = join(folder, name);
      const found = await statFile(path);
      if (found && now.getTime() - found.mtimeMs > DAY_MS) await this.#drop(`incoming/${name}`, found.size, [path]);
    }
  }

  told(): Removed {
    const names = this.#names.toSorted();
    return { removed: names.length, removedBytes: this.#bytes, removedNames: names.slice(0, TOLD) };
  }

  async #drop(name: string, bytes: number, paths: string[]) {
    this.#names.push(name);
    this.#bytes += bytes;
    if (!this.#isDryRun) for (const path of paths) await rm(path, { force: true });
  }
}

/** A file's size and times; null where it is gone by now. */
export function statFile(path: string) {
  return stat(path).catch(ignoreGone(null));
}

function listFolder(folder: string): Promise<string[]> {
  return readdir(folder).catch(ignoreGone<string[]>([]));
}

function ignoreGone<T>(instead: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return instead;
    throw error;
  };
}
