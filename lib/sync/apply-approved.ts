import "server-only";
import { v7 as uuid } from "uuid";
import { insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { loadPictures } from "@/lib/feeds/local-pictures";
import type { JobContext } from "@/lib/jobs/define-job";
import { reviveDefinitions } from "@/lib/metafields/definitions/restore-definition";
import { applyPurge } from "@/lib/purge/apply-purge";
import { applyRun } from "./apply-run";
import type { RunIdentity } from "./apply-updated-products";
import { passRules } from "./approval-rules/pass-rules";
import { changeMetadata } from "./change-metadata";
import { breakOff, mayApplyWhole, takeBackBroken, WholeBrokenError } from "./person-run/hold-whole";
import { refreshCategoryWords } from "./refresh-category-words";
import { takeBackAbandoned } from "./reopen-run";
import { carryOutAnswers } from "./review/carry-out-answers";
import { settleRun } from "./review/settle-run";
import { type RunMetadata, runMetadata } from "./run-metadata";
import { inStage, isStageOpen } from "./run-stages";
import { settleEnd } from "./settle-end";
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
export async function applyApproved(
  run: { id: string; number: number },
  voice: RunIdentity["voice"],
  context: JobContext,
) {
  await takeBackAbandoned(run.id, context.assertHeld);
  await carryOutAnswers(run.id, context);
  if ("sourceId" in voice) await passRules({ id: run.id, sourceId: voice.sourceId }, context);
  const isHeld = "sourceId" in voice || (await mayApplyWhole(run.id, context));
  // Also behind the last batch: an earlier try may have ended before it could say when the stage did.
  if (isHeld && ((await hasApproved(run.id)) || (await isStageOpen(run.id, APPLYING)))) {
    await makeDefinitions(run.id, context);
    await inStage(run.id, APPLYING, async () => {
      const pictureOf = await picturesOf(voice);
      const watch = new Stopwatch("read");
      await applyOrBreakOff({ id: run.id, voice, pictureOf, watch }, context);
      const spent = watch.spent();
      const rows = await db.syncChange.count({ where: { runId: run.id, state: "applied" } });
      return { result: null, rows, spent };
    });
  }
  // Also when nothing is left to apply: an earlier try may have ended between its last batch and this.
  await reviveDefinitions();
  await refreshCategoryWords(run.id, context.assertHeld);
  const status = await transaction(async (tx) => {
    await context.assertHeld(tx);
    return settleRun(tx, run.id);
  });
  await settleEnd(run.id);
  if (!("sourceId" in voice) && status !== "review") await takeBackBroken(run.id);
  context.log(status === "review" ? `Run ${run.number} waits for review` : `Run ${run.number} ended: ${status}`);
  return { runId: run.id, number: run.number, status };
}

function hasApproved(runId: string) {
  return db.syncChange.findFirst({ where: { runId, state: "approved" }, select: { id: true } });
}

/** A run that is applied whole or not at all stops at the first row that can't be. */
async function applyOrBreakOff(run: RunIdentity, context: JobContext) {
  const { metadata, syncType, number } = await db.syncHistory.findUniqueOrThrow({
    where: { id: run.id },
    select: { metadata: true, syncType: true, number: true },
  });
  if (syncType === "purge") return applyPurge({ id: run.id, number }, context);
  try {
    await applyRun({ ...run, isWhole: runMetadata.parse(metadata ?? {}).isWhole }, context);
  } catch (error) {
    if (!(error instanceof WholeBrokenError)) throw error;
    await breakOff(run.id, context);
  }
}

async function picturesOf(voice: RunIdentity["voice"]) {
  if (!("sourceId" in voice)) return loadPictures(null);
  const of = { where: { id: voice.sourceId }, select: { connection: true } };
  return loadPictures((await db.feedSource.findUniqueOrThrow(of)).connection);
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
