import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import { type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { assertMayAnswer } from "@/lib/purge/assert-deletable";
import { assertRestorable } from "@/lib/purge/check-backup";
import { lastRunNumber } from "../match";
import { undoJob } from "./undo-job";
import { TYPED_FROM, undoConfirmation, whyNotUndoable } from "./undoable";

export const undoInput = z.object({
  runId: z.uuid(),
  /** `undo run 12`, from 50 products on. */
  confirmation: z.string().max(100).optional(),
});

/**
 * Asks for a run to be taken back, by a run of its own. A script (the system) needs no confirmation.
 * @throws {AppError} `conflict` with the reason where it can't be, or when somebody else was quicker;
 * `invalid_input` without the confirmation that a large run needs
 */
export async function requestUndo(actor: Actor, { runId, confirmation }: z.output<typeof undoInput>) {
  await assertMayAnswer(actor, runId);
  await assertRestorable(runId);
  return transaction(async (tx) => {
    // Undoes of one run come one after the other; the unique column stands behind it.
    await lockName(tx, "run numbers");
    const run = await getUndoable(tx, runId);
    if (actor.kind === "user" && run.products >= TYPED_FROM && confirmation?.trim() !== undoConfirmation(run.number)) {
      const message = `Type "${undoConfirmation(run.number)}" to confirm: the run changed ${formatCount(run.products)} products.`;
      throw new AppError("invalid_input", message, { fields: { confirmation: message } });
    }
    const undo = await tx.syncHistory.create({
      data: {
        number: (await lastRunNumber(tx)) + 1,
        source: run.source,
        feedSourceId: run.feedSourceId,
        trigger: "undo",
        undoesRunId: run.id,
        totalItems: run.products,
        userId: actorUserId(actor),
        messages: [`Takes back run ${run.number}.`],
      },
      select: { id: true, number: true },
    });
    const displayName = `Undo run ${run.number} of ${run.source}`;
    const jobId = await enqueue(tx, actor, undoJob, { runId: undo.id }, { displayName });
    await tx.syncHistory.update({ where: { id: undo.id }, data: { jobId }, select: { id: true } });
    await recordAudit(
      tx,
      actor,
      "sync.revert",
      { entity: "SyncHistory", entityId: run.id },
      { after: { number: run.number, undoneBy: undo.number } },
    );
    return { runId: undo.id, number: undo.number, jobId };
  });
}

/**
 * A run that can be undone, with how many products it changed.
 * @throws {AppError} `not_found`; `conflict` with the reason why it can't be undone
 */
export async function getUndoable(on: Reader, runId: string) {
  const run = await on.syncHistory.findUnique({
    where: { id: runId },
    select: {
      id: true,
      number: true,
      source: true,
      syncType: true,
      feedSourceId: true,
      status: true,
      isDryRun: true,
      trigger: true,
      prunedAt: true,
      undoneBy: { select: { number: true, status: true } },
    },
  });
  if (!run) throw new AppError("not_found", "There is no such run.");
  const byEntity = await on.syncChange.groupBy({
    by: ["entity"],
    where: { runId, state: "applied" },
    _count: { _all: true },
  });
  const count = (entity: "product" | "category") => byEntity.find((row) => row.entity === entity)?._count._all ?? 0;
  const [products, categories] = [count("product"), count("category")];
  const reason = whyNotUndoable({ ...run, applied: products + categories });
  if (reason) throw new AppError("conflict", reason);
  return { ...run, products, categories };
}
