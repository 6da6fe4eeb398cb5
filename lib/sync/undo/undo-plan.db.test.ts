import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, createChange, createFeedSource, createRun } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { MOST_PLANNED, planUndo, previewUndo } from "./preview-undo";
import { getUndoPlan, requestUndoPlan } from "./undo-plan-job";

beforeEach(() => resetDatabase());

const manager = actor("manager");

test("a plan made by a worker is what is shown to who waits, and what the undo then does", async () => {
  await importRows({ SPR1: {}, SPR2: {} });
  const run = await importRows({ SPR1: { price: "2.10" }, SPR2: {}, SPR3: {} });
  const { jobId } = await requestUndoPlan(manager, { runId: run.id });
  expect(await getUndoPlan(manager, jobId)).toEqual({ progress: null });
  expect(await requestUndoPlan(manager, { runId: run.id })).toEqual({ jobId });
  await workOff(jobId);
  const plan = await getUndoPlan(manager, jobId);
  expect(plan).toEqual({ preview: await previewUndo(manager, run.id) });
  const undone = await undoRun(run.id);
  expect(plan).toMatchObject({
    preview: { products: { restored: undone.updated, removed: undone.deleted, skipped: undone.skipped } },
  });
});

test("a run of more changes than are planned while somebody waits is the worker's to plan", async () => {
  const source = await createFeedSource();
  const run = await createRun({ feedSourceId: source.id, status: "success" });
  const { id: _, ...change } = await createChange(run.id, { state: "applied" });
  const rows = Array.from({ length: MOST_PLANNED }, () => change);
  await transaction((tx) => tx.syncChange.createMany({ data: rows }));
  await expect(previewUndo(manager, run.id)).rejects.toMatchObject({ code: "too_large" });
  await expect(planUndo(manager, run.id)).resolves.toMatchObject({ number: run.number });
});

test("a plan that was cancelled says so, and only who may undo may ask", async () => {
  const run = await importRows({ SPR1: {} });
  const { jobId } = await requestUndoPlan(manager, { runId: run.id });
  await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { status: "cancelled" } }));
  await expect(getUndoPlan(manager, jobId)).rejects.toMatchObject({ code: "conflict" });
  await expect(requestUndoPlan(actor("staff"), { runId: run.id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(getUndoPlan(actor("staff"), jobId)).rejects.toMatchObject({ code: "forbidden" });
  await expect(planUndo(actor("staff"), run.id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.job.count({ where: { jobType: "sync.plan-undo" } })).toBe(1);
});
