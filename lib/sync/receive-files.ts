import "server-only";
import { join } from "node:path";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { type ArchivedFile, archiveFile, feedHash, listFeedFiles } from "@/lib/feeds/archive";
import type { JobContext } from "@/lib/jobs/define-job";

export interface ReceivedFeed {
  files: (ArchivedFile & { feedFileId: string; path: string })[];
  /** SHA-256 over the files' hashes, whatever their order: equal means the same feed. */
  inputHash: string;
}

/** Archives a run's files as received and records them; files that are archived already are only looked up. */
export async function receiveFiles(
  sourceId: string,
  input: { path: string; name: string }[],
  context: JobContext,
): Promise<ReceivedFeed> {
  const listed = (await Promise.all(input.map(filesOf))).flat();
  const files: ReceivedFeed["files"] = [];
  for (const [at, file] of listed.entries()) {
    await context.report({ stage: "Receiving", done: at, total: listed.length, unit: "files" });
    const archived = await archiveFile(file, context.signal);
    const feedFileId = await recordFile(sourceId, archived);
    files.push({ ...archived, feedFileId, path: join(env().dataFolder, archived.storagePath) });
  }
  return { files, inputHash: feedHash(files.map((file) => file.hash)) };
}

/** A file keeps the name it was sent under; the files of a folder have their own. */
async function filesOf({ path, name }: { path: string; name: string }) {
  const files = await listFeedFiles(path);
  return files.map((file) => (file.path === path ? { path, name } : file));
}

/** The row of an archived file of a source; a file received before keeps its own. */
export async function recordFile(sourceId: string, file: ArchivedFile) {
  const known = await db.feedFile.findFirst({
    where: { sourceId, hash: file.hash, name: file.name },
    select: { id: true, prunedAt: true },
  });
  if (known) {
    const { id } = known;
    // Its bytes had been cleared away, and are there again.
    if (known.prunedAt) {
      await transaction((tx) => tx.feedFile.update({ where: { id }, data: { prunedAt: null }, select: { id: true } }));
    }
    return id;
  }
  const created = await transaction((tx) =>
    tx.feedFile.create({
      data: { sourceId, name: file.name, hash: file.hash, bytes: BigInt(file.bytes), storagePath: file.storagePath },
      select: { id: true },
    }),
  );
  return created.id;
}
