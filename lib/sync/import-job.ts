import "server-only";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { FeedError } from "@/lib/feeds/feed-error";
import type { FeedRecord } from "@/lib/feeds/feed-record";
import { policiesOf } from "@/lib/feeds/policies";
import { readerOf } from "@/lib/feeds/readers";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import type { FeedSource, SyncHistory } from "@/prisma/generated/sqlite/client";
import { applyApproved, approveStaged } from "./apply-approved";
import { abandonRun, finishRun, NEEDS_A_PERSON } from "./finish-run";
import { guardReason } from "./guards";
import { type ReceivedFeed, receiveFiles } from "./receive-files";
import { type RunMetadata, runMetadata } from "./run-metadata";
import { inStage } from "./run-stages";
import { type StagedRun, stageRun } from "./stage-run";

/** Reads a feed, compares it with the catalogue and, where no review is asked for, applies what it found. */
export const importJob = defineJob({
  name: "feed.import",
  displayName: "Import a feed",
  payload: z.object({ runId: z.uuid() }),
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, include: { feedSource: true } });
    const { feedSource } = run;
    if (!feedSource) throw new AppError("internal", `Run ${run.number} has no feed source.`);
    const metadata = runMetadata.parse(run.metadata ?? {});
    if (metadata.phase === "applying") return applyApproved(run, feedSource.id, context);
    await startRun(run, context.jobId);
    const feed = await inStage(runId, "Receive", async () => {
      const received = await receiveFiles(feedSource.id, metadata.input, context);
      await keepArchived(runId, metadata, received);
      return { result: received, rows: received.files.length };
    });
    for (const file of feed.files) context.log(`Received ${file.name}: ${file.bytes} bytes, SHA-256 ${file.hash}`);
    const same = await sameRunBefore(run, feedSource.id, feed.inputHash);
    if (same) return finishUnchanged(run, metadata, feed, same);
    const staged = await inStage(runId, "Read and compare", async () => {
      const result = await stage(run, feedSource, metadata, feed, context);
      return { result, rows: result.counts.total };
    });
    const held = await recordStaged(run, feedSource, metadata, feed, staged);
    const { created, updated, unchanged, missing, rejected } = staged.counts;
    context.log(
      `Compared: ${created} new, ${updated} changed, ${unchanged} unchanged, ${missing} missing, ${rejected} rejected`,
    );
    if (held) context.log(held);
    return decide(run, feedSource, metadata, held, context);
  },
  giveUp: ({ runId }, end) => abandonRun(runId, end),
});

async function startRun(run: SyncHistory, jobId: string) {
  await transaction(async (tx) => {
    await tx.syncHistory.update({
      where: { id: run.id },
      data: { status: "running", startedAt: run.startedAt ?? new Date(), jobId },
    });
    // What an earlier, killed try had staged is staged again.
    await tx.syncChange.deleteMany({ where: { runId: run.id } });
    await tx.syncRejection.deleteMany({ where: { runId: run.id } });
    await tx.syncFile.deleteMany({ where: { runId: run.id } });
  });
}

/** From here on the run reads the archive: an upload's own copy goes, and a try after a crash finds its files. */
async function keepArchived(runId: string, metadata: RunMetadata, received: ReceivedFeed) {
  const uploads = join(env().dataFolder, "feeds", "uploads");
  const uploaded = metadata.input.filter((file) => file.path.startsWith(uploads + sep));
  metadata.input = received.files.map(({ path, name }) => ({ path, name }));
  await transaction((tx) => tx.syncHistory.update({ where: { id: runId }, data: { metadata }, select: { id: true } }));
  for (const file of uploaded) await rm(dirname(file.path), { recursive: true, force: true });
}

/** The last run of the source, when it read these very files and took all of them in. */
async function sameRunBefore(run: SyncHistory, sourceId: string, inputHash: string) {
  const last = await db.syncHistory.findFirst({
    where: { feedSourceId: sourceId, number: { lt: run.number }, isDryRun: false, status: { not: "cancelled" } },
    orderBy: { number: "desc" },
    select: { id: true, number: true, inputHash: true, status: true, totalItems: true },
  });
  if (last?.inputHash !== inputHash || last.status !== "success") return null;
  const refused = await db.syncChange.count({ where: { runId: last.id, state: { not: "applied" } } });
  return refused === 0 ? last : null;
}

async function finishUnchanged(
  run: SyncHistory,
  metadata: RunMetadata,
  feed: ReceivedFeed,
  same: { number: number; totalItems: number },
) {
  await transaction((tx) =>
    tx.syncHistory.update({
      where: { id: run.id },
      data: {
        status: "success",
        inputHash: feed.inputHash,
        totalItems: same.totalItems,
        unchanged: same.totalItems,
        messages: [`The same files as run ${same.number}: nothing to do.`],
        metadata: { ...metadata, sameAsRun: same.number },
        completedAt: new Date(),
      },
    }),
  );
  return { runId: run.id, number: run.number, status: "success", unchanged: true };
}

async function stage(
  run: SyncHistory,
  source: FeedSource,
  metadata: RunMetadata,
  feed: ReceivedFeed,
  context: JobContext,
) {
  const folder = join(env().dataFolder, "scratch");
  await mkdir(folder, { recursive: true });
  const scratchFolder = await mkdtemp(join(folder, "run-"));
  try {
    const known = await db.metafieldDefinition.findMany({
      where: { externalKey: { startsWith: `${source.kind}:` } },
      select: { externalKey: true, namespace: true, key: true, type: true },
    });
    const knownDefinitions = new Map(
      known.map(({ externalKey, ...definition }) => [externalKey?.slice(source.kind.length + 1) ?? "", definition]),
    );
    const files = feed.files.map(({ path, name }) => ({ path, name }));
    const records = readerOf(source.kind)({ files, scratchFolder, knownDefinitions, signal: context.signal });
    const policies = policiesOf(source.kind, source.policies);
    const initialState = metadata.autoApprove && !run.isDryRun ? "approved" : "staged";
    return await stageRun(
      { id: run.id, sourceId: source.id, kind: source.kind, policies, initialState },
      wordsFor(records),
      context,
    );
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

/** A feed that can't be read is the sender's matter: its sentence goes to the person as it is. */
async function* wordsFor(records: AsyncIterable<FeedRecord>) {
  try {
    yield* records;
  } catch (error) {
    if (error instanceof FeedError) throw new AppError("invalid_input", error.message, { cause: error });
    throw error;
  }
}

/** Writes a run's counts and files; answers why it waits for a person, if it does. */
async function recordStaged(
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

async function decide(
  run: SyncHistory,
  source: FeedSource,
  metadata: RunMetadata,
  heldReason: string | null,
  context: JobContext,
) {
  const applicable = await db.syncChange.count({ where: { runId: run.id, kind: { notIn: [...NEEDS_A_PERSON] } } });
  if (run.isDryRun || (applicable === 0 && !heldReason)) {
    const status = await finishRun(run.id);
    return { runId: run.id, number: run.number, status };
  }
  if (heldReason || !metadata.autoApprove) {
    await transaction(async (tx) => {
      await tx.syncChange.updateMany({ where: { runId: run.id, state: "approved" }, data: { state: "staged" } });
      await tx.syncHistory.update({ where: { id: run.id }, data: { status: "review" } });
    });
    return { runId: run.id, number: run.number, status: "review", heldReason };
  }
  await transaction((tx) => approveStaged(tx, run.id));
  return applyApproved(run, source.id, context);
}
