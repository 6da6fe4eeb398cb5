import "server-only";
import { db, transaction } from "@/lib/db/client";
import { policiesOf } from "@/lib/feeds/policies";
import type { FeedSource, SyncHistory } from "@/prisma/generated/sqlite/client";
import { guardReason } from "./guards";
import type { ReceivedFeed } from "./receive-files";
import type { RunMetadata } from "./run-metadata";
import type { StagedRun } from "./stage-run";

/** Writes a run's counts and files; answers why it waits for a person, if it does. */
export async function recordStaged(
  run: SyncHistory,
  source: FeedSource,
  metadata: RunMetadata,
  feed: ReceivedFeed,
  staged: StagedRun,
): Promise<string | null> {
  const { counts } = staged;
  const policies = policiesOf(source.kind, source.policies);
  const last = await db.syncHistory.findFirst({
    where: {
      feedSourceId: source.id,
      number: { lt: run.number },
      isDryRun: false,
      status: { in: ["success", "partial"] },
    },
    orderBy: { number: "desc" },
    select: { totalItems: true, rejected: true, repeated: true },
  });
  const lastItems = last ? last.totalItems - last.rejected - last.repeated : null;
  const heldReason =
    staged.figures.items === 0
      ? "Held: the feed holds no valid product. Check the file; nothing was marked missing."
      : guardReason({ ...staged.figures, lastItems }, policies);
  await transaction(async (tx) => {
    for (const { file, staged: rowsStaged, unchanged, repeated, rejected } of staged.files) {
      await tx.syncFile.create({
        data: {
          runId: run.id,
          feedFileId: feed.files[file.inputIndex]?.feedFileId ?? null,
          name: file.name,
          hash: file.hash,
          bytes: BigInt(file.bytes),
          encoding: file.encoding,
          rowsRead: file.rowsRead,
          rowsStaged,
          rowsUnchanged: unchanged,
          rowsRepeated: repeated,
          rowsRejected: rejected,
        },
      });
    }
    await tx.syncHistory.update({
      where: { id: run.id },
      data: {
        inputHash: feed.inputHash,
        totalItems: counts.total,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        missing: counts.missing,
        rejected: counts.rejected,
        repeated: counts.repeated,
        held: counts.held,
        heldReason,
        changeBytes: BigInt(staged.changeBytes),
        metadata: { ...metadata, categories: counts.categories, definitions: newDefinitions(source, staged) },
      },
    });
  });
  return heldReason;
}

function newDefinitions(source: FeedSource, staged: StagedRun) {
  return staged.definitions.map(({ externalKey, namespace, key, name, type }) => ({
    externalKey: `${source.kind}:${externalKey}`,
    namespace,
    key,
    name,
    type,
  }));
}
