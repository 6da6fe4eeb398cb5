import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { retryJob } from "@/lib/jobs/mutations";
import { actor, createChange, createFeedSource, createJob, createRun } from "@/lib/testing/factories";
import { Killed, killedBefore } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { abandonRun } from "./finish-run";
import { takeBackAbandoned } from "./reopen-run";

const manager = actor("manager");

beforeEach(() => resetDatabase());

/** A run whose apply gave up with one change in, one still to come and two that nobody answered, and its job. */
async function failedApply() {
  const source = await createFeedSource();
  const metadata = { phase: "applying" };
  const run = await createRun({ feedSourceId: source.id, status: "running", metadata });
  const done = await createChange(run.id, { state: "applied" });
  const waiting = await createChange(run.id, { state: "approved" });
  const unanswered = await createChange(run.id, { state: "staged" });
  const asked = await createChange(run.id, { kind: "unmatched", state: "staged", openSince: new Date() });
  const job = await createJob({ jobType: "sync.apply", parameters: { runId: run.id }, status: "parked", attempts: 3 });
  await abandonRun(run.id, { status: "failed", reason: "Its worker died 3 times." });
  return { source, run, job, changes: [done, waiting, unanswered, asked].map(({ id }) => id) };
}

test("C80 a failed run is taken up where it stopped: what waited waits again, what is done stays done", async () => {
  const { run, job, changes } = await failedApply();
  const states = async () => {
    const rows = await db.syncChange.findMany({ where: { id: { in: changes } }, orderBy: { id: "asc" } });
    return rows.map(({ state, openSince }) => (openSince ? `${state}, open` : state));
  };
  expect(await states()).toEqual(["applied", "skipped", "skipped", "skipped"]);
  await takeBackAbandoned(run.id, async () => undefined);
  expect(await states()).toEqual(["applied", "skipped", "skipped", "skipped"]);
  await retryJob(manager, { jobId: job.id });
  for (let step = 1; step <= 3; step++) {
    const dying = killedBefore(step, () => takeBackAbandoned(run.id, async () => undefined));
    await expect(dying).rejects.toThrow(Killed);
  }
  await takeBackAbandoned(run.id, async () => undefined);
  expect(await states()).toEqual(["applied", "approved", "staged", "staged, open"]);
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
