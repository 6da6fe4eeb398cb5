import "server-only";
import { db, transaction } from "@/lib/db/client";
import { runStages, type StoredStage } from "./run-metadata";

/** Runs one stage of a run and keeps its times and rows in the run's timeline. A stage run again replaces its entry. */
export async function inStage<T>(
  runId: string,
  stage: string,
  work: () => Promise<{ result: T; rows: number | null; spent?: Record<string, number> }>,
) {
  const startedAt = new Date().toISOString();
  await writeStage(runId, { stage, startedAt, finishedAt: null, rows: null });
  const { result, ...done } = await work();
  await writeStage(runId, { stage, startedAt, finishedAt: new Date().toISOString(), ...done });
  return result;
}

/** Whether an earlier try began the stage and did not come to its end. */
export async function isStageOpen(runId: string, stage: string): Promise<boolean> {
  const { stages } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { stages: true } });
  return runStages.parse(stages).some((entry) => entry.stage === stage && entry.finishedAt === null);
}

async function writeStage(runId: string, entry: StoredStage) {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { stages: true } });
  const stages = runStages.parse(run.stages).filter((other) => other.stage !== entry.stage);
  await transaction((tx) =>
    tx.syncHistory.update({ where: { id: runId }, data: { stages: [...stages, entry] }, select: { id: true } }),
  );
}
