// npm run bench -- writers [--products 100000]: how long twenty people who save wait for their turn while a feed is
// imported, beside the same edits with nothing else going on.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, SYSTEM } from "@/lib/auth/actor";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, disconnect } from "@/lib/db/client";
import { requestFeedImport } from "@/lib/feeds/mutations";
import { writeBenchFeed } from "@/lib/sample/bench-feed";
import { chooseDataFolder } from "./application";
import { ensureCatalogue } from "./catalogue";
import { type Quantiles, quantiles } from "./quantiles";
import { numberOption, printResult } from "./report";

const EDITORS = 20;
/** Between an editor's save and the next, in milliseconds. */
const PAUSE_MS = 500;
/** Without an import, to know what a save costs by itself; in milliseconds. */
const CALM_MS = 15_000;
const BUDGET_P99_MS = 1_000;

interface Edits extends Quantiles {
  saved: number;
  /** Edits that were saved, and whose value is not there at the end. */
  lost: number;
  /** How often each refusal came, by its code or its words. */
  failures: Record<string, number>;
}

const products = numberOption("products", 100_000);
/** People have something to edit from the beginning: a part of the feed is in the catalogue already. */
const known = Math.max(EDITORS, Math.floor(products / 4));
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
let worker: ChildProcess | undefined;
try {
  chooseDataFolder(await ensureCatalogue(folder, known));
  await mkdir(join(folder, "whole"), { recursive: true });
  const feed = (await writeBenchFeed({ folder: join(folder, "whole"), products })).path;
  const calm = await edit("calm", sleep(CALM_MS));
  worker = startWorker();
  const run = importWhole(feed);
  const busy = await edit("busy", run);
  const { seconds } = await run;
  const row = (measured: string, { p50, p99, max, saved, lost, failures }: Edits) => ({
    ...{ measured, saves: saved, lost, "p50 ms": p50, "p99 ms": p99, "max ms": max },
    refused: Object.values(failures).reduce((sum, count) => sum + count, 0),
  });
  printResult([row("nothing else going on (floor)", calm), row("during an import", busy)], {
    ...{ bench: "writers", editors: EDITORS, products, known, import: { seconds }, floor: calm, busy },
    ratio: { p50: busy.p50 / calm.p50, p99: busy.p99 / calm.p99 },
    ...{ budget: { p99Ms: BUDGET_P99_MS }, cpus: cpus().length, node: process.version },
  });
  if (busy.lost > 0 || Object.keys(busy.failures).length > 0) process.exitCode = 1;
} finally {
  if (worker) {
    worker.kill("SIGTERM");
    await once(worker, "exit");
  }
  await disconnect();
  rmSync(folder, { recursive: true, force: true });
}

/** Twenty people, each at a product of their own, until `end` is over. */
async function edit(name: string, end: Promise<unknown>): Promise<Edits> {
  const chosen = await db.product.findMany({
    select: { id: true, seoTitle: true },
    orderBy: { id: "asc" },
    take: EDITORS,
  });
  let isOver = false;
  const over = end.finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  const failures: Record<string, number> = {};
  let lost = 0;
  const editors = chosen.map(async ({ id, seoTitle }, at) => {
    let from = seoTitle;
    // Not all in the same moment.
    await sleep((at * PAUSE_MS) / EDITORS);
    for (let count = 0; !isOver; count++) {
      const to = `${name} ${count}`;
      const began = performance.now();
      try {
        await updateProduct(person(at), { id, changes: { seoTitle: { from, to } }, metafields: [] });
        from = to;
        times.push(performance.now() - began);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        failures[words] = (failures[words] ?? 0) + 1;
      }
      await sleep(PAUSE_MS);
    }
    const now = await db.product.findUniqueOrThrow({ where: { id }, select: { seoTitle: true } });
    if (now.seoTitle !== from) lost++;
  });
  await Promise.all([...editors, over]);
  return { ...quantiles(times), saved: times.length, lost, failures };
}

function person(at: number): Actor {
  const name = `Editor ${at + 1}`;
  return {
    ...{ kind: "user", userId: `editor-${at}`, email: `${at}@example.com`, name, role: "manager" },
    ...{ sessionId: null, scopes: ["read", "write"] },
  } as const;
}

function startWorker() {
  const program = join(import.meta.dirname, "..", "dist", "cli", "main.js");
  return spawn(process.execPath, ["--max-old-space-size=256", program, "worker"], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: "ignore",
  });
}

/** The whole feed through a worker in a process of its own, as `npm start` has one. */
async function importWhole(path: string) {
  const source = await db.feedSource.findFirstOrThrow({ select: { id: true } });
  const began = performance.now();
  const request = { sourceId: source.id, files: [{ path, name: "feed.zip" }], dryRun: false, autoApprove: true };
  const { runId } = await requestFeedImport(SYSTEM, request);
  for (;;) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
    if (run.status !== "pending" && run.status !== "running") {
      if (run.status !== "success") throw new Error(`The import ended as ${run.status}.`);
      return { seconds: Math.round((performance.now() - began) / 1_000) };
    }
    await sleep(500);
  }
}
