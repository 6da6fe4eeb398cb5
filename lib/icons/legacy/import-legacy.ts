import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { PictureError } from "@/lib/images/picture-error";
import { hashIcon, type StoredIcon, storeIcon } from "../icon-store";
import { decideLegacy, type LegacyWork } from "./decide-legacy";
import type { LegacyIcon } from "./legacy-icon";
import { countIn, type LegacyReport } from "./legacy-report";
import type { LegacyFile, LegacyStore } from "./legacy-store";
import { matchCategories } from "./match-categories";
import { readLegacyWorld } from "./read-world";
import { writeLegacy } from "./write-legacy";

/** Icons taken in one transaction. */
const BATCH = 100;
/** Files read side by side: decoding takes a core. */
const AT_ONCE = 4;

/** A file of the store as the library has it: kept or, in a dry run, looked at. */
export type TakenFile = { stored: StoredIcon | null; fileHash: string } | Exclude<LegacyFile, { bytes: Buffer }>;

/** What earlier batches took: in a dry run nothing else tells. */
export interface TakenBefore {
  /** Who has a file, by its hash. */
  hashes: Map<string, { iconId: string | null; filename: string }>;
  /** Categories that got an icon to show. */
  shown: Set<string>;
}

/**
 * Takes the icons of a store into the library, keyed by what the store calls them: twice is once, and what was not
 * there before comes with a later import. The newest icon of a category that shows none is shown. A dry run tells the
 * same and writes nothing.
 */
export async function importLegacy(
  actor: Actor,
  store: LegacyStore,
  { report, before, onBatch }: { report: LegacyReport; before: TakenBefore; onBatch(done: number): Promise<void> },
) {
  assertCan(actor, "catalog:write");
  report.stores.push({ path: store.path, hash: store.hash, icons: store.icons.length });
  for (const read of store.icons) {
    if (!("refusal" in read)) continue;
    const { legacyId, refusal } = read;
    const none = { filename: null, iconId: null, category: null };
    countIn(report, { legacyId, ...none, outcome: "refused", note: refusal });
  }
  const icons = store.icons.flatMap((read) => ("icon" in read ? read.icon : [])).toSorted(newestFirst);
  for (let at = 0; at < icons.length; at += BATCH) {
    await onBatch(at);
    const batch = icons.slice(at, at + BATCH);
    const known = await readLegacyWorld(db, batch, []);
    const files = await takeFiles(
      store,
      batch.filter(({ legacyId }) => known.needsFile(legacyId)),
      report.dryRun,
    );
    const matches = await matchCategories(batch);
    const decide = async (on: Parameters<typeof readLegacyWorld>[0]): Promise<LegacyWork> => {
      const world = await readLegacyWorld(on, batch, hashesOf(files), matches);
      return decideLegacy({ batch, files, matches, world, before });
    };
    const work = report.dryRun
      ? await decide(db)
      : await transaction(async (tx) => {
          await lockName(tx, "category icons");
          const decided = await decide(tx);
          await writeLegacy(tx, actor, decided);
          return decided;
        });
    settle(report, work, before);
  }
}

function newestFirst(a: LegacyIcon, b: LegacyIcon) {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || (a.legacyId < b.legacyId ? -1 : 1);
}

async function takeFiles(store: LegacyStore, icons: LegacyIcon[], isDryRun: boolean) {
  const files = new Map<string, TakenFile>();
  for (let at = 0; at < icons.length; at += AT_ONCE) {
    const part = icons.slice(at, at + AT_ONCE);
    const taken = await Promise.all(part.map((icon) => takeFile(store, icon, isDryRun)));
    for (const [place, icon] of part.entries()) {
      const file = taken[place];
      if (file) files.set(icon.legacyId, file);
    }
  }
  return files;
}

async function takeFile(store: LegacyStore, { filePath }: LegacyIcon, isDryRun: boolean): Promise<TakenFile> {
  const read = await store.readFile(filePath);
  if (!("bytes" in read)) return read;
  try {
    if (isDryRun) return { stored: null, fileHash: await hashIcon(read.bytes) };
    const stored = await storeIcon(read.bytes);
    return { stored, fileHash: stored.fileHash };
  } catch (error) {
    // A file that is no picture stops no other icon.
    if (error instanceof PictureError) return { refusal: `its file: ${error.message}` };
    throw error;
  }
}

function hashesOf(files: Map<string, TakenFile>) {
  return [...files.values()].flatMap((file) => ("fileHash" in file ? file.fileHash : []));
}

function settle(report: LegacyReport, work: LegacyWork, before: TakenBefore) {
  // What a dry run would make has no page to lead to.
  const unmade = new Set(report.dryRun ? work.inserted.map(({ id }) => id) : []);
  for (const line of work.lines) countIn(report, unmade.has(line.iconId ?? "") ? { ...line, iconId: null } : line);
  report.added += work.inserted.length;
  report.found += work.pickedUp.length;
  report.activated += work.activations.length;
  report.byKey += work.byKey;
  report.byName += work.byName;
  for (const { fileHash, iconId, filename } of work.taken) before.hashes.set(fileHash, { iconId, filename });
  for (const { categoryId } of work.activations) before.shown.add(categoryId);
}
