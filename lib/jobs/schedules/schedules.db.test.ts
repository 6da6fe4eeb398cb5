import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { defineJob } from "../define-job";
import { enqueue } from "../enqueue";
import { registerTestJob } from "../registry";
import { changeSchedule, createSchedule, deleteSchedule } from "./mutations";
import { listSchedules } from "./queries";
import { startDueSchedules } from "./run-due";
import { runScheduleNow } from "./run-now";
import type { NewSchedule } from "./schedule-input";

const HOURLY = { cron: "0 * * * *", timeZone: "UTC" };
const DAILY = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
const TEN = "2026-05-01T10:00:00Z";

const counted = defineJob({
  name: "test",
  displayName: "Count",
  description: "",
  group: "Upkeep",
  permission: "job:control",
  payload: z.object({ count: z.int().default(1) }),
  stages: [],
  isResumable: true,
  idempotency: "",
  maxAttempts: 3,
  exclusive: null,
  handle: async () => ({}),
  giveUp: async () => undefined,
});

beforeEach(async () => {
  registerTestJob(counted);
  await resetDatabase();
});

const given: NewSchedule = {
  name: "Nightly count",
  jobType: "test",
  parameters: {},
  when: HOURLY,
  missedPolicy: "once",
  priority: 0,
};

/** A schedule of a new manager's, due at `nextAt`. */
async function schedule(change: Partial<NewSchedule> = {}, nextAt = TEN) {
  const owner = await createUser("manager");
  const { id } = await createSchedule(actorOf(owner), { ...given, ...change });
  await transaction((tx) => tx.jobSchedule.update({ where: { id }, data: { nextAt: new Date(nextAt) } }));
  return { id, owner };
}

const stored = (id: string) => db.jobSchedule.findUniqueOrThrow({ where: { id } });
const next = async (id: string) => (await stored(id)).nextAt?.toISOString() ?? null;
const endJobs = () => transaction((tx) => tx.job.updateMany({ data: { status: "completed" } }));
const at = (time: string) => new Date(`2026-05-01T${time}Z`);
const told = (userId: string) =>
  db.notification.findMany({ where: { userId }, select: { kind: true, title: true, body: true } });

describe("R21 the clock", () => {
  test("of ten workers that look at once, one starts the job, and it knows its schedule", async () => {
    const { id, owner } = await schedule({ priority: 3, parameters: { count: 7 } });
    const started = await Promise.all(Array.from({ length: 10 }, () => startDueSchedules(at("10:00:00.400"))));
    expect(started.flat()).toHaveLength(1);
    expect(await db.job.findMany()).toMatchObject([
      { scheduleId: id, userId: owner.id, priority: 3, parameters: { count: 7 } },
    ]);
    expect(await next(id)).toBe("2026-05-01T11:00:00.000Z");
  });

  test("a clock set back an hour does not start it again, one set forward starts it once", async () => {
    const { id } = await schedule();
    const startedAt = async (time: string) => {
      const started = await startDueSchedules(at(time));
      await endJobs();
      return started.length;
    };
    const times = ["10:00:01", "09:00:05", "10:00:03", "11:00:01", "12:30:00", "12:31:00"];
    const counts: number[] = [];
    for (const time of times) counts.push(await startedAt(time));
    expect(counts).toEqual([1, 0, 0, 1, 1, 0]);
    expect(await next(id)).toBe("2026-05-01T13:00:00.000Z");
  });

  test.each([
    ["back", "2026-10-25T00:30:00Z", ["00:30:01", "01:30:01", "02:00:01"], "2026-10-26T01:30:00.000Z"],
    ["forward", "2026-03-29T01:00:00Z", ["00:30:01", "01:00:01", "01:30:01", "02:30:01"], "2026-03-30T00:30:00.000Z"],
  ])("the night the clocks go %s has one job", async (_, due, times, after) => {
    const { id } = await schedule({ when: DAILY }, due);
    let started = 0;
    for (const time of times) {
      started += (await startDueSchedules(new Date(`${due.slice(0, 10)}T${time}Z`))).length;
      await endJobs();
    }
    expect(started).toBe(1);
    expect(await next(id)).toBe(after);
  });

  test("times that passed while no worker ran are one job, or none where they are to be skipped", async () => {
    const once = await schedule();
    const skip = await schedule({ name: "Skipping", missedPolicy: "skip", parameters: { count: 2 } });
    expect(await startDueSchedules(new Date("2026-05-04T17:20:00Z"))).toHaveLength(1);
    expect(await next(once.id)).toBe("2026-05-04T18:00:00.000Z");
    expect(await stored(skip.id)).toMatchObject({
      lastAt: null,
      lastProblem: "1 May, 10:00 was missed: no worker was running then.",
      nextAt: new Date("2026-05-04T18:00:00Z"),
    });
    await endJobs();
    expect(await startDueSchedules(new Date("2026-05-04T18:00:01Z"))).toHaveLength(2);
    expect(await stored(skip.id)).toMatchObject({ lastProblem: null });
  });
});

describe("what a start is held to", () => {
  test("a schedule whose own job is still open starts none beside it, and says so", async () => {
    const { id, owner } = await schedule();
    await startDueSchedules(at("10:00:01"));
    expect(await startDueSchedules(at("11:00:01"))).toEqual([]);
    expect((await stored(id)).lastProblem).toMatch(/^Its job of .* still waits, so no other was started beside it\.$/);
    expect(await next(id)).toBe("2026-05-01T12:00:00.000Z");
    expect(await told(owner.id)).toEqual([]);
    await endJobs();
    expect(await startDueSchedules(at("12:00:01"))).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ lastProblem: null });
  });

  test("the same job asked for by somebody else counts as its own", async () => {
    const { id } = await schedule();
    await counted.start(actor("manager"), { count: 1 });
    expect(await startDueSchedules(at("10:00:01"))).toEqual([]);
    expect((await stored(id)).lastProblem).toBe("The same job waits or runs already, so no other was started.");
    expect(await db.job.count()).toBe(1);
  });

  test("an owner who was switched off or may no longer starts nothing; owner and admins are told once", async () => {
    const admin = await createUser("admin");
    const { id, owner } = await schedule();
    await transaction((tx) => tx.user.update({ where: { id: owner.id }, data: { role: "staff" } }));
    expect(await startDueSchedules(at("10:00:01"))).toEqual([]);
    expect((await stored(id)).lastProblem).toContain("role does not allow this");
    await startDueSchedules(at("11:00:01"));
    expect(await told(owner.id)).toMatchObject([
      { kind: "schedule.failed", title: "Nightly count could not be started" },
    ]);
    expect(await told(admin.id)).toHaveLength(1);
    await transaction((tx) => tx.user.update({ where: { id: owner.id }, data: { role: "admin", isActive: false } }));
    expect(await startDueSchedules(at("12:00:01"))).toEqual([]);
    expect((await stored(id)).lastProblem).toContain("is switched off");
    expect(await db.job.count()).toBe(0);
  });

  test("whatever dies between the claim and the job's row leaves both undone, for the next look", async () => {
    const { id } = await schedule();
    registerTestJob({
      ...counted,
      start: async (who, parameters) => ({
        jobId: await transaction(async (tx) => {
          await enqueue(tx, who, counted, parameters);
          throw new AppError("unavailable", "The database is busy.");
        }),
      }),
    });
    expect(await startDueSchedules(at("10:00:01"))).toEqual([]);
    expect(await db.job.count()).toBe(0);
    expect(await next(id)).toBe("2026-05-01T10:00:00.000Z");
    registerTestJob(counted);
    expect(await startDueSchedules(at("10:00:02"))).toHaveLength(1);
  });

  test("a kind of job that refuses says why on the schedule, and the others start", async () => {
    const { id } = await schedule({ parameters: { count: 2 } });
    const other = await schedule({ name: "Other" });
    registerTestJob({
      ...counted,
      start: async (who, parameters) => {
        if (parameters.count === 2) throw new AppError("conflict", "Acme is switched off.");
        return counted.start(who, counted.parameters.parse(parameters));
      },
    });
    expect(await startDueSchedules(at("10:00:01"))).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ lastProblem: "Acme is switched off." });
    expect(await db.job.findMany()).toMatchObject([{ scheduleId: other.id }]);
  });
});

describe("run now", () => {
  test("starts the job of whoever asks, leaves the times alone, and starts none beside an open one", async () => {
    const { id } = await schedule();
    const presser = await createUser("admin");
    await runScheduleNow(actorOf(presser), { scheduleId: id });
    expect(await db.job.findMany()).toMatchObject([{ scheduleId: id, userId: presser.id }]);
    expect(await next(id)).toBe("2026-05-01T10:00:00.000Z");
    await expect(runScheduleNow(actorOf(presser), { scheduleId: id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("merging a category is done once: no schedule starts it", async () => {
    const manager = actorOf(await createUser("manager"));
    const merge = createSchedule(manager, { ...given, jobType: "category.merge" });
    await expect(merge).rejects.toMatchObject({
      code: "invalid_input",
      fields: { jobType: "No schedule can start this kind of job: it is done once." },
    });
    expect(await db.jobSchedule.count()).toBe(0);
  });

  test("two at once start one; the command line's is the owner's; staff may not", async () => {
    const { id, owner } = await schedule();
    const both = await Promise.allSettled([
      runScheduleNow(SYSTEM, { scheduleId: id }),
      runScheduleNow(SYSTEM, { scheduleId: id }),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await db.job.findMany()).toMatchObject([{ userId: owner.id }]);
    await expect(runScheduleNow(actor("staff"), { scheduleId: id })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("making and changing", () => {
  test("staff may not; wrong parameters are a sentence by field; a taken name is told", async () => {
    await expect(createSchedule(actor("staff"), given)).rejects.toMatchObject({ code: "forbidden" });
    const wrong = createSchedule(actor("manager"), { ...given, parameters: { count: "many" } });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "parameters.count": expect.any(String) },
    });
    await schedule();
    await expect(createSchedule(actor("manager"), given)).rejects.toMatchObject({
      fields: { name: "This name is taken." },
    });
  });

  test("of two who change it the second is told; paused it has no next time, and each step is in the audit", async () => {
    const { id } = await schedule();
    const pause = { scheduleId: id, version: 1, change: { isPaused: true } };
    const both = await Promise.allSettled([
      changeSchedule(actor("manager"), pause),
      changeSchedule(actor("manager"), pause),
    ]);
    expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await next(id)).toBeNull();
    expect(await startDueSchedules(at("11:00:00"))).toEqual([]);
    await changeSchedule(actor("manager"), { scheduleId: id, version: 2, change: { isPaused: false } });
    expect(await next(id)).not.toBeNull();
    await expect(deleteSchedule(actor("manager"), { scheduleId: id, version: 2 })).rejects.toMatchObject({
      code: "conflict",
    });
    await deleteSchedule(actor("manager"), { scheduleId: id, version: 3 });
    const actions = await db.auditEntry.findMany({ where: { entityId: id }, orderBy: { id: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual([
      "schedule.create",
      "schedule.pause",
      "schedule.resume",
      "schedule.delete",
    ]);
  });

  test("whoever changes what it starts makes it theirs; whoever renames it does not", async () => {
    const { id, owner } = await schedule();
    const other = await createUser("admin");
    await changeSchedule(actorOf(other), { scheduleId: id, version: 1, change: { name: "Hourly count" } });
    expect((await stored(id)).userId).toBe(owner.id);
    await changeSchedule(actorOf(other), { scheduleId: id, version: 2, change: { parameters: { count: 3 } } });
    expect((await stored(id)).userId).toBe(other.id);
  });

  test("a manager makes no schedule of what only an admin may start, and changes none into it", async () => {
    registerTestJob({ ...counted, permission: "settings:manage" });
    await expect(createSchedule(actor("manager"), given)).rejects.toMatchObject({ code: "forbidden" });
    const admin = await createUser("admin");
    const { id } = await createSchedule(actorOf(admin), given);
    const change = { scheduleId: id, version: 1, change: { parameters: { count: 9 } } };
    await expect(changeSchedule(actor("manager"), change)).rejects.toMatchObject({ code: "forbidden" });
    await expect(runScheduleNow(actor("manager"), { scheduleId: id })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("the list tells the words, the next five times, the last job and whose it is", async () => {
  const { id, owner } = await schedule({ when: DAILY });
  await startDueSchedules(new Date("2026-05-01T10:00:01Z"));
  const [row] = (await listSchedules(actor("staff"))).schedules;
  expect(row).toMatchObject({
    id,
    words: "daily at 02:30, Europe/Berlin",
    jobName: "Count",
    owner: owner.email,
    lastJob: { status: "pending" },
  });
  expect(row?.nextTimes).toHaveLength(5);
});
