import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { startFtpServer } from "@/lib/testing/ftp-server";
import { resetDatabase } from "@/lib/testing/reset";
import { createFeedSource } from "../mutations";
import { parseFetchedFiles } from "./fetch-files";
import { requestFetch } from "./request-fetch";

const PASSWORD = "a password of the supplier";
const ROWS = 100;
const until = { timeout: 60_000, interval: 20 };

let root: string;
let workers: ChildProcess[] = [];
let server: Awaited<ReturnType<typeof startFtpServer>>;
beforeEach(async () => {
  await resetDatabase();
  root = mkdtempSync(join(tmpdir(), "stockroom-kill-fetch-"));
  server = await startFtpServer({ root, user: "shop", password: PASSWORD });
});
afterEach(async () => {
  await Promise.all(workers.map(kill));
  workers = [];
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

/** A worker in a process of its own, on this test's database. */
function startWorker() {
  const main = join(import.meta.dirname, "../../cli/main.ts");
  const args = ["--conditions=react-server", "--import", "tsx", main, "worker"];
  const worker = spawn(process.execPath, args, { stdio: "ignore", env: process.env });
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess) {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** A product list of some 2 MB, which a line sends in several pieces. */
function longFeed() {
  const lines = Array.from({ length: ROWS }, (_, n) => `item-${n},Item ${n} ${"x".repeat(20_000)},SKU-${n},9.95`);
  return Buffer.from(`Handle,Body (HTML),SKU,Price,Title\n${lines.map((line, n) => `${line},Item ${n}`).join("\n")}\n`);
}

test("R13 a fetch whose worker is killed in the middle is finished by the next: the rest alone is sent, one run comes of it", async () => {
  const feed = longFeed();
  writeFileSync(join(root, "feed.csv"), feed);
  const stallAt = Math.floor(feed.length / 2);
  /** Of each read, how many bytes were asked for. */
  const asked: number[] = [];
  server.state.faults = (step, bytes) => {
    if (step !== "read") return null;
    asked.push(bytes);
    return asked.length === 1 ? { is: "stall", after: stallAt } : null;
  };
  const { id: sourceId } = await createFeedSource(SYSTEM, {
    name: "Halden",
    kind: "shopify_csv",
    connection: {
      ...{ type: "ftp", host: "127.0.0.1", port: server.port, user: "shop", password: PASSWORD },
      ...{ settleSeconds: 0, timeoutSeconds: 60 },
    },
  });
  const { fetchId, jobId } = await requestFetch(SYSTEM, { sourceId });
  const folder = join(env().dataFolder, "feeds", "fetching", fetchId);
  const arrived = () => {
    const [part] = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.name.startsWith("part-"));
    return part ? statSync(join(folder, part.name)).size : 0;
  };

  const first = startWorker();
  await expect.poll(() => asked.length, until).toBe(1);
  await expect.poll(arrived, until).toBe(stallAt);
  await kill(first);
  expect(await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } })).toMatchObject({ outcome: "running" });
  expect(await db.syncHistory.count()).toBe(0);

  startWorker();
  const outcome = async () => (await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } })).outcome;
  await expect.poll(outcome, until).toBe("received");
  expect(asked).toEqual([feed.length, feed.length - stallAt]);
  const fetch = await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } });
  const hash = createHash("sha256").update(feed).digest("hex");
  expect(parseFetchedFiles(fetch.files)).toMatchObject([{ name: "feed.csv", bytes: feed.length, hash }]);
  const kept = await db.feedFile.findFirstOrThrow({ where: { sourceId } });
  expect(readFileSync(join(env().dataFolder, kept.storagePath)).equals(feed)).toBe(true);

  const runStatus = async () => (await db.syncHistory.findUniqueOrThrow({ where: { id: fetch.runId ?? "" } })).status;
  await expect.poll(runStatus, until).toMatch(/^(review|success|partial|failed)$/);
  const runs = await db.syncHistory.findMany({ select: { id: true, totalItems: true } });
  expect(runs).toEqual([{ id: fetch.runId, totalItems: ROWS }]);
  expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({
    status: "completed",
    attempts: 2,
  });
  const said = await db.jobLine.findMany({ where: { jobId }, select: { text: true } });
  expect(said.map(({ text }) => text)).toContain("the worker died; another takes the job up again");
  expect(readdirSync(join(env().dataFolder, "feeds", "fetching"))).toEqual([]);
}, 180_000);
