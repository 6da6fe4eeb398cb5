import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { sortKey } from "@/lib/search/fold";
import { actor } from "@/lib/testing/factories";
import { type Fault, startImageEndpoint } from "@/lib/testing/image-endpoint";
import { askIcons, generationsOf, jobOf, saveEndpoint } from "@/lib/testing/make-icons";
import { proofCount, proofSeed, proofTimeout, reportProof, seededRandom } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { generateJob } from "./generate-job";
import { retryFailed } from "./retry-failed";

/** Kills of a batch in the tests. */
const SLICE = 3;
const KILLS = proofCount(SLICE);
const PICTURES = 500;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCE = fileURLToPath(new URL("../testing/ledger-worker.ts", import.meta.url));
const WORKER = `${ROOT}dist/test/icons-worker-${process.pid}.mjs`;

let worker: ChildProcess | undefined;

beforeAll(async () => {
  const options = { bundle: true, format: "esm", platform: "node", packages: "external", logLevel: "error" } as const;
  await build({ ...options, entryPoints: [SOURCE], outfile: WORKER });
});
afterAll(async () => {
  if (worker) await end(worker);
  rmSync(WORKER, { force: true });
});

function startWorker() {
  return spawn(process.execPath, ["--conditions=react-server", WORKER], {
    cwd: ROOT,
    env: process.env,
    stdio: "ignore",
  });
}

async function end(process: ChildProcess) {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, "exit");
  process.kill("SIGKILL");
  await gone;
}

async function createCategories(count: number) {
  const rows = Array.from({ length: count }, (_, at) => {
    const name = `Thing ${at}`;
    const now = new Date();
    return {
      id: uuid(),
      name,
      nameKey: sortKey(name),
      slug: `thing-${at}`,
      path: `thing-${at}`,
      level: 0,
      updatedAt: now,
    };
  });
  await transaction((tx) => insertRows(tx, "Category", rows));
  return rows.map(({ id }) => id);
}

/** At some calls another thing goes wrong, the same ones for the same seed. */
function seededFault(random: () => number): Fault | null {
  const dice = random();
  if (dice < 0.03) return { is: "status", status: 429, retryAfter: "0" };
  if (dice < 0.05) return { is: "status", status: 503, retryAfter: "0" };
  if (dice < 0.06) return { is: "status", status: 500, retryAfter: "0" };
  if (dice < 0.07) return { is: "hang-up" };
  return dice < 0.15 ? { is: "slow", ms: Math.floor(dice * 500) } : null;
}

test("a batch of 500, its process killed again and again, has 500 pictures and is charged 500 times", {
  timeout: proofTimeout(SLICE, 240_000),
}, async () => {
  const random = seededRandom(proofSeed());
  const killAt = new Set(Array.from({ length: KILLS }, (_, at) => Math.floor(((at + 0.5) * PICTURES) / KILLS)));
  let killed = 0;
  const server = await startImageEndpoint({
    faults: (call) => {
      // In the middle of this call, with others beside it.
      if (killAt.delete(call)) {
        killed += 1;
        worker?.kill("SIGKILL");
      }
      return seededFault(random);
    },
  });
  try {
    await saveEndpoint(server.baseUrl, { concurrency: 6 });
    const making = { provider: "endpoint", size: 32, ceilingMicros: PICTURES * 10_000 };
    const { jobId, batchId } = await askIcons({ kind: "categories", ids: await createCategories(PICTURES) }, making);
    await transaction((tx) => tx.job.updateMany({ data: { maxAttempts: 1_000 } }));
    const state = async () => {
      if (!worker || worker.exitCode !== null || worker.signalCode !== null) worker = startWorker();
      // Whoever takes it up again waits longer after each death; the kills are ours.
      await transaction((tx) => tx.job.updateMany({ where: { status: "pending" }, data: { scheduledAt: null } }));
      return (await jobOf(jobId)).status;
    };
    await expect.poll(state, { timeout: proofTimeout(SLICE, 200_000), interval: 100 }).toBe("completed");
    const generations = await generationsOf(batchId);
    expect(killed).toBe(KILLS);
    expect(generations.filter(({ status }) => status === "succeeded")).toHaveLength(PICTURES);
    expect(new Set(generations.map(({ iconId }) => iconId)).size).toBe(PICTURES);
    expect(await db.icon.count()).toBe(PICTURES);
    expect(server.endpoint.charges).toHaveLength(PICTURES);
    expect(server.endpoint.complaints).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ result: { made: PICTURES, costMicros: PICTURES * 10_000 } });
    expect(readdirSync(join(env().dataFolder, "icon-answers"))).toEqual([]);
    reportProof("icons paid once", { kills: killed, pictures: PICTURES, charges: server.endpoint.charges.length });
  } finally {
    if (worker) await end(worker);
    await server.stop();
  }
});

test("killed again and again, a batch asks for nothing twice of an endpoint that charges for each call", {
  timeout: 120_000,
}, async () => {
  await resetDatabase();
  const pictures = 40;
  const killAt = new Set([5, 17, 29]);
  const server = await startImageEndpoint({
    heedsKeys: false,
    faults: (call) => {
      if (killAt.delete(call)) worker?.kill("SIGKILL");
      return { is: "slow", ms: 40 };
    },
  });
  try {
    await saveEndpoint(server.baseUrl, { heedsKeys: false, concurrency: 6 });
    const making = { provider: "endpoint", size: 32 };
    const { jobId, batchId } = await askIcons({ kind: "categories", ids: await createCategories(pictures) }, making);
    await transaction((tx) => tx.job.updateMany({ data: { maxAttempts: 1_000 } }));
    const ended = async () => {
      if (!worker || worker.exitCode !== null || worker.signalCode !== null) worker = startWorker();
      await transaction((tx) => tx.job.updateMany({ where: { status: "pending" }, data: { scheduledAt: null } }));
      const job = await db.job.findFirstOrThrow({ where: { jobType: generateJob.name }, orderBy: { id: "desc" } });
      return job.status;
    };
    await expect.poll(ended, { timeout: 100_000, interval: 100 }).toBe("completed");
    expect(killAt.size).toBe(0);
    const { charges } = server.endpoint;
    expect(new Set(charges).size).toBe(charges.length);
    const generations = await generationsOf(batchId);
    const lost = generations.filter(({ status }) => status === "failed");
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length + (await db.icon.count())).toBe(pictures);
    for (const { problem, costMicros } of lost) {
      expect(problem).toContain("may be paid a second time");
      expect(costMicros).toBe(10_000);
    }
    expect(await jobOf(jobId)).toMatchObject({ result: { failed: lost.length, costMicros: pictures * 10_000 } });
    expect(readdirSync(join(env().dataFolder, "icon-answers"))).toEqual([]);
    await retryFailed(actor("manager"), { batchId });
    await expect.poll(ended, { timeout: 100_000, interval: 100 }).toBe("completed");
    expect(await db.icon.count()).toBe(pictures);
  } finally {
    if (worker) await end(worker);
    await server.stop();
  }
});
