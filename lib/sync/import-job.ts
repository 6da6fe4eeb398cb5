import "server-only";
import { rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { pruneArchive } from "@/lib/feeds/fetch/prune-archive";
import { importParameters, recallImport, startImportJob } from "@/lib/feeds/import-parameters";
import type { Mapping } from "@/lib/feeds/mapping";
import { loadMapping } from "@/lib/feeds/mapping/load-mapping";
import { policiesOf } from "@/lib/feeds/policies";
import { openHeldRows } from "@/lib/inbox/open-questions";
import { defineJob } from "@/lib/jobs/define-job";
import type { SyncHistory } from "@/prisma/generated/sqlite/client";
import { applyApproved } from "./apply-approved";
import { nameRules } from "./approval-rules/name-rules";
import { changeMetadata } from "./change-metadata";
import { decideRun } from "./decide-run";
import { dropMissing, dropStaged } from "./drop-staged";
import { abandonRun } from "./finish-run";
import { isPartialRun } from "./last-good-run";
import { withFeed } from "./read-feed";
import { type ReceivedFeed, receiveFiles } from "./receive-files";
import { recordStaged } from "./record-staged";
import { reopenRun } from "./reopen-run";
import { composeRetry } from "./retry/compose-retry";
import { type RunMetadata, runMetadata } from "./run-metadata";
import { inStage } from "./run-stages";
import { settleEnd } from "./settle-end";
import { stageRun } from "./stage-run";
import { StagedBefore, stagingBasis } from "./staging-checkpoint";

/** Reads a feed, compares it with the catalogue and, where no review is asked for, applies what it found. */
export const importJob = defineJob({
  name: "feed.import",
  displayName: "Import a feed",
  description: "Reads a feed, compares it with the catalogue and, where no review is asked for, applies what it found.",
  group: "Feeds",
  permission: "feed:run",
  stages: ["Receiving", "Reading and comparing", "Applying"],
  isResumable: true,
  idempotency: "The same files again are noticed and change nothing.",
  payload: z.object({ runId: z.uuid() }),
  parameters: importParameters,
  start: startImportJob,
  recall: recallImport,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, include: { feedSource: true } });
    const { feedSource } = run;
    if (!feedSource) throw new AppError("internal", `Run ${run.number} has no feed source.`);
    const metadata = runMetadata.parse(run.metadata ?? {});
    if (metadata.phase === "applying") return applyApproved(run, { sourceId: feedSource.id }, context);
    if (run.status !== "pending" && run.status !== "running") return endAgain(run);
    const reading = await loadMapping(feedSource.id, run.mappingVersion);
    const mappingVersion = reading?.version ?? null;
    await startRun(run, mappingVersion, context.jobId);
    const feed = await inStage(runId, "Receive", async () => {
      await composeRetry(run, feedSource, metadata, context);
      const received = await receiveFiles(feedSource.id, metadata.input, context);
      await keepArchived(runId, metadata, received);
      return { result: received, rows: received.files.length };
    });
    for (const file of feed.files) context.log(`Received ${file.name}: ${file.bytes} bytes, SHA-256 ${file.hash}`);
    const policies = policiesOf(feedSource.kind, feedSource.policies);
    const initialState = metadata.autoApprove && !run.isDryRun ? ("approved" as const) : ("staged" as const);
    const basis = stagingBasis(feed.inputHash, { mappingVersion, policies, initialState });
    const before = await StagedBefore.load(runId, run.checkpoint, basis);
    await (before ? dropMissing(runId, context) : dropStaged(runId, context));
    if (before) context.log(`Goes on behind ${before.checkpoint.records} records that an earlier try had compared`);
    const same =
      isPartialRun(run) || metadata.force
        ? null
        : await sameRunBefore({ ...run, mappingVersion }, feedSource.id, feed.inputHash);
    if (same) return finishUnchanged(run, feed, same);
    const staged = await inStage(runId, "Read and compare", async () => {
      const toStage = {
        id: run.id,
        sourceId: feedSource.id,
        kind: feedSource.kind,
        policies,
        isPartial: isPartialRun(run),
        intake: reading ? intakeOf(reading.mapping) : undefined,
        initialState,
        basis,
        before,
      };
      const files = feed.files.map(({ path, name }) => ({ path, name }));
      const result = await withFeed({ ...feedSource, mappingVersion }, files, context.signal, (records, keys) =>
        stageRun(toStage, records, context, keys),
      );
      return { result, rows: result.counts.total, spent: result.spent };
    });
    const held = await recordStaged(run, feedSource, feed, staged);
    await openHeldRows(run);
    const { created, updated, unchanged, missing, rejected } = staged.counts;
    context.log(
      `Compared: ${created} new, ${updated} changed, ${unchanged} unchanged, ${missing} missing, ${rejected} rejected`,
    );
    if (held) context.log(held);
    // A guard would hold all of it, and without review no rule is asked.
    if (run.isDryRun && !held && !metadata.autoApprove) {
      await nameRules({ id: run.id, sourceId: feedSource.id }, context);
    }
    await pruneArchive(feedSource.id);
    return decideRun(run, feedSource, metadata, held, context);
  },
  giveUp: ({ runId }, end) => abandonRun(runId, end),
  reopen: (tx, { runId }) => reopenRun(tx, runId),
});

/** Absent where any product may be touched, so that nothing is asked per item. */
function intakeOf({ mode, stockedOnly }: Mapping) {
  return mode === "both" && !stockedOnly ? undefined : { mode, stockedOnly };
}

/** The worker died between the run's end, or its hand-over to people, and its job's: nothing is read again. */
async function endAgain({ id, number, status }: SyncHistory) {
  if (status === "failed") throw new AppError("conflict", `Run ${number} has failed.`);
  await settleEnd(id);
  return { runId: id, number, status };
}

async function startRun(run: SyncHistory, mappingVersion: number | null, jobId: string) {
  await transaction(async (tx) => {
    await tx.syncHistory.update({
      where: { id: run.id },
      data: { status: "running", startedAt: run.startedAt ?? new Date(), jobId, mappingVersion },
    });
    await tx.syncFile.deleteMany({ where: { runId: run.id } });
  });
}

/** From here on the run reads the archive: an upload's own copy goes, and a try after a crash finds its files. */
async function keepArchived(runId: string, metadata: RunMetadata, received: ReceivedFeed) {
  const uploads = join(env().dataFolder, "feeds", "uploads");
  const uploaded = metadata.input.filter((file) => file.path.startsWith(uploads + sep));
  const input = received.files.map(({ path, name }) => ({ path, name }));
  await transaction((tx) => changeMetadata(tx, runId, (now) => ({ ...now, input })));
  for (const file of uploaded) await rm(dirname(file.path), { recursive: true, force: true });
}

/** The last run of the source, when it read these very files and took all of them in. */
async function sameRunBefore(run: SyncHistory, sourceId: string, inputHash: string) {
  const last = await db.syncHistory.findFirst({
    where: {
      feedSourceId: sourceId,
      number: { lt: run.number },
      isDryRun: false,
      // One that was cancelled half way has spoken too.
      OR: [{ status: { not: "cancelled" } }, { changes: { some: { state: "applied" } } }],
    },
    orderBy: { number: "desc" },
    select: {
      id: true,
      number: true,
      inputHash: true,
      status: true,
      totalItems: true,
      mappingVersion: true,
      metadata: true,
    },
  });
  if (last?.mappingVersion !== run.mappingVersion) return null;
  if (last?.inputHash !== inputHash || last.status !== "success") return null;
  const refused = await db.syncChange.count({ where: { runId: last.id, state: { not: "applied" } } });
  return refused === 0 ? last : null;
}

async function finishUnchanged(
  run: SyncHistory,
  feed: ReceivedFeed,
  same: { number: number; totalItems: number; metadata: unknown },
) {
  const { categories } = runMetadata.parse(same.metadata ?? {});
  const unchanged = categories && categories.created + categories.updated + categories.unchanged;
  await transaction(async (tx) => {
    await changeMetadata(tx, run.id, (now) => ({
      ...now,
      sameAsRun: same.number,
      ...(unchanged !== undefined && { categories: { created: 0, updated: 0, unchanged } }),
    }));
    await tx.syncHistory.update({
      where: { id: run.id },
      data: {
        status: "success",
        inputHash: feed.inputHash,
        totalItems: same.totalItems,
        unchanged: same.totalItems,
        messages: [`The same files as run ${same.number}: nothing to do.`],
        completedAt: new Date(),
      },
    });
  });
  return { runId: run.id, number: run.number, status: "success", unchanged: true };
}
