import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan, can } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { uploadedFiles } from "@/lib/feeds/uploads";
import { formatPlural } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { importJob } from "../import-job";
import { lastRunNumber } from "../match";
import { runMetadata } from "../run-metadata";
import { openRows } from "./open-rows";
import { readSince } from "./read-since";
import { retryWhich } from "./retry-request";

export const retryInput = z.object({ runId: z.uuid(), which: retryWhich, autoApprove: z.boolean() });
export type RetryInput = z.output<typeof retryInput>;

/**
 * Tries a run's refused rows again in a run of their own: as they stand, as mended in the browser, or as uploaded.
 * @throws {AppError} `conflict` when somebody tries them already, or a later run has read the feed anew;
 * `invalid_input` when there is nothing to try
 */
export async function requestRetry(actor: Actor, { runId, which, autoApprove }: RetryInput) {
  assertCan(actor, "feed:run");
  if (autoApprove && !can(actor, "sync:review")) {
    throw new AppError("forbidden", "Your role can't apply changes without review.");
  }
  const uploads = which.type === "upload" ? await uploadedFiles(actor, which.uploadIds) : [];
  return transaction(async (tx) => {
    await lockName(tx, "run numbers");
    const run = await getRetriable(tx, runId);
    const rows = await countRows(tx, run, which);
    if (rows === 0) throw new AppError("invalid_input", `None of these rows of run ${run.number} is open.`);
    const metadata = { input: uploads, autoApprove, phase: "reading", retry: { which } };
    const retry = await tx.syncHistory.create({
      data: {
        number: (await lastRunNumber(tx)) + 1,
        source: run.source,
        feedSourceId: run.feedSourceId,
        trigger: "retry",
        retriesRunId: run.id,
        mappingVersion: null,
        userId: actorUserId(actor),
        metadata: metadata satisfies Prisma.InputJsonObject,
      },
      select: { id: true, number: true },
    });
    const displayName = `Try refused rows of run ${run.number} again`;
    const jobId = await enqueue(tx, actor, importJob, { runId: retry.id }, { displayName });
    await tx.syncHistory.update({ where: { id: retry.id }, data: { jobId }, select: { id: true } });
    const target = { entity: "SyncHistory", entityId: runId };
    await recordAudit(tx, actor, "sync.retry", target, { after: { number: retry.number, which: which.type, rows } });
    return { runId: retry.id, number: retry.number, jobId, rows };
  });
}

/** A run whose refused rows can still be tried. @throws {AppError} with the reason when they can't */
async function getRetriable(tx: Tx, runId: string) {
  const run = await tx.syncHistory.findUnique({
    where: { id: runId },
    select: {
      id: true,
      number: true,
      source: true,
      status: true,
      isDryRun: true,
      trigger: true,
      feedSourceId: true,
      metadata: true,
      retries: { select: { number: true } },
    },
  });
  if (!run?.feedSourceId) throw new AppError("not_found", "There is no such run.");
  if (run.retries) {
    throw new AppError("conflict", `These rows are still open in run ${run.retries.number}: try them there.`);
  }
  if (run.isDryRun) throw new AppError("conflict", "A dry run writes nothing: import the feed, then try its rows.");
  if (run.status !== "success" && run.status !== "partial") {
    const wait = run.status === "review" ? "Answer it first." : `It is ${run.status}.`;
    throw new AppError("conflict", `The rows of run ${run.number} can't be tried yet. ${wait}`);
  }
  const busy = await tx.syncHistory.findFirst({
    where: { retriesRunId: runId, status: { in: ["pending", "running", "review"] } },
    select: { number: true, status: true },
  });
  if (busy) {
    const until = busy.status === "review" ? "it waits for review" : "wait for its end";
    throw new AppError("conflict", `Run ${busy.number} tries rows of this run already: ${until}.`);
  }
  const later = await readSince(tx, run);
  if (later) {
    throw new AppError("conflict", `Run ${later} has read this feed anew since: try the rows it refused.`);
  }
  return run;
}

async function countRows(tx: Tx, run: { id: string; number: number; metadata: unknown }, which: RetryInput["which"]) {
  const open = openRows(run.id);
  switch (which.type) {
    case "open":
    case "upload":
      return tx.syncRejection.count({ where: which.type === "open" ? openRows(run.id, which) : open });
    case "mended": {
      const ids = Object.keys(runMetadata.parse(run.metadata ?? {}).mended ?? {}).map(Number);
      return tx.syncRejection.count({ where: { ...open, id: { in: ids } } });
    }
    case "rows": {
      const found = await tx.syncRejection.count({ where: { ...open, id: { in: which.ids } } });
      if (found === which.ids.length) return found;
      const gone = formatPlural(which.ids.length - found, "row is", "rows are");
      throw new AppError("conflict", `${gone} not open any more: look again.`);
    }
    default:
      return which satisfies never;
  }
}
