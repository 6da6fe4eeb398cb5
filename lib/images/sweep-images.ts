import "server-only";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { storeFolder, thumbnailPath } from "./image-store";
import { isOwnView } from "./own-picture";
import { THUMBNAIL_WIDTHS } from "./thumbnail";

const DAY_MS = 86_400_000;
/** How long a file stays after it was first found unused: a run that is undone gives back the pictures it took. */
const KEPT_MS = 30 * DAY_MS;
/** Rows read at a time. */
const BATCH = 5_000;
/** Names told of files that were removed. */
const TOLD = 1_000;

export interface Swept {
  /** Files looked at. */
  files: number;
  /** Unused ones that wait for their time. */
  unused: number;
  /** Those removed; of a dry run, those that would be. */
  removed: number;
  removedBytes: number;
  /** Their names, at most 1,000. */
  removedNames: string[];
  /** Pictures whose file is gone from the disk: they count as not fetched from now on. */
  lost: number;
}

type Report = (stage: string, done: number) => Promise<void>;

/**
 * Removes files of pictures that nothing names any more: first marked, removed 30 days later if still unused, and
 * never younger than a day. Pictures whose file is gone are shown as such. A dry run tells the same and writes nothing.
 */
export async function sweepImages(now: Date, report: Report, { isDryRun = false } = {}): Promise<Swept> {
  const folder = storeFolder("images");
  if (!isDryRun) await removeForgotten(join(folder, "incoming"), now);
  const disk = await filesByKey(folder);
  const { used, lost } = await usedKeys(new Set(disk.keys()), report, isDryRun);
  const marks = await readMarks(folder);
  const kept: Record<string, string> = {};
  const swept: Swept = { files: disk.size, unused: 0, removed: 0, removedBytes: 0, removedNames: [], lost };
  let done = 0;
  for (const [key, { path, name }] of disk) {
    if (++done % BATCH === 0) await report("Looking at files", done);
    if (used.has(key)) continue;
    const markedAt = marks[name] ?? now.toISOString();
    const { mtimeMs, size } = await stat(path);
    const isDue = now.getTime() - Date.parse(markedAt) >= KEPT_MS && now.getTime() - mtimeMs >= DAY_MS;
    if (!isDue) {
      kept[name] = markedAt;
      swept.unused += 1;
      continue;
    }
    if (!isDryRun) await removePicture(path, name);
    swept.removed += 1;
    swept.removedBytes += size;
    swept.removedNames.push(name);
  }
  if (!isDryRun) await writeMarks(folder, kept);
  swept.removedNames = swept.removedNames.sort().slice(0, TOLD);
  return swept;
}

/** A file by the first 52 bits of its hash, which a number holds. Where two meet, both are kept. */
function keyOf(fileHash: string) {
  return Number.parseInt(fileHash.slice(0, 13), 16);
}

async function filesByKey(folder: string) {
  const files = new Map<number, { path: string; name: string }>();
  for (const part of await list(folder)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    for (const name of await list(join(folder, part))) {
      if (/^[0-9a-f]{64}\./.test(name)) files.set(keyOf(name), { path: join(folder, part, name), name });
    }
  }
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
  for (const row of rows) if (!(await isThere(row.fileHash ?? ""))) gone.push(row);
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

async function isThere(fileHash: string) {
  const names = await list(join(storeFolder("images"), fileHash.slice(0, 2)));
  return names.some((name) => name.startsWith(fileHash));
}

async function removePicture(path: string, name: string) {
  const fileHash = name.slice(0, 64);
  for (const width of THUMBNAIL_WIDTHS) {
    await rm(join(env().dataFolder, thumbnailPath("images", fileHash, width)), { force: true });
  }
  await rm(path, { force: true });
}

/** What a killed process left on its way in. */
async function removeForgotten(folder: string, now: Date) {
  for (const name of await list(folder)) {
    const path = join(folder, name);
    const age = await stat(path).then(({ mtimeMs }) => now.getTime() - mtimeMs, ignoreGone(0));
    if (age > DAY_MS) await rm(path, { force: true });
  }
}

/** When each unused file was first found so, by its name. */
const marks = z.record(z.string(), z.iso.datetime());

async function readMarks(folder: string): Promise<z.output<typeof marks>> {
  const text = await readFile(join(folder, "unused.json"), "utf8").catch(ignoreGone("{}"));
  return marks.parse(JSON.parse(text));
}

async function writeMarks(folder: string, kept: z.output<typeof marks>) {
  const path = join(folder, "unused.json");
  await writeFile(`${path}.new`, JSON.stringify(kept));
  await rename(`${path}.new`, path);
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(ignoreGone<string[]>([]));
}

function ignoreGone<T>(instead: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return instead;
    throw error;
  };
}
