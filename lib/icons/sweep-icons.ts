import "server-only";
import { stat } from "node:fs/promises";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { Removal, type Removed, type StoreFile, storeFiles } from "@/lib/images/store-files";
import { ICON_SIZES } from "./icon-store";

/** A file that came within a day stays: whoever asked for it may be about to name it. */
const DAY_MS = 86_400_000;
/** Files looked up at a time. */
const BATCH = 500;

export interface SweptIcons extends Removed {
  /** Files looked at. */
  files: number;
  /** Unused ones that came within the day. */
  unused: number;
}

/**
 * Removes files of icons that no icon names any more, with their smaller versions; a dry run tells which. What an
 * earlier system left in the same folder is not touched.
 */
export async function sweepIcons(
  now: Date,
  report: (done: number) => Promise<void>,
  { isDryRun = false } = {},
): Promise<SweptIcons> {
  const removal = new Removal("icons", ICON_SIZES, isDryRun);
  await removal.removeForgotten(now);
  let files = 0;
  let unused = 0;
  const look = async (batch: StoreFile[]) => {
    files += batch.length;
    for (const file of await unnamed(batch)) {
      const { mtimeMs, size } = await stat(file.path);
      if (now.getTime() - mtimeMs >= DAY_MS) await removal.remove(file, size);
      else unused += 1;
    }
    await report(files);
  };
  let batch: StoreFile[] = [];
  for await (const file of storeFiles("icons")) {
    batch.push(file);
    if (batch.length < BATCH) continue;
    await look(batch);
    batch = [];
  }
  await look(batch);
  return { files, unused, ...removal.told() };
}

async function unnamed(files: StoreFile[]): Promise<StoreFile[]> {
  const rows = await inParts(
    files.map(({ fileHash }) => fileHash),
    (part) => db.icon.findMany({ where: { fileHash: { in: part } }, select: { fileHash: true } }),
  );
  const named = new Set(rows.map(({ fileHash }) => fileHash));
  return files.filter(({ fileHash }) => !named.has(fileHash));
}
