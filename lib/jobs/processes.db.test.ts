import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { proofCount, proofTimeout, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import type { Prisma } from "@/prisma/generated/sqlite/client";

/** Trials of each claim in the tests. */
const SLICE = 1;
const TRIALS = proofCount(SLICE);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCE = fileURLToPath(new URL("../testing/ledger-worker.ts", import.meta.url));
/** Compiled once: a worker started from source takes seconds to begin. Within the project, so that it finds its packages. */
const WORKER = `${ROOT}dist/test/ledger-worker-${process.pid}.mjs`;

let workers: ChildProcess[] = [];

beforeAll(async () => {
  const options = { bundle: true, format: "esm", platform: "node", packages: "external", logLevel: "error" } as const;
  await build({ ...options, entryPoints: [SOURCE], outfile: WORKER });
});
afterAll(() => rmSync(WORKER, { force: true }));
beforeEach(() => resetDatabase());
afterEach(async () => {
  const left = workers.filter((worker) => worker.exitCode === null && worker.signalCode === null);
  workers = [];
  await Promise.all(left.map((worker) => endBy(worker, "SIGKILL")));
});

/** A worker in a process of its own, as the command line starts it. */
function startWorker() {
  const worker = spawn(process.execPath, ["--conditions=react-server", WORKER], {
    cwd: ROOT,
    env: process.env,
    stdio: "ignore",
  });
  workers.push(worker);
  return worker;
}

async function endBy(worker: ChildProcess, signal: NodeJS.Signals) {
  const gone = once(worker, "exit");
  worker.kill(signal);
  const [code] = await gone;
  return code;
}

function addJob(entry: string, data: { milliseconds?: number; isPoison?: boolean; priority?: number } = {}) {
  const { priority = 0, ...work } = data;
  const parameters = { entry, ...work } satisfies Prisma.InputJsonObject;
  return transaction((tx) =>
    tx.job.create({ data: { jobType: "test", displayName: entry, parameters, priority, maxAttempts: 3 } }),
  );
}

const stateOf = async (id: string) => (await db.job.findUniqueOrThrow({ where: { id } })).status;
const ledger = async () =>
  (await db.auditEntry.findMany({ where: { entity: "Ledger" } })).map((line) => line.entityId).toSorted();
const until = { timeout: 60_000, interval: 50 };

describe("worker processes", { timeout: 180_000 + proofTimeout(SLICE, 60_000) }, () => {
  test("R4 a killed worker's job runs again within 60 s", async () => {
    const took: number[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      const { id } = await addJob(`killed-${trial}`, { milliseconds: 500 });
      const first = startWorker();
      await expect.poll(() => stateOf(id), until).toBe("running");
      const { workerId } = await db.job.findUniqueOrThrow({ where: { id } });
      await endBy(first, "SIGKILL");
      const killedAt = Date.now();
      const second = startWorker();
      const again = async () => {
        const job = await db.job.findUniqueOrThrow({ where: { id } });
        return job.workerId !== workerId && job.status !== "pending";
      };
      await expect.poll(again, until).toBe(true);
      took.push(Date.now() - killedAt);
      await expect.poll(() => stateOf(id), until).toBe("completed");
      await endBy(second, "SIGTERM");
      const tries = await db.jobAttempt.findMany({ where: { jobId: id }, orderBy: { number: "asc" } });
      expect(tries.map(({ outcome, endedAt }) => [outcome, endedAt !== null])).toEqual([
        ["lost", true],
        ["completed", true],
      ]);
    }
    expect(Math.max(...took)).toBeLessThan(60_000);
    expect(await ledger()).toEqual(took.map((_, trial) => `killed-${trial}`).toSorted());
    const p50 = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
    reportProof("R4", { kills: TRIALS, againAfterMsP50: p50, againAfterMsMax: Math.max(...took) });
  });

  test("R5 a worker that was stopped and wakes after its lease has gone writes nothing more", async () => {
    for (let trial = 0; trial < TRIALS; trial++) {
      const entry = `zombie-${trial}`;
      const { id } = await addJob(entry, { milliseconds: 1_500 });
      const zombie = startWorker();
      // Between two writes: one that is stopped within one holds SQLite's lock, and then nobody's lease can pass to anybody.
      const stage = async () => (await db.job.findUniqueOrThrow({ where: { id } })).currentStage;
      await expect.poll(stage, until).toBe("Working");
      zombie.kill("SIGSTOP");
      // As if it had been silent for the length of the lease.
      await transaction((tx) => tx.job.updateMany({ where: { id }, data: { heartbeatAt: new Date(0) } }));
      const second = startWorker();
      await expect.poll(() => stateOf(id), until).toBe("completed");
      const after = await db.job.findUniqueOrThrow({ where: { id } });
      zombie.kill("SIGCONT");
      // It finishes its pretended work, tries to write, and takes up the next job once it was refused.
      const next = await addJob(`next-${trial}`);
      await endBy(second, "SIGTERM");
      await expect.poll(() => stateOf(next.id), until).toBe("completed");
      expect(await db.job.findUniqueOrThrow({ where: { id } })).toEqual(after);
      const lines = await db.auditEntry.findMany({ where: { entityId: entry } });
      expect(lines.map((line) => line.actorName)).toEqual([String(second.pid)]);
      await endBy(zombie, "SIGKILL");
    }
    reportProof("R5", { zombies: TRIALS, doubleEffects: 0 });
  });

  test("R6 eight workers, killed again and again: each job's effect comes about exactly once", async () => {
    const count = 24 * TRIALS;
    const kills = 4 * TRIALS;
    let killed = 0;
    const entries = Array.from({ length: count }, (_, n) => `job-${String(n).padStart(6, "0")}`);
    for (const entry of entries) await addJob(entry, { milliseconds: 30 });
    const open = () => db.job.count({ where: { status: { in: ["pending", "running"] } } });
    const running = Array.from({ length: 8 }, startWorker);
    // A try that was cut short may not count against a job here: the kills are ours.
    await transaction((tx) => tx.job.updateMany({ data: { maxAttempts: 1_000 } }));
    for (let kill = 0; kill < kills; kill++) {
      await expect.poll(async () => (await db.job.count({ where: { status: "running" } })) > 0, until).toBe(true);
      const at = (kill * 5 + 3) % running.length;
      const victim = running[at];
      if (victim) await endBy(victim, "SIGKILL");
      killed++;
      running[at] = startWorker();
      if ((await open()) === 0) break;
    }
    await expect.poll(open, { timeout: 180_000, interval: 100 }).toBe(0);
    expect(await ledger()).toEqual(entries);
    expect(await db.job.count({ where: { jobType: "test", status: "completed" } })).toBe(count);
    reportProof("R6", { jobs: count, kills: killed, lost: 0, twice: 0 });
  });

  test("R7 a job that always kills its worker is parked after three tries; those behind it hardly wait", async () => {
    const poison = await addJob("poison", { isPoison: true, priority: 9 });
    const behind = await addJob("behind");
    let worker = startWorker();
    const askedAt = Date.now();
    let waited = Number.POSITIVE_INFINITY;
    // As the supervisor does: whatever ends by itself is started again.
    const restart = async () => {
      if (worker.exitCode !== null || worker.signalCode !== null) worker = startWorker();
      if (waited === Number.POSITIVE_INFINITY && (await stateOf(behind.id)) === "completed") {
        waited = Date.now() - askedAt;
      }
      return stateOf(poison.id);
    };
    await expect.poll(restart, until).toBe("parked");
    const parked = await db.job.findUniqueOrThrow({ where: { id: poison.id } });
    expect(parked).toMatchObject({ attempts: 3, error: expect.stringContaining("3 times, at last while working") });
    // One crash, two starts of a process from source and the job itself: the wait the poison adds is one start.
    const { startedAt: began } = await db.job.findUniqueOrThrow({ where: { id: behind.id } });
    const crashed = parked.startedAt?.getTime() ?? 0;
    expect((began?.getTime() ?? Number.POSITIVE_INFINITY) - crashed).toBeLessThan(45_000);
    expect(await ledger()).toEqual(["behind"]);
    reportProof("R7", { attempts: parked.attempts, othersDelayMs: (began?.getTime() ?? 0) - crashed });
  });

  test("R8 asked to end, a worker gives its job back and exits within ten seconds", async () => {
    let slowest = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const { id } = await addJob(`ended-${trial}`, { milliseconds: 1_000 });
      const worker = startWorker();
      await expect.poll(() => stateOf(id), until).toBe("running");
      const askedAt = Date.now();
      expect(await endBy(worker, "SIGTERM")).toBe(0);
      slowest = Math.max(slowest, Date.now() - askedAt);
      const job = await db.job.findUniqueOrThrow({ where: { id } });
      // Either it was done by then, or it waits with all its tries.
      expect([
        ["completed", 1],
        ["pending", 0],
      ]).toContainEqual([job.status, job.attempts]);
      await transaction((tx) => tx.job.deleteMany());
    }
    expect(slowest).toBeLessThan(10_000);
    reportProof("R8", { ends: TRIALS, exitMsMax: slowest });
  });
});
