import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { cronSchedule, nextTime } from "@/lib/jobs/schedules/cron";
import { importJob } from "@/lib/sync/import-job";
import { lastRunNumber } from "@/lib/sync/match";
import { FeedKind } from "@/prisma/generated/sqlite/enums";
import { connectionInput, isFetched, placeOf } from "./connection";
import { publicConnection, sealConnection } from "./connection-secrets";

export const feedName = z
  .string()
  .trim()
  .min(2, "Give the feed a name, like its supplier's.")
  .max(80, "Use at most 80 characters.");

export const newSource = z.object({
  name: feedName,
  kind: z.enum(FeedKind),
  connection: connectionInput,
  schedule: cronSchedule.nullable().default(null),
});
type NewFeedSource = z.input<typeof newSource> & { isSample?: boolean };

/**
 * Creates a feed source.
 * @throws {AppError} `conflict` when the name is taken
 */
export async function createFeedSource(actor: Actor, source: NewFeedSource) {
  assertCan(actor, "feed:run");
  const { name, kind, schedule, connection: given } = newSource.parse(source);
  const connection = sealConnection(given, null);
  return transaction(async (tx) => {
    await assertNameFree(tx, name);
    const { id } = await tx.feedSource.create({
      data: {
        name,
        kind,
        isSample: source.isSample,
        connection,
        schedule: schedule ?? undefined,
        nextFetchAt: schedule && isFetched(connection) ? nextTime(schedule) : null,
      },
      select: { id: true },
    });
    await recordAudit(
      tx,
      actor,
      "feed.create",
      { entity: "FeedSource", entityId: id },
      {
        after: { name, kind, place: placeOf(publicConnection(connection)), schedule },
      },
    );
    return { id };
  });
}

/** @throws {AppError} `conflict` */
export async function assertNameFree(tx: Tx, name: string, sourceId?: string) {
  const taken = await tx.feedSource.findUnique({ where: { name }, select: { id: true } });
  if (!taken || taken.id === sourceId) return;
  throw new AppError("conflict", `There is a source named ${name} already. Choose another name.`, {
    fields: { name: "This name is taken." },
  });
}

export interface ImportRequest {
  sourceId: string;
  /** Files or folders on the server. */
  files: { path: string; name: string }[];
  /** Stops before anything is applied. */
  dryRun: boolean;
  /** Applies without review; guards and ambiguities still wait. */
  autoApprove: boolean;
  /** Reads the files again although the last run read the very same ones. */
  force?: boolean;
}

/** Asks for an import: a run and the job that works it, in one transaction. The worker reads the files. */
export async function requestFeedImport(actor: Actor, request: ImportRequest) {
  assertCan(actor, "feed:run");
  if (request.files.length === 0) throw new AppError("invalid_input", "Choose at least one file to import.");
  return transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({ where: { id: request.sourceId } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    if (!source.isActive) throw new AppError("conflict", `${source.name} is switched off. Switch it on first.`);
    return createImportRun(tx, actor, source, { ...request, trigger: "manual" });
  });
}

type RunRequest = Omit<ImportRequest, "sourceId"> & { trigger: "manual" | "schedule"; inputHash?: string };

/** A run and its job, in the caller's transaction: whatever it is told of is written with it, or not at all. */
export async function createImportRun(
  tx: Tx,
  actor: Actor,
  source: { id: string; name: string },
  { files, dryRun, autoApprove, force, trigger, inputHash }: RunRequest,
) {
  assertCan(actor, "feed:run");
  await lockName(tx, "run numbers");
  const run = await tx.syncHistory.create({
    data: {
      number: (await lastRunNumber(tx)) + 1,
      source: source.name,
      feedSourceId: source.id,
      isDryRun: dryRun,
      trigger,
      inputHash,
      userId: actorUserId(actor),
      metadata: { input: files, autoApprove, ...(force && { force }), phase: "reading" },
    },
    select: { id: true, number: true },
  });
  const displayName = `${dryRun ? "Preview" : "Import"} ${source.name}`;
  const jobId = await enqueue(tx, actor, importJob, { runId: run.id }, { displayName });
  await tx.syncHistory.update({ where: { id: run.id }, data: { jobId }, select: { id: true } });
  await recordAudit(
    tx,
    actor,
    "sync.request",
    { entity: "SyncHistory", entityId: run.id },
    { after: { number: run.number, source: source.name, dryRun, trigger } },
  );
  return { runId: run.id, number: run.number, jobId };
}
