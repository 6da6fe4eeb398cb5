import "server-only";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";

/** A finished file is kept so long, in days. */
export const KEPT_DAYS = 7;

function folder() {
  return join(env().dataFolder, "exports");
}

/** Where a job's file is, or will be. Job ids and formats hold nothing that a path could go astray by. */
export function exportPath(jobId: string, format: "csv" | "xlsx" | "zip"): string {
  return join(folder(), `${jobId}.${format}`);
}

export function hasExport(jobId: string, format: "csv" | "xlsx" | "zip"): boolean {
  return existsSync(exportPath(jobId, format));
}

export async function makeExportsFolder() {
  await mkdir(folder(), { recursive: true });
}

/** Removes files that were kept long enough, and halves of files that a killed worker left. */
export async function clearOldExports(now = new Date()): Promise<number> {
  if (!existsSync(folder())) return 0;
  const oldest = now.getTime() - KEPT_DAYS * 86_400_000;
  let cleared = 0;
  for (const name of await readdir(folder())) {
    const path = join(folder(), name);
    if ((await stat(path)).mtimeMs >= oldest) continue;
    await rm(path, { force: true });
    cleared += 1;
  }
  return cleared;
}
