import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { addLines, newLine } from "@/lib/jobs/job-lines";
import { requestRetention, scheduleRetention } from "@/lib/sync/retention/request";
import { actor, createJob } from "@/lib/testing/factories";
import { Killed, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { areJobsDue, clearJobs } from "./clear-jobs";
import { getJobRetention, jobRetentionInput, setJobRetention } from "./settings";

const admin = actor("admin");
const USUAL = { doneDays: 90, failedDays: 400, lineDays: 30 };

beforeEach(() => resetDatabase());

function daysAgo(days: number) {
  return new Date(Date.now() - days * 86_400_000);
}

async function oldJob(status: JobStatus, days: number, lines = 2) {
  const at = daysAgo(days);
  const isOpen = status === "paused" || status === "pending" || status === "running";
  const job = await createJob({
    displayName: `${status} ${days}`,
    status,
    createdAt: at,
    startedAt: at,
    heartbeatAt: new Date(),
    completedAt: isOpen ? null : at,
  });
  await transaction(async (tx) => {
    await tx.jobAttempt.create({ data: { jobId: job.id, number: 1, workerId: "w", startedAt: at, endedAt: at } });
    await tx.jobStage.create({ data: { jobId: job.id, ordinal: 1, attempt: 1, name: "Reading", startedAt: at } });
    await addLines(
      tx,
      job.id,
      Array.from({ length: lines }, (_, n) => newLine(`line ${n}`, "info", at)),
    );
  });
  return job;
}

async function names() {
  return (await db.job.findMany({ where: { jobType: "test" } })).map((job) => job.displayName).toSorted();
}

test("done jobs go after 90 days, failed ones after 400, lines after 30; what is open stays", async () => {
  for (const status of ["completed", "cancelled", "failed", "parked"] as const) {
    for (const days of [401, 399, 91, 89, 31]) await oldJob(status, days);
  }
  for (const status of ["paused", "pending", "running"] as const) await oldJob(status, 500);
  const { id } = await oldJob("completed", 29);
  const { jobId } = await requestRetention(admin);
  await workOff(jobId);
  expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({
    status: "completed",
    result: { jobs: 8, lines: 46 },
  });
  expect(await names()).toEqual(
    [
      ...["completed 89", "completed 31", "completed 29", "cancelled 89", "cancelled 31"],
      ...["failed 399", "failed 91", "failed 89", "failed 31", "parked 399", "parked 91", "parked 89", "parked 31"],
      ...["paused 500", "pending 500", "running 500"],
    ].toSorted(),
  );
  const left = await db.jobLine.findMany({ where: { jobId: { not: jobId } } });
  expect(left.map((line) => line.jobId)).toEqual([id, id]);
  const kept = { jobId: { not: jobId } };
  expect([await db.jobAttempt.count({ where: kept }), await db.jobStage.count({ where: kept })]).toEqual([16, 16]);
});

test("goes in steps: killed in between, the rest goes the next time", async () => {
  for (let n = 0; n < 130; n++)
    await createJob({ status: "completed", createdAt: daysAgo(100), completedAt: daysAgo(100) });
  await oldJob("failed", 40, 2_500);
  let steps = 0;
  const dying = quietContext({
    assertHeld: async () => {
      if (++steps === 5) throw new Killed();
    },
  });
  await expect(clearJobs(dying)).rejects.toBeInstanceOf(Killed);
  expect(await db.jobLine.count()).toBe(0);
  expect(await db.job.count()).toBe(31);
  expect(await clearJobs(quietContext())).toEqual({ jobs: 30, lines: 0 });
  expect(await areJobsDue()).toBe(false);
});

test("is asked for by the day once there is something to drop, be it one line", async () => {
  await scheduleRetention();
  expect(await db.job.count({ where: { jobType: "sync.retention" } })).toBe(0);
  await oldJob("failed", 31);
  await scheduleRetention();
  expect(await db.job.count({ where: { jobType: "sync.retention" } })).toBe(1);
});

test("of two admins who set the days at once the second is told, also where nobody had set any", async () => {
  const set = (doneDays: number) =>
    setJobRetention(admin, { from: USUAL, to: { doneDays, failedDays: 100, lineDays: 5 } });
  const both = await Promise.allSettled([set(10), set(20)]);
  const refused = both.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toEqual([expect.objectContaining({ code: "conflict" })]);
  expect(await db.auditEntry.count({ where: { action: "retention.change" } })).toBe(1);
});

test("an admin sets the days; a manager may not, and the second of two admins is told", async () => {
  const to = { doneDays: 10, failedDays: 20, lineDays: 5 };
  await expect(setJobRetention(actor("manager"), { from: USUAL, to })).rejects.toMatchObject({ code: "forbidden" });
  await setJobRetention(admin, { from: USUAL, to });
  expect(await getJobRetention(actor("staff"))).toEqual(to);
  await expect(setJobRetention(admin, { from: USUAL, to })).rejects.toMatchObject({ code: "conflict" });
  expect(await db.auditEntry.count({ where: { action: "retention.change" } })).toBe(1);
  expect(jobRetentionInput.safeParse({ from: USUAL, to: { ...to, lineDays: 11 } }).success).toBe(false);
  await oldJob("completed", 11);
  expect(await areJobsDue()).toBe(true);
});
