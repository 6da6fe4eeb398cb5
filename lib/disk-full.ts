import { statfs } from "node:fs/promises";

/** Less than that, and the next small write may not fit, in bytes. */
const LEAST_BYTES = 2 ** 20;

/** What whoever wanted to save something is told. */
export const DISK_FULL = "The disk of the data folder is full. Nothing was saved: free some space, then try again.";

/** Whether a failure, or what caused it, is a full disk: in the words of the system or of SQLite. */
export function isDiskFull(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? String(at.code) : "";
    if (/ENOSPC|EDQUOT|SQLITE_FULL|database or disk is full/.test(`${code} ${at.message}`)) return true;
  }
  return false;
}

/** Whether the disk that a folder lies on has no room left. */
export async function isOnFullDisk(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < LEAST_BYTES;
}
