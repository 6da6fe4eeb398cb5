import "server-only";
import { v7 as uuid } from "uuid";
import { insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { loadPictures } from "@/lib/feeds/local-pictures";
import { closeSuperseded } from "@/lib/inbox/close-superseded";
import type { JobContext } from "@/lib/jobs/define-job";
import { applyRun } from "./apply-run";
import { passRules } from "./approval-rules/pass-rules";
import { changeMetadata } from "./change-metadata";
import { refreshCategoryWords } from "./refresh-category-words";
import { takeBackAbandoned } from "./reopen-run";
import { settleRetry } from "./retry/settle-retry";
import { carryOutAnswers } from "./review/carry-out-answers";
import { settleRun } from "./review/settle-run";
import { type RunMetadata, runMetadata } from "./run-metadata";
import { inStage, isStageOpen } from "./run-stages";
import { Stopwatch } from "./stopwatch";

/** The stage's name in the run's timeline. */
const APPLYING = "Apply";

/** From here on a worker that takes the run up applies, instead of reading again. */
export function startApplying(tx: Tx, runId: string, more: Pick<RunMetadata, "rulesAfter"> = {}) {
  return changeMetadata(tx, runId, (metadata) => ({ ...metadata, phase: "applying", ...more }), { status: "running" });
}

/**
 * Applies what is approved of a run, by its rules or by people, from where an earlier try stopped. What nobody approved
 * keeps the run in review; without it the run ends.
 */
export async function applyApproved(run: { id: string; number: number }, sourceId: string, context: JobContext) {
  await takeBackAbandoned(run.id, context.assertHeld);
  await carryOutAnswers(run.id, context);
  await passRules({ id: run.id, sourceId }, context);
  const left = await db.syncChange.findFirst({ where: { runId: run.id, state: "approved" }, select: { id: true } });
  // Also behind the last batch: an earlier try may have ended before it could say when the stage did.
  if (left || (await isStageOpen(run.id, APPLYING))) {
    await makeDefinitions(run.id, context);
    await inStage(run.id, APPLYING, async () => {
      const source = await db.feedSource.findUniqueOrThrow({ where: { id: sourceId }, select: { connection: true } });
      const pictureOf = await loadPictures(source.connection);
      const watch = new Stopwatch("read");
      await applyRun({ id: run.id, sourceId, pictureOf, watch }, context);
      const spent = watch.spent();
      const rows = await db.syncChange.count({ where: { runId: run.id, state: "applied" } });
      return { result: null, rows, spent };
    });
  }
  // Also when nothing is left to apply: an earlier try may have ended between its last batch and this.
  await refreshCategoryWords(run.id, context.assertHeld);
  const status = await transaction(async (tx) => {
    await context.assertHeld(tx);
    return settleRun(tx, run.id);
  });
  await settleRetry(run.id);
  await closeSuperseded(run.id);
  context.log(status === "review" ? `Run ${run.number} waits for review` : `Run ${run.number} ended: ${status}`);
  return { runId: run.id, number: run.number, status };
}

/** Registers the metafield definitions the run found; one that exists stays as it is. */
async function makeDefinitions(runId: string, context: JobContext) {
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
    const { definitions } = runMetadata.parse(run.metadata ?? {});
    if (!definitions) return;
    const now = new Date();
    const rows = definitions.map((definition) => ({
      id: uuid(),
      ...definition,
      description: "",
      validations: [],
      createdAt: now,
      updatedAt: now,
    }));
    await insertRows(tx, "MetafieldDefinition", rows, { onConflict: "nothing" });
    await changeMetadata(tx, runId, ({ definitions: _, ...rest }) => rest);
  });
}
