import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { importJob } from "@/lib/sync/import-job";
import { lastRunNumber } from "@/lib/sync/match";
import type { FeedKind } from "./feed-record";

export const feedConnection = z.discriminatedUnion("type", [
  z.object({ type: z.literal("upload") }),
  z.object({
    type: z.literal("folder"),
    path: z.string().min(1),
    /** A folder of pictures that lies beside the feed, with a `pictures.json` of image id → file. */
    pictures: z.string().optional(),
  }),
]);
export type FeedConnection = z.output<typeof feedConnection>;

export interface NewFeedSource {
  name: string;
  kind: FeedKind;
  connection: FeedConnection;
  isSample?: boolean;
}

/**
 * Creates a feed source.
 * @throws {AppError} `conflict` when the name is taken
 */
export async function createFeedSource(actor: Actor, source: NewFeedSource) {
  assertCan(actor, "feed:run");
  return transaction(async (tx) => {
    const taken = await tx.feedSource.findUnique({ where: { name: source.name }, select: { id: true } });
    if (taken) {
      throw new AppError("conflict", `There is a source named ${source.name} already. Choose another name.`, {
        fields: { name: "This name is taken." },
      });
    }
    const { id } = await tx.feedSource.create({ data: source, select: { id: true } });
    await recordAudit(
      tx,
      actor,
      "feed.create",
      { entity: "FeedSource", entityId: id },
      {
        after: { name: source.name, kind: source.kind },
      },
    );
    return { id };
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
}

/** Asks for an import: a run and the job that works it, in one transaction. The worker reads the files. */
export async function requestFeedImport(actor: Actor, request: ImportRequest) {
  assertCan(actor, "feed:run");
  if (request.files.length === 0) throw new AppError("invalid_input", "Choose at least one file to import.");
  return transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({ where: { id: request.sourceId } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    const run = await createRun(tx, actor, source, request);
    const displayName = `${request.dryRun ? "Preview" : "Import"} ${source.name}`;
    const jobId = await enqueue(tx, actor, importJob, { runId: run.id }, { displayName });
    await tx.syncHistory.update({ where: { id: run.id }, data: { jobId }, select: { id: true } });
    await recordAudit(
      tx,
      actor,
      "sync.request",
      { entity: "SyncHistory", entityId: run.id },
      {
        after: { number: run.number, source: source.name, dryRun: request.dryRun },
      },
    );
    return { runId: run.id, number: run.number, jobId };
  });
}

async function createRun(tx: Tx, actor: Actor, source: { id: string; name: string }, request: ImportRequest) {
  await lockName(tx, "run numbers");
  return tx.syncHistory.create({
    data: {
      number: (await lastRunNumber(tx)) + 1,
      source: source.name,
      feedSourceId: source.id,
      isDryRun: request.dryRun,
      userId: actorUserId(actor),
      metadata: { input: request.files, autoApprove: request.autoApprove, phase: "reading" },
    },
    select: { id: true, number: true },
  });
}
