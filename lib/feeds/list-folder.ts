import "server-only";
import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { listFeedFiles } from "./archive";

/** Files named in an answer; the others are only counted. */
const SHOWN = 200;

export interface FolderFiles {
  files: { name: string; bytes: number }[];
  count: number;
  bytes: number;
}

/**
 * The feed files of a folder on the server, for a look before the import.
 * @throws {AppError} `invalid_input` when the path is relative, is not there, or holds no zip or CSV file
 */
export async function listFolderFiles(actor: Actor, path: string): Promise<FolderFiles> {
  assertCan(actor, "feed:run");
  if (!isAbsolute(path)) {
    throw new AppError("invalid_input", "Enter the folder's whole path on the server, like /data/etilize.");
  }
  const found = await listFeedFiles(path);
  const files = await Promise.all(
    found.map(async (file) => ({ name: file.name, bytes: (await stat(file.path)).size })),
  );
  return { files: files.slice(0, SHOWN), count: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}
