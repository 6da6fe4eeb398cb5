import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor, createJob } from "@/lib/testing/factories";
import { proofSeed, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { endAttempt } from "./attempts";
import { claimJob } from "./claim";
import type { JobContext } from "./define-job";
import { LeaseWatch } from "./lease-watch";
import { recoverLostJobs } from "./lost-jobs";
import { requestCancel, requestPause } from "./mutations";
import { registerTestJob } from "./registry";
import { runWorker } from "./worker";

const ann = actor("manager", { name: "Ann" });
/** Two that write the catalogue, and three that don't. */
const TYPES = ["test.heavy", "test.heavy-too", "test.one", "test.two", "test.many"] as const;
const CONCURRENCY = { "test.heavy": 1, "test.heavy-too": 1, "test.one": 1, "test.two": 2, "test.many": 50 } as const;

/** Not those that a worker asks for by the day. */
const OURS = { jobType: { startsWith: "test." } };

let stops: { stop: AbortController; work: Promise<void> }[] = [];

beforeEach(() => resetDatabase());
afterEach(async () => {
  for (const { stop } of stops) stop.abort();
  await Promise.all(stops.map(({ work }) => work));
  stops = [];
});

function startWorker() {
  const stop = new AbortController();
  stops.push({ stop, work: runWorker({ signal: stop.signal }) });
}

type Handle = (context: JobContext) => Promise<void>;

function registerTypes(handle: Handle = async () => undefined) {
  for (const name of TYPES) {
    registerTestJob({
      name,
      concurrency: CONCURRENCY[name],
      exclusive: name.startsWith("test.heavy") ? "catalogue" : null,
      handle: async (_, context) => {
        await handle(context);
        return {};
      },
    });
  }
}

/** Handlers wait in it until it is opened; it tells how many are in it at once. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const inside = new Set<string>();
  let most = 0;
  const enter = async ({ jobId, signal }: JobContext) => {
    inside.add(jobId);
    most = Math.max(most, inside.size);
    const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    await Promise.race([opened, aborted]);
    inside.delete(jobId);
    signal.throwIfAborted();
  };
  return { open: () => open(), enter, inside, most: () => most };
}

const statusOf = async (id: string) => (await db.job.findUniqueOrThrow({ where: { id } })).status;
const until = { timeout: 20_000, interval: 20 };

describe("the queue", () => {
  test("two workers never have more of a type than it allows, and each claim is the next in turn, whatever comes", async () => {
    registerTypes();
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant("add" as const),
          type: fc.constantFrom(...TYPES),
          priority: fc.integer({ min: -2, max: 2 }),
        }),
      },
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant("claim" as const), without: fc.subarray([...TYPES], { maxLength: 2 }) }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("end" as const), which: fc.nat(20) }) },
    );
    let claims = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
        await resetDatabase();
        const waiting: { id: string; type: (typeof TYPES)[number]; priority: number }[] = [];
        const running: { id: string; type: (typeof TYPES)[number]; fence: number }[] = [];
        const mayRun = (type: (typeof TYPES)[number]) =>
          running.filter((job) => job.type === type).length < CONCURRENCY[type] &&
          !(type.startsWith("test.heavy") && running.some((job) => job.type.startsWith("test.heavy")));
        for (const now of steps) {
          if (now.do === "add") {
            const { id } = await createJob({ jobType: now.type, priority: now.priority });
            waiting.push({ id, type: now.type, priority: now.priority });
          } else if (now.do === "end") {
            const [job] = running.splice(now.which % Math.max(1, running.length), 1);
            if (!job) continue;
            await transaction(async (tx) => {
              await tx.job.update({ where: { id: job.id }, data: { status: "completed" } });
              await endAttempt(tx, job, { outcome: "completed", endedAt: new Date() });
            });
          } else {
            const eligible = waiting.filter(({ type }) => mayRun(type) && !now.without.includes(type));
            // Sorting is stable: among equals the older one.
            const [expected] = eligible.toSorted((a, b) => b.priority - a.priority);
            const claimed = await claimJob("w", { without: now.without });
            expect(claimed?.id).toBe(expected?.id);
            if (!claimed || !expected) continue;
            claims++;
            waiting.splice(waiting.indexOf(expected), 1);
            running.push({ id: claimed.id, type: expected.type, fence: claimed.fence });
          }
        }
        expect(await db.job.count({ where: { ...OURS, status: "running" } })).toBe(running.length);
        expect(await db.jobAttempt.count({ where: { endedAt: null } })).toBe(running.length);
      }),
      { numRuns: 8, seed: proofSeed() },
    );
    reportProof("R17", { claims, beyondTheLimit: 0 });
  });

  test("more waiting jobs than are looked at together, all of a type at its limit, hide none behind them", async () => {
    registerTypes();
    await createJob({ jobType: "test.one", priority: 9 });
    expect(await claimJob("w1")).not.toBeNull();
    await transaction((tx) =>
      tx.job.createMany({
        data: Array.from({ length: 300 }, (_, n) => ({
          jobType: "test.one",
          displayName: `blocked ${n}`,
          priority: 5,
        })),
      }),
    );
    const behind = await createJob({ jobType: "test.many" });
    expect((await claimJob("w2"))?.id).toBe(behind.id);
  });
});

describe("a worker", () => {
  test("works three jobs side by side and one that writes the catalogue beside them; the others wait their turn", async () => {
    const { enter, inside, most, open } = gate();
    registerTypes(enter);
    const light = [];
    for (let n = 0; n < 5; n++) light.push((await createJob({ jobType: "test.many" })).id);
    const heavy = await createJob({ jobType: "test.heavy", priority: -5 });
    const heavyToo = await createJob({ jobType: "test.heavy-too", priority: -9 });
    startWorker();
    await expect.poll(() => inside.size, until).toBe(4);
    expect(inside).toContain(heavy.id);
    expect(await db.job.count({ where: { ...OURS, status: "running" } })).toBe(4);
    open();
    await expect.poll(() => db.job.count({ where: { ...OURS, status: "completed" } }), until).toBe(7);
    expect(most()).toBe(4);
    expect(await statusOf(heavyToo.id)).toBe("completed");
    const outcomes = await db.jobAttempt.groupBy({ by: ["outcome"], where: { job: OURS }, _count: true });
    expect(outcomes).toMatchObject([{ outcome: "completed", _count: 7 }]);
  });

  test("two workers run one at a time of a type that allows one, and two of one that allows two", async () => {
    const { enter, inside, open } = gate();
    registerTypes(enter);
    for (const jobType of ["test.one", "test.one", "test.two", "test.two", "test.two"]) await createJob({ jobType });
    startWorker();
    startWorker();
    await expect.poll(() => inside.size, until).toBe(3);
    const running = await db.job.groupBy({ by: ["jobType"], where: { ...OURS, status: "running" }, _count: true });
    expect(new Map(running.map(({ jobType, _count }) => [jobType, _count]))).toEqual(
      new Map([
        ["test.one", 1],
        ["test.two", 2],
      ]),
    );
    open();
    await expect.poll(() => db.job.count({ where: { ...OURS, status: "completed" } }), until).toBe(5);
  });

  test("a pause and a cancel reach the one job they are meant for; a failure ends its own alone", async () => {
    const { enter, inside, open } = gate();
    const told = new Map<string, JobContext>();
    registerTypes(async (context) => {
      told.set(context.jobId, context);
      await enter(context);
      await context.report({ stage: "Going on", done: 0, total: 1, unit: "steps" });
      const { displayName } = await db.job.findUniqueOrThrow({ where: { id: context.jobId } });
      if (displayName === "fails") throw new Error("no such luck");
    });
    const of = (displayName: string) => createJob({ jobType: "test.many", displayName, maxAttempts: 1 });
    const [paused, cancelled, failing] = [await of("paused"), await of("cancelled"), await of("fails")];
    const writing = await createJob({ jobType: "test.heavy" });
    startWorker();
    await expect.poll(() => inside.size, until).toBe(4);
    await requestPause(ann, { jobId: paused.id });
    await requestCancel(ann, { jobId: cancelled.id });
    open();
    await expect.poll(() => db.job.count({ where: { ...OURS, status: "running" } }), until).toBe(0);
    const ids = [paused.id, cancelled.id, failing.id, writing.id];
    expect(await Promise.all(ids.map(statusOf))).toEqual(["paused", "cancelled", "parked", "completed"]);
    const attempts = await db.jobAttempt.findMany({ where: { job: OURS }, orderBy: { jobId: "asc" } });
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["paused", "cancelled", "failed", "completed"]);
    expect(attempts[2]?.error).toContain("Something went wrong");
  });

  test("R7 a job that a worker died of, or beside, runs alone from then on: it takes none along again", async () => {
    const { enter, inside, most, open } = gate();
    registerTypes(enter);
    const lost = [await createJob({ jobType: "test.many", priority: 5 }), await createJob({ jobType: "test.heavy" })];
    for (const { id: jobId } of lost) {
      const data = { jobId, number: 1, workerId: "dead", endedAt: new Date(), outcome: "lost" };
      await transaction((tx) => tx.jobAttempt.create({ data }));
      await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { attempts: 1, fence: 1 } }));
    }
    const others = [await createJob({ jobType: "test.many" }), await createJob({ jobType: "test.many" })];
    startWorker();
    await expect.poll(() => inside.size, until).toBe(1);
    expect(inside).toContain(lost[0]?.id);
    startWorker();
    await expect.poll(() => inside.size, until).toBe(2);
    expect(inside).toContain(lost[1]?.id);
    expect(await Promise.all(others.map(({ id }) => statusOf(id)))).toEqual(["pending", "pending"]);
    open();
    await expect.poll(() => db.job.count({ where: { ...OURS, status: "completed" } }), until).toBe(4);
    expect(most()).toBeLessThanOrEqual(3);
  });

  test("R8 asked to stop, gives back every job it works on", async () => {
    const { enter, inside } = gate();
    registerTypes(enter);
    for (const jobType of ["test.many", "test.many", "test.heavy"]) await createJob({ jobType });
    startWorker();
    await expect.poll(() => inside.size, until).toBe(3);
    stops[0]?.stop.abort();
    await stops[0]?.work;
    expect(await db.job.findMany({ where: OURS, select: { status: true, attempts: true } })).toEqual(
      Array.from({ length: 3 }, () => ({ status: "pending", attempts: 0 })),
    );
    const attempts = await db.jobAttempt.findMany({ where: { job: OURS } });
    expect(attempts.map(({ outcome, endedAt }) => [outcome, endedAt !== null])).toEqual(
      Array.from({ length: 3 }, () => ["stopped", true]),
    );
  });

  test("a job that nobody could write a sign of life of is not taken from the worker that is at it", async () => {
    registerTypes();
    const silent = new Date(Date.now() - 3_600_000);
    const mine = await createJob({ jobType: "test.many", status: "running", workerId: "me", heartbeatAt: silent });
    await recoverLostJobs("elsewhere", new LeaseWatch(), (job) => job.workerId === "me" && job.id === mine.id);
    expect(await statusOf(mine.id)).toBe("running");
    await recoverLostJobs("elsewhere");
    expect(await statusOf(mine.id)).toBe("pending");
  });

  test("R4 a try whose worker died stands there as lost, since its last sign of life, and so do its stages", async () => {
    registerTypes();
    const { id } = await createJob({ jobType: "test.many" });
    const job = await claimJob("gone");
    const heard = new Date(Date.now() - 60_000);
    await transaction(async (tx) => {
      await tx.job.update({ where: { id }, data: { heartbeatAt: heard } });
      await tx.jobStage.create({ data: { jobId: id, ordinal: 1, attempt: job?.fence ?? 0, name: "Reading" } });
    });
    await recoverLostJobs("elsewhere");
    expect(await db.jobAttempt.findMany()).toMatchObject([{ number: 1, outcome: "lost", endedAt: heard }]);
    expect(await db.jobStage.findMany()).toMatchObject([{ endedAt: heard }]);
    expect((await db.jobLine.findMany()).map((line) => line.text)).toEqual([
      "the worker died; another takes the job up again",
    ]);
    // The next try has a number of its own.
    await transaction((tx) => tx.job.update({ where: { id }, data: { scheduledAt: null } }));
    await claimJob("next");
    expect(await db.jobAttempt.count({ where: { jobId: id } })).toBe(2);
  });
});
