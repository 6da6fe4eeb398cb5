import "server-only";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { policiesOf } from "@/lib/feeds/policies";
import type { FeedSource, SyncHistory } from "@/prisma/generated/sqlite/client";
import { changeMetadata } from "./change-metadata";
import type { FeedProfile } from "./feed-profile";
import { guardReasons, isRefusedTooOften, partialRunReasons, refusedWords } from "./guards";
import { isPartialRun, lastGoodRun } from "./last-good-run";
import type { ReceivedFeed } from "./receive-files";
import { shapeExtremes } from "./shape-guard";
import type { StagedRun } from "./stage-run";

/** Writes a run's counts and files; answers why it waits for a person, if it does. */
export async function recordStaged(
  run: SyncHistory,
  source: FeedSource,
  feed: ReceivedFeed,
  staged: StagedRun,
): Promise<string | null> {
  const { counts } = staged;
  const policies = policiesOf(source.kind, source.policies);
  const isPartial = isPartialRun(run);
  const last = isPartial ? { items: null, profile: null } : await lastGoodRun(source.id, run.number);
  const cutFiles = [...new Set([...staged.figures.cutFiles, ...newlyUnended(staged.profile, last.profile)])];
  const shape = shapeExtremes(staged.profile, last.profile);
  const figures = { ...staged.figures, cutFiles, shape, lastItems: last.items };
  const profile = { ...staged.profile, figures };
  const reasons = isPartial
    ? partialRunReasons(figures, policies)
    : guardReasons(figures, policies, { now: profile, last: last.profile });
  const heldReason = reasons.length > 0 ? reasons.join("\n") : null;
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
        profile,
        warnings: staged.warnings,
      },
    });
    const found = { categories: counts.categories, definitions: newDefinitions(source, staged) };
    await changeMetadata(tx, run.id, (now) => ({ ...now, ...found }));
  });
  if (!isPartial && policies.whenRefused === "stop" && isRefusedTooOften(figures, policies)) {
    throw new AppError(
      "invalid_input",
      `${refusedWords(figures, policies)} This source stops there: nothing was applied. Mend the file and import it again.`,
    );
  }
  return heldReason;
}

/** Files whose last line has no end, where all files of the last good run had one: the rest of the line is missing. */
function newlyUnended(now: FeedProfile, last: FeedProfile | null) {
  const before = Object.entries(last?.ends ?? {});
  return Object.keys(now.ends).filter((name) => {
    const same = before.find(([other]) => other === name);
    const wasEnded = same ? same[1] : before.length > 0 && before.every(([, isEnded]) => isEnded);
    return !now.ends[name] && wasEnded;
  });
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
