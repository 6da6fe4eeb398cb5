import "server-only";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { env } from "@/lib/env";
import { Removal, type Removed, type StoreFile, statFile, storeFiles } from "@/lib/images/store-files";
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
  /** Icons whose file is gone from the disk, and is known to be gone from now on. */
  lost: number;
  /** Icons whose file is back. */
  found: number;
}

/**
 * Removes files of icons that no icon names any more, with their smaller versions; a dry run tells which. What an
 * earlier system left in the same folder is not touched. Icons whose file is gone are marked as such.
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
  return { files, unused, ...(await compareIcons(isDryRun)), ...removal.told() };
}

/** One that never had a file has no path. */
async function compareIcons(isDryRun: boolean): Promise<{ lost: number; found: number }> {
  const changed: { id: string; fileMissing: boolean }[] = [];
  for (let after = ""; ; ) {
    const rows = await db.icon.findMany({
      where: { id: { gt: after }, storagePath: { not: "" } },
      select: { id: true, storagePath: true, fileMissing: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    for (const { id, storagePath, fileMissing } of rows) {
      const isGone = (await statFile(join(env().dataFolder, storagePath))) === null;
      if (isGone !== fileMissing) changed.push({ id, fileMissing: isGone });
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  const updatedAt = new Date();
  for (let at = 0; !isDryRun && at < changed.length; at += BATCH) {
    const rows = changed.slice(at, at + BATCH).map((row) => ({ ...row, updatedAt }));
    await transaction((tx) => updateRows(tx, "Icon", ["id"], rows, ["version"]));
  }
  const lost = changed.filter(({ fileMissing }) => fileMissing).length;
  return { lost, found: changed.length - lost };
}

async function unnamed(files: StoreFile[]): Promise<StoreFile[]> {
  const rows = await inParts(
    files.map(({ fileHash }) => fileHash),
    (part) => db.icon.findMany({ where: { fileHash: { in: part } }, select: { fileHash: true } }),
  );
  const named = new Set(rows.map(({ fileHash }) => fileHash));
  return files.filter(({ fileHash }) => !named.has(fileHash));
}
