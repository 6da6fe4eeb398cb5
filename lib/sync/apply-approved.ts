import "server-only";
import { v7 as uuid } from "uuid";
import { insertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { loadPictures } from "@/lib/feeds/local-pictures";
import type { JobContext } from "@/lib/jobs/define-job";
import { applyRun } from "./apply-run";
import { finishRun, NEEDS_A_PERSON } from "./finish-run";
import { runMetadata } from "./run-metadata";
import { inStage } from "./run-stages";

/** Approves all of a run's staged changes but those that need to know which product is meant. */
export async function approveStaged(tx: Tx, runId: string) {
  await tx.syncChange.updateMany({
    where: { runId, state: "staged", kind: { notIn: [...NEEDS_A_PERSON] } },
    data: { state: "approved" },
  });
  const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
  const metadata = runMetadata.parse(run.metadata ?? {});
  await tx.syncHistory.update({
    where: { id: runId },
    data: { status: "running", metadata: { ...metadata, phase: "applying" } },
  });
}

/** Applies what is approved of a run, from where an earlier try stopped, and closes the run. */
export async function applyApproved(run: { id: string; number: number }, sourceId: string, context: JobContext) {
  await makeDefinitions(run.id, context);
  await inStage(run.id, "Apply", async () => {
    const source = await db.feedSource.findUniqueOrThrow({ where: { id: sourceId }, select: { connection: true } });
    const pictureOf = await loadPictures(source.connection);
    await applyRun({ id: run.id, sourceId, pictureOf }, context);
    const rows = await db.syncChange.count({ where: { runId: run.id, state: "applied" } });
    return { result: null, rows };
  });
  const status = await finishRun(run.id);
  context.log(`Run ${run.number} ended: ${status}`);
  return { runId: run.id, number: run.number, status };
}

/** Registers the metafield definitions the run found; one that exists stays as it is. */
async function makeDefinitions(runId: string, context: JobContext) {
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
    const metadata = runMetadata.parse(run.metadata ?? {});
    if (!metadata.definitions) return;
    const now = new Date();
    const rows = metadata.definitions.map((definition) => ({
      id: uuid(),
      ...definition,
      description: "",
      validations: [],
      createdAt: now,
      updatedAt: now,
    }));
    await insertRows(tx, "MetafieldDefinition", rows, { onConflict: "nothing" });
    const { definitions: _, ...rest } = metadata;
    await tx.syncHistory.update({ where: { id: runId }, data: { metadata: rest } });
  });
}
