import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan, type Grant } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { startApplying } from "../apply-approved";
import { applyJob } from "../apply-job";
import { lastRunNumber } from "../match";
import type { PersonRun } from "../run-triggers";

interface NewPersonRun {
  kind: PersonRun;
  /** What is done, as the lists of runs call it: `Bulk edit: Price +10 %`. */
  title: string;
  totalItems?: number;
  /** What the job that stages it reads (RunMetadata). */
  metadata?: Prisma.InputJsonObject;
}

/** Who may start what else than an edit. A proposal changes nothing before somebody who may write approves it. */
const GRANTS: Partial<Record<PersonRun, Grant>> = { proposal: "catalog:propose", purge: "data:purge" };

/**
 * Starts a run without a feed: something a person changes in many places at once. It is `running` until whoever stages
 * its changes hands it on: to its job (`enqueueApply`), to review (status `review`), or, for what was written in this
 * very transaction, to its end (`endPersonRun`).
 */
export async function startPersonRun(tx: Tx, actor: Actor, { kind, title, totalItems, metadata }: NewPersonRun) {
  assertCan(actor, GRANTS[kind] ?? "catalog:write");
  await lockName(tx, "run numbers");
  const run = await tx.syncHistory.create({
    data: {
      number: (await lastRunNumber(tx)) + 1,
      syncType: kind,
      source: title,
      trigger: "manual",
      status: "running",
      startedAt: new Date(),
      totalItems: totalItems ?? 0,
      userId: actorUserId(actor),
      ...(metadata ? { metadata } : {}),
    },
    select: { id: true, number: true },
  });
  const target = { entity: "SyncHistory", entityId: run.id };
  await recordAudit(tx, actor, "sync.request", target, { after: { number: run.number, source: title, trigger: kind } });
  return run;
}

/** Has the worker apply the run's approved changes, in batches, from where an earlier try stopped. */
export async function enqueueApply(tx: Tx, actor: Actor, run: { id: string; number: number }, displayName: string) {
  assertCan(actor, "catalog:write");
  await startApplying(tx, run.id);
  const jobId = await enqueue(tx, actor, applyJob, { runId: run.id }, { displayName });
  await tx.syncHistory.update({ where: { id: run.id }, data: { jobId }, select: { id: true } });
  return jobId;
}

/** Ends a run whose changes were written, as `applied`, in the caller's transaction. */
export async function endPersonRun(
  tx: Tx,
  actor: Actor,
  runId: string,
  counts: { created?: number; updated?: number; deleted?: number; changeBytes?: number } = {},
) {
  assertCan(actor, "catalog:write");
  const { created = 0, updated = 0, deleted = 0, changeBytes = 0 } = counts;
  const applied = created + updated + deleted;
  await tx.syncHistory.update({
    where: { id: runId },
    data: {
      status: "success",
      completedAt: new Date(),
      ...{ created, updated, deleted, totalItems: applied, processed: applied, successful: applied },
      changeBytes,
    },
    select: { id: true },
  });
}
