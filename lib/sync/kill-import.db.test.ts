import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { type SampleFeeds, writeSampleFeeds } from "@/lib/sample/write-sample-feeds";
import { catalogueHash, catalogueHashes } from "@/lib/testing/catalogue-hash";
import { proofCount, proofTimeout, reportProof, seededRandom } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";

const TRIALS = 2;
const PRODUCTS = 400;

let folder: string;
let days: SampleFeeds[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stockroom-kill-"));
  days = [];
  for (const day of [1, 2] as const) {
    days.push(await writeSampleFeeds({ folder: join(folder, String(day)), day, products: PRODUCTS }));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function requestDay(feeds: SampleFeeds) {
  const known = await db.feedSource.findFirst();
  const connection = { type: "upload" as const };
  const sourceId = known?.id ?? (await createFeedSource(SYSTEM, { name: "Etilize", kind: "etilize", connection })).id;
  const files = feeds.etilize.map((path) => ({ path, name: path.split("/").at(-1) ?? "" }));
  return requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove: true });
}

/** A worker in a process of its own, on this test's database. */
function startWorker(): ChildProcess {
  const main = join(import.meta.dirname, "../cli/main.ts");
  const args = ["--conditions=react-server", "--import", "tsx", main, "worker"];
  return spawn(process.execPath, args, { stdio: "ignore", env: process.env });
}

async function kill(worker: ChildProcess) {
  if (worker.exitCode !== null) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

async function until(isSo: () => Promise<boolean>) {
  for (;;) {
    if (await isSo()) return;
    await sleep(5);
  }
}

const statusOf = async (jobId: string) => (await db.job.findUniqueOrThrow({ where: { id: jobId } })).status;

/** Imports a feed with a worker that is killed so many milliseconds into it; answers with the phase that the kill hit. */
async function importKilled(feeds: SampleFeeds, afterMilliseconds: number) {
  const { runId, jobId } = await requestDay(feeds);
  const worker = startWorker();
  await until(async () => (await statusOf(jobId)) !== "pending");
  await sleep(afterMilliseconds);
  await kill(worker);
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const phase = job.status === "completed" ? "after its end" : job.currentStage || "before its first stage";
  await workOff(jobId);
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  return { phase, run };
}

/** The catalogue by table, and all of it with the number of times each product was written. */
async function endState() {
  return { ...(await catalogueHashes()), written: await catalogueHash() };
}

test("R1 an import whose worker is killed anywhere ends as an uninterrupted one", {
  // Two days without a kill come first, however few the trials.
  timeout: 120_000 + proofTimeout(TRIALS, 120_000),
}, async () => {
  await resetDatabase();
  const durations: number[] = [];
  for (const day of days) {
    const { jobId } = await requestDay(day);
    const worker = startWorker();
    await until(async () => (await statusOf(jobId)) === "running");
    const started = performance.now();
    await until(async () => (await statusOf(jobId)) === "completed");
    durations.push(performance.now() - started);
    await kill(worker);
  }
  const expected = await endState();
  const random = seededRandom();
  const phases: Record<string, number> = {};
  const trials = proofCount(TRIALS);
  for (let trial = 0; trial < trials; trial++) {
    await resetDatabase();
    const killedIn: string[] = [];
    for (const [at, day] of days.entries()) {
      const { phase, run } = await importKilled(day, random() * (durations[at] ?? 0));
      phases[phase] = (phases[phase] ?? 0) + 1;
      killedIn.push(phase);
      expect(run.status).toMatch(/success|partial/);
      expect(await db.syncChange.count({ where: { runId: run.id, state: "applied" } })).toBe(run.successful);
    }
    expect(await endState(), `trial ${trial}, killed: ${killedIn.join(", then ")}`).toEqual(expected);
  }
  // A kill that came after the end hit nothing.
  const kills = 2 * trials - (phases["after its end"] ?? 0);
  reportProof("R1", { imports: 2 * trials, kills, products: PRODUCTS, ...phases });
});
