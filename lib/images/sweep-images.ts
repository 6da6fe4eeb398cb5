import "server-only";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { storeFolder } from "./image-store";
import { isOwnView } from "./own-picture";
import { hasStoreFile, Removal, type Removed, type StoreFile, statFile, storeFiles } from "./store-files";
import { THUMBNAIL_WIDTHS } from "./thumbnail";

const DAY_MS = 86_400_000;
/** How long a file stays after it was first found unused: a run that is undone gives back the pictures it took. */
const KEPT_MS = 30 * DAY_MS;
/** Rows read at a time. */
const BATCH = 5_000;
export interface Swept extends Removed {
  /** Files looked at. */
  files: number;
  /** Unused ones that wait for their time. */
  unused: number;
  /** Pictures whose file is gone from the disk: they count as not fetched from now on. */
  lost: number;
}

type Report = (stage: string, done: number) => Promise<void>;

/**
 * Removes files of pictures that nothing names any more: first marked, removed 30 days later if still unused, and
 * never younger than a day. Pictures whose file is gone are shown as such. A dry run tells the same and writes nothing.
 */
export async function sweepImages(now: Date, report: Report, { isDryRun = false } = {}): Promise<Swept> {
  const removal = new Removal("images", THUMBNAIL_WIDTHS, isDryRun);
  await removal.removeForgotten(now);
  const disk = await filesByKey();
  const { used, lost } = await usedKeys(new Set(disk.keys()), report, isDryRun);
  const folder = storeFolder("images");
  const marks = await readMarks(folder);
  const kept: Record<string, string> = {};
  let unused = 0;
  let done = 0;
  for (const [key, file] of disk) {
    if (++done % BATCH === 0) await report("Looking at files", done);
    if (used.has(key)) continue;
    const markedAt = marks[file.name] ?? now.toISOString();
    const { mtimeMs, size } = await stat(file.path);
    if (now.getTime() - Date.parse(markedAt) >= KEPT_MS && now.getTime() - mtimeMs >= DAY_MS) {
      await removal.remove(file, size);
      continue;
    }
    kept[file.name] = markedAt;
    unused += 1;
  }
  if (!isDryRun) await writeMarks(folder, kept);
  return { files: disk.size, unused, lost, ...removal.told() };
}

/** A file by the first 52 bits of its hash, which a number holds. Where two meet, both are kept. */
function keyOf(fileHash: string) {
  return Number.parseInt(fileHash.slice(0, 13), 16);
}

async function filesByKey() {
  const files = new Map<number, StoreFile>();
  for await (const file of storeFiles("images")) files.set(keyOf(file.fileHash), file);
  return files;
}

/** Every file that a picture names, removed ones too, for they can be put back. */
async function usedKeys(onDisk: Set<number>, report: Report, isDryRun: boolean) {
  const used = new Set<number>();
  let lost = 0;
  for (let after = 0, read = 0; ; ) {
    const rows = await db.productImage.findMany({
      where: { id: { gt: after }, storagePath: { startsWith: "images/" }, fileHash: { not: null } },
      select: { id: true, fileHash: true, view: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    for (const { fileHash } of rows) if (fileHash) used.add(keyOf(fileHash));
    const gone = await lostOf(rows.filter(({ fileHash }) => fileHash && !onDisk.has(keyOf(fileHash))));
    if (!isDryRun) await markLost(gone);
    lost += gone.length;
    read += rows.length;
    await report("Looking at pictures", read);
    const last = rows.at(-1);
    if (!last) return { used, lost };
    after = last.id;
  }
}

type Row = { id: number; fileHash: string | null; view: string };

/** A picture may have come since the folders were read. */
async function lostOf(rows: Row[]): Promise<Row[]> {
  const gone: Row[] = [];
  for (const row of rows) if (!(await hasStoreFile("images", row.fileHash ?? ""))) gone.push(row);
  return gone;
}

/** What a feed gave can be fetched again; what a person gave, only they can give. */
async function markLost(gone: Row[]) {
  if (gone.length === 0) return;
  const own = gone.filter(({ view }) => isOwnView(view)).map(({ id }) => id);
  const fed = gone.filter(({ view }) => !isOwnView(view)).map(({ id }) => id);
  const failure = "Its file is gone from the disk. Upload it again.";
  await transaction(async (tx) => {
    for (let at = 0; at < own.length; at += 500) {
      const ids = own.slice(at, at + 500);
      await tx.productImage.updateMany({ where: { id: { in: ids } }, data: { storagePath: null, failure } });
    }
    for (let at = 0; at < fed.length; at += 500) {
      const ids = fed.slice(at, at + 500);
      await tx.productImage.updateMany({ where: { id: { in: ids } }, data: { storagePath: null, fetchedAt: null } });
    }
  });
}

/** When each unused file was first found so, by its name. */
const marks = z.record(z.string(), z.iso.datetime());

async function readMarks(folder: string): Promise<z.output<typeof marks>> {
  const path = join(folder, "unused.json");
  return (await statFile(path)) ? marks.parse(JSON.parse(await readFile(path, "utf8"))) : {};
}

async function writeMarks(folder: string, kept: z.output<typeof marks>) {
  const path = join(folder, "unused.json");
  await writeFile(`${path}.new`, JSON.stringify(kept));
  await rename(`${path}.new`, path);
}
