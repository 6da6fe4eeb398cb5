import "server-only";
import { rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { db, type Reader, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { runMetadata } from "@/lib/sync/run-metadata";
import { policiesOf } from "../policies";

/** A file asked for a moment ago may be on its way into a run that is not written yet. */
const TOUCHED_MS = 60 * 60_000;
/** Of the oldest first; the rest waits for the next time. */
const AT_ONCE = 1_000;

/**
 * Removes the bytes of a source's oldest received files: those beyond its `keepFiles` latest ones, of its latest
 * feed always all. What an open run still reads, and what another source keeps, stays. The rows stay and say so.
 */
export async function pruneArchive(sourceId: string, { now = new Date() } = {}) {
  const source = await db.feedSource.findUnique({
    where: { id: sourceId },
    select: { kind: true, policies: true },
  });
  if (!source) return { pruned: 0 };
  const { keepFiles } = policiesOf(source.kind, source.policies);
  const needed = await neededPaths(sourceId);
  const old = await db.feedFile.findMany({
    where: { sourceId, prunedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: keepFiles,
    take: AT_ONCE,
    select: { id: true, storagePath: true },
  });
  let pruned = 0;
  for (const file of old) {
    if (needed.has(file.storagePath) || (await isFresh(file.storagePath, now))) continue;
    // Gone before the row says so: a process that dies in between leaves a row to be looked at again, not a file for good.
    if ((await keepersOf(db, file)) === 0) await removeBytes(file);
    const keepers = await transaction(async (tx) => {
      await tx.feedFile.update({ where: { id: file.id }, data: { prunedAt: now }, select: { id: true } });
      return keepersOf(tx, file);
    });
    // Another source may have let go of the same bytes meanwhile.
    if (keepers === 0) await removeBytes(file);
    pruned += 1;
  }
  return { pruned };
}

interface Archived {
  id: string;
  storagePath: string;
}

/** Other rows that keep the same bytes. */
function keepersOf(on: Reader, { id, storagePath }: Archived) {
  return on.feedFile.count({ where: { storagePath, prunedAt: null, id: { not: id } } });
}

function removeBytes({ storagePath }: Archived) {
  return rm(join(env().dataFolder, storagePath), { force: true });
}

/** Files of the source's last run, and of every run of it that has not ended. */
async function neededPaths(sourceId: string) {
  const [open, last] = await Promise.all([
    db.syncHistory.findMany({
      where: { feedSourceId: sourceId, status: { in: ["pending", "running", "review"] } },
      select: { metadata: true },
    }),
    db.syncHistory.findMany({
      where: { feedSourceId: sourceId },
      orderBy: { number: "desc" },
      take: 1,
      select: { metadata: true },
    }),
  ]);
  const { dataFolder } = env();
  const inputs = [...open, ...last].flatMap((run) => runMetadata.safeParse(run.metadata ?? {}).data?.input ?? []);
  return new Set(inputs.map((file) => relative(dataFolder, file.path)));
}

async function isFresh(storagePath: string, now: Date) {
  const found = await stat(join(env().dataFolder, storagePath)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return found !== null && now.getTime() - found.mtimeMs < TOUCHED_MS;
}
