import "server-only";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "@/lib/env";
import { STORE_FILE } from "./legacy-store";

export interface LegacyPlace {
  path: string;
  /** Of the file that tells of the icons, to see whether it changed; null where there is none. */
  stamp: string | null;
}

/** Where an earlier system's icons are looked for: in the data folder, where that system kept them, and where one says. */
export async function legacyPlaces(): Promise<LegacyPlace[]> {
  const { dataFolder, STOCKROOM_LEGACY_ICONS: named } = env();
  const usual = [join(dataFolder, "icons"), resolve("data", "generated_icons")];
  const paths = [...new Set([...usual, ...(named ? [resolve(named)] : [])])];
  return Promise.all(paths.map(async (path) => ({ path, stamp: await stampOf(path) })));
}

async function stampOf(path: string): Promise<string | null> {
  return (await fileStamp(join(path, STORE_FILE))) ?? (await fileStamp(path));
}

/** What can't be looked at is not there. */
async function fileStamp(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? `${found.mtimeMs} ${found.size}` : null;
}
