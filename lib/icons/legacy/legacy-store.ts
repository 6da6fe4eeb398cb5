import "server-only";
import { createHash } from "node:crypto";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { AppError } from "@/lib/errors";
import { isZip, unpackZip } from "@/lib/feeds/zip";
import { formatBytes } from "@/lib/format";
import { ICON_LIMIT_BYTES } from "../icon-store";
import { type ReadIcon, readLegacyIcon } from "./legacy-icon";
import { repeatedKeys } from "./repeated-keys";

export const STORE_FILE = "metadata.json";
/** The largest `metadata.json` that is read: an icon takes about a thousand bytes. */
const STORE_LIMIT_BYTES = 64_000_000;
/** Of a zip: as large a store as one would carry. */
const ZIP_LIMITS = { entries: 100_000, bytes: 4 * 2 ** 30, ratio: 200, ratioFromBytes: 64 * 2 ** 20 };
export const PICTURES = /\.(png|webp|jpe?g|gif|avif|svg)$/i;

/** An icon's file in a store: its bytes, or why there are none. */
export type LegacyFile = { bytes: Buffer } | { isMissing: true } | { refusal: string };

/** An icon store as an earlier system left it. It is only ever read. */
export interface LegacyStore {
  /** Its folder or zip. */
  path: string;
  /** SHA-256 of `metadata.json`, hex. */
  hash: string;
  icons: ReadIcon[];
  /** Reads the file that an icon names. Nothing outside the store is read, whatever it names. */
  readFile(filePath: string): Promise<LegacyFile>;
}

/**
 * Opens a store: a folder with a `metadata.json`, that file itself, or a zip of the folder, which is unpacked into
 * `scratch`.
 * @throws {AppError} `invalid_input` saying what is wrong with it
 */
export async function openLegacyStore(path: string, scratch: string, signal?: AbortSignal): Promise<LegacyStore> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "does not exist" : `can't be read (${error.code})`;
    throw new AppError("invalid_input", `${path} ${why}. Check the path and try again.`, { cause: error });
  });
  if (found.isDirectory()) return openFolder(path);
  if (!found.isFile()) throw new AppError("invalid_input", `${path} is no file. Point to the folder of the icons.`);
  if (await isZip(path)) return openZip(path, scratch, signal);
  if (!path.endsWith(".json")) throw notThere(path);
  return openFolder(dirname(path), basename(path));
}

async function openFolder(folder: string, file?: string): Promise<LegacyStore> {
  const at = file === undefined ? await findStoreFile(folder) : join(folder, file);
  const root = dirname(at);
  const text = await readText(at);
  return {
    path: folder,
    ...text,
    readFile: async (filePath) => {
      const names = namesOf(filePath, await realpath(root));
      if ("refusal" in names) return names;
      for (const name of names.candidates) {
        const read = await readInside(root, name);
        if (!("isMissing" in read)) return read;
      }
      return { isMissing: true };
    },
  };
}

async function openZip(path: string, scratch: string, signal?: AbortSignal): Promise<LegacyStore> {
  const isWanted = (name: string) => PICTURES.test(name) || basename(name) === STORE_FILE;
  const zip = { path, name: basename(path) };
  const unpacked = await unpackZip(zip, scratch, isWanted, { limits: ZIP_LIMITS, ...(signal && { signal }) });
  return openFiles(zip.name, unpacked);
}

/**
 * Opens a store that came as single files: `metadata.json` and the pictures, by their names.
 * @throws {AppError} `invalid_input` saying what is wrong with it
 */
export async function openFiles(called: string, files: { name: string; path: string }[]): Promise<LegacyStore> {
  const [store] = files
    .filter(({ name }) => basename(name) === STORE_FILE)
    .toSorted((a, b) => a.name.split("/").length - b.name.split("/").length);
  if (!store) throw notThere(called);
  const prefix = store.name.slice(0, -STORE_FILE.length);
  const paths = new Map(files.map(({ name, path }) => [name, path]));
  return {
    path: called,
    ...(await readText(store.path)),
    readFile: async (filePath) => {
      const names = namesOf(filePath, null);
      if ("refusal" in names) return names;
      const at = names.candidates.map((name) => paths.get(prefix + name)).find((one) => one !== undefined);
      return at === undefined ? { isMissing: true } : readPicture(at, (await stat(at)).size);
    },
  };
}

/** In the folder itself, or in the one folder below that has one. */
async function findStoreFile(folder: string): Promise<string> {
  const names = await readdir(folder, { withFileTypes: true });
  if (names.some(({ name }) => name === STORE_FILE)) return join(folder, STORE_FILE);
  const below: string[] = [];
  for (const { name } of names.filter((entry) => entry.isDirectory())) {
    const at = join(folder, name, STORE_FILE);
    const isThere = await lstat(at).then(
      (one) => one.isFile(),
      () => false,
    );
    if (isThere) below.push(at);
  }
  const [only, other] = below;
  if (!only || other) throw notThere(folder);
  return only;
}

function notThere(where: string) {
  return new AppError("invalid_input", `${where} holds no ${STORE_FILE}. Point to the folder that the icons lie in.`);
}

async function readText(path: string): Promise<Pick<LegacyStore, "hash" | "icons">> {
  const { size } = await stat(path);
  if (size > STORE_LIMIT_BYTES) {
    const limit = formatBytes(STORE_LIMIT_BYTES);
    throw new AppError("too_large", `${STORE_FILE} is larger than ${limit}. Split it into several stores.`);
  }
  const bytes = await readFile(path);
  return { hash: createHash("sha256").update(bytes).digest("hex"), icons: readIcons(bytes) };
}

/**
 * The icons of a `metadata.json`.
 * @throws {AppError} `invalid_input` when it is none
 */
export function readIcons(bytes: Uint8Array): ReadIcon[] {
  const text = new TextDecoder("utf-8").decode(bytes);
  let store: unknown;
  try {
    store = JSON.parse(text);
  } catch (error) {
    const at = /position \d+/.exec(String(error))?.[0];
    const message = `${STORE_FILE} is no JSON${at ? `: it breaks off or is damaged at ${at}` : ""}. Take the file from a backup.`;
    throw new AppError("invalid_input", message, { cause: error });
  }
  const icons = isObject(store) ? store.icons : undefined;
  if (!isObject(icons)) {
    const message = `${STORE_FILE} is no icon store: it needs an object “icons” with an entry for each icon.`;
    throw new AppError("invalid_input", message);
  }
  const read = Object.entries(icons).map(([id, told]) => readLegacyIcon(id, told));
  return [...read, ...repeatedKeys(text, "icons").map(repeated)];
}

function repeated(legacyId: string): ReadIcon {
  const named = `Icon ${JSON.stringify(legacyId.slice(0, 80))}`;
  const refusal = `${named} stands in ${STORE_FILE} more than once: its last entry was read. Give each a key of its own and import again.`;
  return { legacyId, refusal };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What a store's path may mean within its folder: as it stands; behind `generated_icons/`, where the earlier system
 * kept them, wherever that lay; or its name alone.
 */
function namesOf(filePath: string, root: string | null): { candidates: string[] } | { refusal: string } {
  const path = filePath.replaceAll("\\", "/");
  const own = /^(?:.*\/)?generated_icons\/(?<rest>.+)$/.exec(path)?.groups?.rest;
  const within = root !== null && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : (own ?? path);
  const isOutside = /^(\/|[a-z]:)/i.test(within) || within.split("/").includes("..") || path.split("/").includes("..");
  if (isOutside) {
    return { refusal: `its file “${filePath.slice(0, 200)}” lies outside the store's folder, where nothing is read.` };
  }
  return { candidates: [...new Set([path, within, basename(within)])].filter((name) => !/^(\/|[a-z]:)/i.test(name)) };
}

async function readInside(root: string, name: string): Promise<LegacyFile> {
  try {
    const [folder, real] = await Promise.all([realpath(root), realpath(join(root, name))]);
    if (!real.startsWith(folder + sep)) {
      return { refusal: `its file “${name}” is a link that leads outside the store's folder, where nothing is read.` };
    }
    const found = await lstat(real);
    return found.isFile() ? await readPicture(real, found.size) : { refusal: `“${name}” is no file.` };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // Too long a name, or a file where a folder is meant, is no file either.
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(code)) return { isMissing: true };
    if (["EACCES", "EPERM", "EIO"].includes(code)) return { refusal: `its file “${name}” can't be read (${code}).` };
    throw error;
  }
}

async function readPicture(path: string, bytes: number): Promise<LegacyFile> {
  if (bytes <= ICON_LIMIT_BYTES) return { bytes: await readFile(path) };
  return { refusal: `its file is larger than ${formatBytes(ICON_LIMIT_BYTES)}.` };
}
