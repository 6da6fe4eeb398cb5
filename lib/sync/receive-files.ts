import "server-only";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { type ArchivedFile, archiveFile, listFeedFiles } from "@/lib/feeds/archive";
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
  const hashes = files.map((file) => file.hash).sort();
  return { files, inputHash: createHash("sha256").update(hashes.join("\n")).digest("hex") };
}

/** A file keeps the name it was sent under; the files of a folder have their own. */
async function filesOf({ path, name }: { path: string; name: string }) {
  const files = await listFeedFiles(path);
  return files.map((file) => (file.path === path ? { path, name } : file));
}

async function recordFile(sourceId: string, file: ArchivedFile) {
  const known = await db.feedFile.findFirst({
    where: { sourceId, hash: file.hash, name: file.name },
    select: { id: true },
  });
  if (known) return known.id;
  const created = await transaction((tx) =>
    tx.feedFile.create({
      data: { sourceId, name: file.name, hash: file.hash, bytes: BigInt(file.bytes), storagePath: file.storagePath },
      select: { id: true },
    }),
  );
  return created.id;
}
