import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { retryJob } from "@/lib/jobs/mutations";
import { actor, createChange, createFeedSource, createJob, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { abandonRun } from "./finish-run";

const manager = actor("manager");

beforeEach(() => resetDatabase());

/** A run whose apply gave up with one change in and one still to come, and its job. */
async function failedApply() {
  const source = await createFeedSource();
  const metadata = { phase: "applying" };
  const run = await createRun({ feedSourceId: source.id, status: "running", metadata });
  const done = await createChange(run.id, { state: "applied" });
  const waiting = await createChange(run.id, { state: "approved" });
  const job = await createJob({ jobType: "sync.apply", parameters: { runId: run.id }, status: "parked", attempts: 3 });
  await abandonRun(run.id, { status: "failed", reason: "Its worker died 3 times." });
  return { source, run, done, waiting, job };
}

test("C80 a failed run is taken up where it stopped: what waited waits again, what is done stays done", async () => {
  const { run, done, waiting, job } = await failedApply();
  expect(await db.syncChange.findUniqueOrThrow({ where: { id: waiting.id } })).toMatchObject({ state: "skipped" });
  await retryJob(manager, { jobId: job.id });
  const stateOf = async (id: number) => (await db.syncChange.findUniqueOrThrow({ where: { id } })).state;
  expect([await stateOf(done.id), await stateOf(waiting.id)]).toEqual(["applied", "approved"]);
  const again = await db.syncHistory.findUniqueOrThrow({ where: { id: run.id } });
  expect(again).toMatchObject({ status: "running", errors: [], completedAt: null });
  expect(await db.job.findUniqueOrThrow({ where: { id: job.id } })).toMatchObject({ status: "pending", attempts: 0 });
});

test("a run is not taken up again once a later one of its source has spoken, or its rows were cleared", async () => {
  const { source, run, job } = await failedApply();
  const later = await createRun({ feedSourceId: source.id, status: "success" });
  await expect(retryJob(manager, { jobId: job.id })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(`Run ${later.number}`),
  });
  await transaction((tx) => tx.syncHistory.deleteMany({ where: { id: later.id } }));
  await transaction((tx) => tx.syncHistory.update({ where: { id: run.id }, data: { prunedAt: new Date() } }));
  await expect(retryJob(manager, { jobId: job.id })).rejects.toMatchObject({ code: "conflict" });
  expect(await db.job.findUniqueOrThrow({ where: { id: job.id } })).toMatchObject({ status: "parked" });
});
