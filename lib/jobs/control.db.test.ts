import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, createJob, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { claimJob } from "./claim";
import { cancelJobs, retryJobs } from "./control-jobs";
import { countJobs, listJobStarters } from "./count-jobs";
import { jobDurations } from "./durations";
import { getJob } from "./get-job";
import { jobsByDay, listJobKinds } from "./job-figures";
import { liveJob } from "./live-job";
import { prioritiseJob, priorityInput } from "./prioritise-job";
import { listJobs } from "./queries";
import { registerTestJob } from "./registry";

const staff = actor("staff");
const ann = actor("manager", { name: "Ann" });

beforeEach(async () => {
  registerTestJob({});
  await resetDatabase();
});

const DAY_MS = 86_400_000;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

function finished(seconds: number, data: Parameters<typeof createJob>[0] = {}) {
  return createJob({ status: "completed", startedAt: ago(seconds), completedAt: ago(0), ...data });
}

describe("priorities", () => {
  test("a waiting job is moved before others, with who did it; the second of two people is told", async () => {
    const first = await createJob();
    const second = await createJob();
    await prioritiseJob(ann, { jobId: second.id, from: 0, to: 10 });
    await expect(prioritiseJob(ann, { jobId: second.id, from: 0, to: -10 })).rejects.toThrow(
      "Somebody gave it the priority 10 meanwhile. Look again.",
    );
    expect((await claimJob("w1"))?.id).toBe(second.id);
    expect((await claimJob("w1"))?.id).toBe(first.id);
    expect(await db.auditEntry.findMany({ where: { action: "job.prioritise" } })).toMatchObject([
      { entityId: second.id, before: { priority: 0 }, after: { priority: 10 } },
    ]);
  });

  test("staff may not, one that runs has no place any more, and a number beyond the range is refused", async () => {
    const { id: jobId } = await createJob();
    await expect(prioritiseJob(staff, { jobId, from: 0, to: 1 })).rejects.toMatchObject({ code: "forbidden" });
    await claimJob("w1");
    await expect(prioritiseJob(ann, { jobId, from: 0, to: 1 })).rejects.toThrow("only one that waits");
    expect(priorityInput.safeParse({ jobId, from: 0, to: 101 }).success).toBe(false);
  });
});

describe("several jobs at once", () => {
  test("are cancelled as far as they can be; what one is refused is told and keeps no other from it", async () => {
    const waiting = [await createJob(), await createJob()];
    const done = [await finished(1), await finished(1)];
    const jobIds = [...done, ...waiting].map(({ id }) => id);
    await expect(cancelJobs(staff, { jobIds })).rejects.toMatchObject({ code: "forbidden" });
    expect(await cancelJobs(ann, { jobIds })).toEqual({
      done: 2,
      refused: [{ reason: "This job is done already; there is nothing to cancel.", count: 2 }],
    });
    expect(await db.job.count({ where: { status: "cancelled" } })).toBe(2);
  });

  test("are run again as far as they failed", async () => {
    registerTestJob({ reopen: async () => undefined });
    const failed = await createJob({ status: "failed", completedAt: new Date() });
    const open = await createJob();
    await expect(retryJobs(staff, { jobIds: [failed.id] })).rejects.toMatchObject({ code: "forbidden" });
    const outcome = await retryJobs(ann, { jobIds: [failed.id, open.id] });
    expect(outcome).toMatchObject({ done: 1, refused: [{ count: 1 }] });
    expect(await db.job.findUniqueOrThrow({ where: { id: failed.id } })).toMatchObject({ status: "pending" });
    expect((await db.jobLine.findMany()).map(({ text }) => text)).toEqual(["Ann lets it run again"]);
  });
});

describe("the list", () => {
  test("its tabs count what they show, a silent job as lost, within the filters", async () => {
    const user = await createUser("manager", { firstName: "Ada", lastName: "Lovelace" });
    for (const status of ["pending", "paused", "completed", "cancelled", "failed", "parked"] as const) {
      await createJob({ status, userId: user.id });
    }
    await createJob({ status: "running", heartbeatAt: new Date() });
    await createJob({ status: "running", heartbeatAt: ago(3_600) });
    await createJob({ status: "completed", createdAt: ago(40 * 86_400) });
    const all = { all: 9, running: 1, waiting: 2, failed: 1, lost: 2, finished: 3 };
    expect(await countJobs(staff, {})).toEqual(all);
    for (const tab of ["all", "running", "waiting", "failed", "lost", "finished"] as const) {
      expect((await listJobs(staff, { tab })).rows, tab).toHaveLength(all[tab]);
    }
    expect(await countJobs(staff, { who: user.id })).toMatchObject({ all: 6, running: 0 });
    expect(await countJobs(staff, { who: "system", days: 30 })).toMatchObject({ all: 2, finished: 0 });
    const today = new Date().toISOString().slice(0, 10);
    expect(await countJobs(staff, { from: today, to: today })).toMatchObject({ all: 8 });
    expect(await listJobStarters(staff)).toEqual([{ id: user.id, name: "Ada Lovelace" }]);
  });

  test("those that wait stand in the order of their turn, and pages walked both ways lose none", async () => {
    const made: { id: string; priority: number }[] = [];
    for (const priority of [0, 5, 0, -1, 5, 0, 9]) {
      made.push(await createJob({ priority, createdAt: new Date(1_700_000_000_000) }));
    }
    const turn = made.toSorted((a, b) => b.priority - a.priority).map(({ id }) => id);
    const page = (at: { before?: string; after?: string }) => listJobs(staff, { tab: "waiting", size: 3, ...at });
    const first = await page({});
    const second = await page({ before: first.older ?? "" });
    const third = await page({ before: second.older ?? "" });
    expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(turn);
    expect([first.newer, third.older]).toEqual([null, null]);
    const back = await page({ after: third.newer ?? "" });
    expect(back.rows.map(({ id }) => id)).toEqual(second.rows.map(({ id }) => id));
  });
});

describe("how long jobs take", () => {
  test("is the median and the nineteenth of twenty of the newest fifty that finished", async () => {
    for (let n = 0; n < 5; n++) await finished(10_000, { completedAt: ago(86_400), startedAt: ago(96_400) });
    for (let n = 1; n <= 50; n++) await finished(n);
    await createJob({ status: "failed", startedAt: ago(9_999), completedAt: new Date() });
    const { count, medianSeconds, p95Seconds } = (await jobDurations(staff, ["test", "none"])).get("test") ?? {};
    expect([count, Math.round(medianSeconds ?? 0), Math.round(p95Seconds ?? 0)]).toEqual([50, 25, 48]);
  });

  test("tells the time left where no rate does, and nothing once a job takes longer than usual", async () => {
    for (let n = 0; n < 3; n++) await finished(100);
    const running = await createJob({ status: "running", startedAt: ago(40), heartbeatAt: new Date() });
    const long = await createJob({ status: "running", startedAt: ago(400), heartbeatAt: new Date() });
    const left = async (id: string) => {
      const job = await getJob(staff, id);
      return job && liveJob(job, job.duration?.medianSeconds).usuallyLeft;
    };
    expect(Math.abs(((await left(running.id)) ?? 0) - 60)).toBeLessThanOrEqual(5);
    expect(await left(long.id)).toBeNull();
  });

  test("and how many came and failed is told by day and by kind", async () => {
    const now = new Date();
    await finished(2);
    for (const status of ["failed", "parked", "cancelled", "pending"] as const) await createJob({ status });
    await transaction((tx) =>
      tx.job.create({
        data: { jobType: "other", displayName: "x", status: "failed", createdAt: new Date(now.getTime() - 2 * DAY_MS) },
      }),
    );
    const days = await jobsByDay(staff, 3, now);
    expect(days.map(({ day: _, ...counts }) => counts)).toEqual([
      { done: 0, failed: 1, cancelled: 0, open: 0 },
      { done: 0, failed: 0, cancelled: 0, open: 0 },
      { done: 1, failed: 2, cancelled: 1, open: 1 },
    ]);
    expect(await listJobKinds(staff, 3, now)).toMatchObject([
      { type: "test", name: "Test", jobs: 5, failed: 2, duration: { count: 1 } },
      { type: "other", name: "other", jobs: 1, failed: 1, duration: null },
    ]);
  });
});
