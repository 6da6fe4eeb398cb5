import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { listRunEvents } from "@/lib/sync/run-events";
import { actor, createFeedSource, createJob, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { claimJob } from "./claim";
import type { JobContext } from "./define-job";
import { getJob } from "./get-job";
import { recoverLostJobs } from "./lost-jobs";
import { requestCancel, requestPause, resumeJob, retryJob } from "./mutations";
import { listJobs } from "./queries";
import { registerTestJob } from "./registry";
import { runJob } from "./run-job";

const staff = actor("staff");
const ann = actor("manager", { name: "Ann" });
const forever = new AbortController().signal;

beforeEach(() => resetDatabase());

/** Runs `work` as a job's handler; answers the job as it ended. */
async function runAs(jobId: string, work: (context: JobContext) => Promise<Record<string, unknown>>) {
  registerTestJob({ handle: (_, context) => work(context) });
  const job = await claimJob("w1", { only: jobId });
  if (!job) throw new Error("Nothing to claim.");
  await runJob(job, forever);
  return db.job.findUniqueOrThrow({ where: { id: jobId } });
}

function createRunJob(runId: string, status: "pending" | "paused", startedAt: Date | null = null) {
  return createJob({ jobType: "feed.import", parameters: { runId }, status, startedAt });
}

describe("a pause", () => {
  test("stops a running job at its next report, says where and by whom, and counts no try", async () => {
    const { id } = await createJob();
    const ended = await runAs(id, async (context) => {
      await context.report({ stage: "Applying", done: 12_000, total: 100_000, unit: "changes" });
      await requestPause(ann, { jobId: id });
      await context.report({ stage: "Closing", done: 0, total: 1, unit: "changes" });
      return {};
    });
    expect(ended).toMatchObject({ status: "paused", attempts: 0, pauseRequested: false, completedAt: null });
    expect(await getJob(staff, id)).toMatchObject({
      status: "paused",
      pausedBy: "Ann",
      stageProgress: { stage: "Applying", done: 12_000, total: 100_000 },
    });
    // Nothing but a person takes it up again.
    expect(await claimJob("w2")).toBeNull();
    await resumeJob(ann, { jobId: id });
    expect(await runAs(id, async () => ({ ok: true }))).toMatchObject({ status: "completed", attempts: 1 });
  });

  test("holds a waiting job in its place, and a wish can be taken back before it comes about", async () => {
    const { id } = await createJob();
    await requestPause(ann, { jobId: id });
    expect(await claimJob("w1")).toBeNull();
    await resumeJob(ann, { jobId: id });
    const ended = await runAs(id, async (context) => {
      await requestPause(ann, { jobId: id });
      await resumeJob(ann, { jobId: id });
      await context.report({ stage: "On", done: 0, total: 1, unit: "changes" });
      return {};
    });
    expect(ended.status).toBe("completed");
    const actions = await db.auditEntry.findMany({ where: { entityId: id }, orderBy: { id: "asc" } });
    expect(actions.map((entry) => entry.action)).toEqual(["job.pause", "job.resume", "job.pause", "job.resume"]);
  });

  test("stands in its run's timeline with who and when, also of the job that came before the present one", async () => {
    const run = await createRun({ status: "running" });
    const other = await createRun({ status: "running" });
    const reading = await createRunJob(run.id, "pending");
    const applying = await createRunJob(run.id, "pending");
    const foreign = await createRunJob(other.id, "pending");
    for (const job of [reading, applying, foreign]) await requestPause(ann, { jobId: job.id });
    await resumeJob(actor("manager", { name: "Bob" }), { jobId: reading.id });
    const events = await listRunEvents(staff, run);
    expect(events.map(({ what, who }) => `${what} by ${who}`)).toEqual([
      "Paused by Ann",
      "Paused by Ann",
      "Resumed by Bob",
    ]);
    expect(await listRunEvents(staff, other)).toHaveLength(1);
  });

  test("outlives the death of the worker it was asked of", async () => {
    const silent = new Date(Date.now() - 60_000);
    const { id } = await createJob({ status: "running", heartbeatAt: silent, attempts: 1, pauseRequested: true });
    await recoverLostJobs("elsewhere");
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "paused" });
  });

  test("keeps other runs of the same source out, and lets those of other sources pass", async () => {
    const [mine, other] = [await createFeedSource(), await createFeedSource()];
    const paused = await createRun({ feedSourceId: mine.id, status: "running" });
    const same = await createRun({ feedSourceId: mine.id });
    const foreign = await createRun({ feedSourceId: other.id });
    const held = await createRunJob(paused.id, "paused", new Date());
    const waiting = await createRunJob(same.id, "pending");
    const passing = await createRunJob(foreign.id, "pending");
    expect((await claimJob("w1"))?.id).toBe(passing.id);
    await transaction((tx) => tx.job.updateMany({ where: { id: passing.id }, data: { status: "completed" } }));
    expect(await claimJob("w1")).toBeNull();
    expect((await getJob(staff, waiting.id))?.waitsFor).toContain("paused half way");
    await requestCancel(ann, { jobId: held.id });
    expect((await claimJob("w1"))?.id).toBe(waiting.id);
  });

  test("a paused job that never began holds up nobody", async () => {
    const source = await createFeedSource();
    const [first, second] = [
      await createRun({ feedSourceId: source.id }),
      await createRun({ feedSourceId: source.id }),
    ];
    await createRunJob(first.id, "paused");
    const waiting = await createRunJob(second.id, "pending");
    expect((await claimJob("w1"))?.id).toBe(waiting.id);
  });

  test("staff may not, and of two managers at once one is told", async () => {
    const { id } = await createJob();
    for (const ask of [requestPause, resumeJob, retryJob]) {
      await expect(ask(staff, { jobId: id })).rejects.toMatchObject({ code: "forbidden" });
    }
    const both = await Promise.allSettled([requestPause(ann, { jobId: id }), requestPause(ann, { jobId: id })]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const again = await Promise.allSettled([resumeJob(ann, { jobId: id }), resumeJob(ann, { jobId: id })]);
    expect(again.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(retryJob(ann, { jobId: id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a try that failed", () => {
  test("R7 lets the others go first before it is tried again, and a person can let it run anew", async () => {
    const { id } = await createJob({ maxAttempts: 1, priority: 9 });
    registerTestJob({ reopen: async () => undefined });
    expect(await runAs(id, () => Promise.reject(new Error("no such luck")))).toMatchObject({ status: "parked" });
    registerTestJob({ reopen: async () => undefined });
    const listed = (await listJobs(staff, { tab: "lost" })).rows;
    expect(listed).toMatchObject([{ id, canRetry: true, error: expect.stringContaining("Something went wrong") }]);
    await retryJob(ann, { jobId: id });
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "pending", attempts: 0 });
    const poison = await createJob({ priority: 9 });
    await transaction((tx) => tx.job.deleteMany({ where: { id } }));
    const behind = await createJob();
    const failed = await runAs(poison.id, () => Promise.reject(new Error("again")));
    expect(failed).toMatchObject({ status: "pending", attempts: 1 });
    expect((await claimJob("w1"))?.id).toBe(behind.id);
  });

  test("that failed before it heard of a cancel is not cancelled by it when a person lets it run again", async () => {
    const { id } = await createJob();
    const failed = await runAs(id, async () => {
      await requestCancel(ann, { jobId: id });
      throw new AppError("conflict", "The file is gone.");
    });
    expect(failed).toMatchObject({ status: "failed", error: "The file is gone." });
    registerTestJob({ reopen: async () => undefined });
    await retryJob(ann, { jobId: id });
    const again = await runAs(id, async ({ report }) => {
      await report({ stage: "Working", done: 1, total: 1, unit: "steps" });
      return { steps: 1 };
    });
    expect(again).toMatchObject({ status: "completed", result: { steps: 1 } });
  });

  test("R5 a write after the lease went to another is refused, wherever in the code it stands", async () => {
    const { id } = await createJob();
    const ended = await runAs(id, async () => {
      await transaction((tx) => tx.configuration.create({ data: { key: "before", value: "1" } }));
      // Another worker takes the job over: the fence rises behind this one's back.
      await transaction((tx) => tx.job.updateMany({ where: { id }, data: { fence: { increment: 1 } } }));
      await transaction((tx) => tx.configuration.create({ data: { key: "after", value: "1" } }));
      return {};
    });
    expect(ended).toMatchObject({ status: "running", fence: 2 });
    expect((await db.configuration.findMany()).map((row) => row.key)).toEqual(["before"]);
  });
});
