import "server-only";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { reopenRejections, reopenSuperseded } from "@/lib/db/superseded";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { defineJob, type JobContext, type StartedJob } from "@/lib/jobs/define-job";
import { chosen, confirmation } from "@/lib/jobs/parameter";
import { reviveDefinitions } from "@/lib/metafields/definitions/restore-definition";
import { assertRestorable } from "@/lib/purge/check-backup";
import { BatchSize } from "../batch-size";
import { largestBatch } from "../largest-batch";
import { loadRunSources } from "../load-products";
import { refreshCategoryWords } from "../refresh-category-words";
import { inStage } from "../run-stages";
import { READS_WHOLE_FEED } from "../run-triggers";
import { LAST_ID, MOST_UNDONE, nextBatch, UNDONE_ENTITIES, undoBatch, undoOrder } from "./undo-batch";
import type { UndoneRun } from "./undo-plan";

/** Questions opened again in one transaction. */
const BATCH = 1_000;

/** SyncHistory.checkpoint of an undo: what it is at, and the last change it has dealt with. */
const checkpoint = z.object({ step: z.enum(UNDONE_ENTITIES), changeId: z.number().int() });

/**
 * Takes a run back, last change first. Each batch writes rows, states, its own changes and the checkpoint in one
 * transaction: killed anywhere, the next try goes on behind it.
 */
export const undoJob = defineJob({
  name: "sync.undo",
  displayName: "Undo a run",
  description: "Takes a run back, last change first. What was changed since stays as it is and is listed.",
  group: "Runs",
  permission: "sync:review",
  stages: ["Taking back"],
  isResumable: true,
  idempotency: "A run is undone once; a change that was taken back is not taken back again.",
  payload: z.object({ runId: z.uuid() }),
  parameters: z.object({ run: chosen("undoable-run", "Run"), confirmation }),
  async start(actor, { run, confirmation: typed }): Promise<StartedJob> {
    const { requestUndo } = await import("./request-undo");
    return requestUndo(actor, { runId: run, confirmation: typed });
  },
  async recall({ runId }) {
    const undo = await db.syncHistory.findUnique({ where: { id: runId }, select: { undoesRunId: true } });
    return undo?.undoesRunId ? { run: undo.undoesRunId } : {};
  },
  recurs: false,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId }, context) {
    const undo = await db.syncHistory.findUniqueOrThrow({
      where: { id: runId },
      select: {
        number: true,
        status: true,
        startedAt: true,
        checkpoint: true,
        undoes: { select: { id: true, number: true, syncType: true, feedSourceId: true } },
      },
    });
    if (!undo.undoes) throw new AppError("internal", `Run ${undo.number} names no run to undo.`);
    // The worker died between the run's end and its job's.
    if (undo.status === "success" || undo.status === "partial") {
      return { runId, number: undo.number, status: undo.status };
    }
    await transaction((tx) =>
      tx.syncHistory.update({
        where: { id: runId },
        data: { status: "running", startedAt: undo.startedAt ?? new Date(), jobId: context.jobId },
        select: { id: true },
      }),
    );
    const run = { id: undo.undoes.id, sourceId: undo.undoes.feedSourceId };
    await assertRestorable(run.id);
    const order = undoOrder(undo.undoes);
    const done = await inStage(runId, "Undo", async () => {
      await takeBack({ id: runId, order, from: checkpoint.nullable().parse(undo.checkpoint) }, run, context);
      const counted = await db.syncHistory.findUniqueOrThrow({
        where: { id: runId },
        select: { processed: true, skipped: true },
      });
      return { result: counted, rows: counted.processed };
    });
    await reopenQuestions({ ...run, number: undo.undoes.number });
    const status = await finishUndo(runId, run.id, undo.undoes.number);
    context.log(
      `Run ${undo.undoes.number} is undone: ${formatPlural(done.processed - done.skipped, "change")} taken back`,
    );
    return { runId, number: undo.number, status };
  },
  giveUp: ({ runId }, end) => abandonUndo(runId, end),
});

interface Undo {
  id: string;
  order: ReturnType<typeof undoOrder>;
  /** Where an earlier try came to. */
  from: z.output<typeof checkpoint> | null;
}

async function takeBack({ id: undoId, order, from }: Undo, run: UndoneRun, context: JobContext) {
  const sources = await loadRunSources(db);
  const size = new BatchSize(await largestBatch(run.id, MOST_UNDONE));
  const total = await db.syncChange.count({ where: { runId: run.id, state: { in: ["applied", "reverted"] } } });
  let done = await db.syncChange.count({ where: { runId: undoId } });
  for (const step of from ? order.slice(order.indexOf(from.step)) : order) {
    let before = step === from?.step ? from.changeId : LAST_ID;
    for (;;) {
      await context.report({ stage: "Taking back", done, total, unit: "changes" });
      const batch = await nextBatch(db, run, step, before, size.rows);
      const last = batch.at(-1);
      if (!last) break;
      await transaction(async (tx) => {
        // From here on others wait: what it took to get in is not the batch's.
        const began = performance.now();
        await context.assertHeld(tx);
        const { counts, bytes } = await undoBatch(tx, { id: undoId }, run, sources, batch);
        await tx.syncHistory.update({
          where: { id: undoId },
          data: {
            processed: { increment: batch.length },
            successful: { increment: counts.restored + counts.removed },
            skipped: { increment: counts.skipped },
            updated: { increment: step === "product" ? counts.restored : 0 },
            deleted: { increment: step === "product" ? counts.removed : 0 },
            changeBytes: { increment: bytes },
            checkpoint: { step, changeId: last.id },
          },
          select: { id: true },
        });
        size.learn(batch.length, performance.now() - began);
      });
      before = last.id;
      done += batch.length;
    }
  }
  await reviveDefinitions();
  await refreshCategoryWords(undoId, context.assertHeld);
}

/** Refused rows and questions that the run had taken in are open again, unless a later run asks them itself. */
async function reopenQuestions({ id, sourceId, number }: UndoneRun & { number: number }) {
  if (!sourceId) return;
  const run = { id, sourceId, number };
  const later = await db.syncHistory.findFirst({
    where: {
      feedSourceId: run.sourceId,
      number: { gt: run.number },
      isDryRun: false,
      trigger: { in: [...READS_WHOLE_FEED] },
      status: { in: ["success", "partial"] },
    },
    select: { id: true },
  });
  if (later) return;
  while ((await transaction((tx) => reopenSuperseded(tx, run, BATCH))) === BATCH);
  while ((await transaction((tx) => reopenRejections(tx, run, BATCH))) === BATCH);
}

/** The undone run says so from now on; what was left keeps its state. */
async function finishUndo(undoId: string, runId: string, number: number) {
  return transaction(async (tx) => {
    const { skipped } = await tx.syncHistory.findUniqueOrThrow({ where: { id: undoId }, select: { skipped: true } });
    const status = skipped > 0 ? "partial" : "success";
    const left = skipped > 0 ? ` ${formatPlural(skipped, "change")} left as they are: they were changed since.` : "";
    await tx.syncHistory.update({
      where: { id: undoId },
      data: { status, completedAt: new Date(), messages: [`Took back run ${number}.${left}`] },
      select: { id: true },
    });
    await tx.syncHistory.update({ where: { id: runId }, data: { status: "reverted" }, select: { id: true } });
    return status;
  });
}

/** What is taken back stays so; the rest can be undone by another try. */
async function abandonUndo(undoId: string, end: { status: "failed" | "cancelled"; reason: string }) {
  await refreshCategoryWords(undoId);
  await transaction(async (tx) => {
    const undo = await tx.syncHistory.findUnique({ where: { id: undoId }, select: { status: true } });
    if (!undo || !["pending", "running"].includes(undo.status)) return;
    await tx.syncHistory.update({
      where: { id: undoId },
      data: {
        status: end.status,
        completedAt: new Date(),
        undoesRunId: null,
        errors: [end.reason, "What was taken back stays so. Undo the run again for the rest."],
      },
      select: { id: true },
    });
  });
}
