// npm run bench -- read [--products 100000] [--runs 300] [--keep folder] [--http no] [--only pattern]: the catalogue's questions, each in this process
// beside the bare SQL, then pages and REST over HTTP against the built application.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import Database from "better-sqlite3";
import { db, disconnect } from "@/lib/db/client";
import { wordsJob } from "@/lib/search/words-job";
import { quietContext } from "@/lib/testing/kill";
import { chooseDataFolder, startApplication } from "./application";
import { ensureCatalogue } from "./catalogue";
import { loadClosed } from "./closed-loop";
import { type Quantiles, quantiles, rounded } from "./quantiles";
import type { Question } from "./question";
import { questions } from "./read-questions";
import { type Sample, takeSample } from "./read-sample";
import { numberOption, printResult, textOption } from "./report";

const WARM_UP = 5;
/** What an answer may take beside the bare SQL of the same run: so many times, and so many milliseconds more. */
const TIMES = 2;
const MORE_MS = 10;
/** A question that takes long is asked until then, and this often at least. */
const ENOUGH_MS = 10_000;
const FEWEST = 5;
const CONNECTIONS = 10;
const SECONDS_EACH = 10;

const products = numberOption("products", 100_000);
const runs = numberOption("runs", 300);
const kept = textOption("keep");
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  const data = await ensureCatalogue(folder, products);
  chooseDataFolder(data);
  const database = new Database(join(data, "stockroom.db"), { readonly: true });
  database.pragma("cache_size = -32768");
  await learnWords();
  const sample = takeSample(database);
  const inProcess = [];
  const only = new RegExp(textOption("only") ?? "");
  for (const question of questions(database, sample).filter(({ name }) => only.test(name)))
    inProcess.push(await measure(question));
  const { version } = database.prepare<[], { version: string }>("SELECT sqlite_version() AS version").get() ?? {};
  database.close();
  const http = textOption("http") === "no" ? [] : await measureHttp(data, sample);
  await disconnect();
  printResult([...inProcess.map(processRow), ...http.map(httpRow)], {
    bench: "read",
    products,
    runs,
    ratio: Object.fromEntries(inProcess.map(({ name, ours, bare }) => [name, rounded(bare.p50 / ours.p50)])),
    over: inProcess.filter(isOver).map(({ name }) => name),
    inProcess,
    http,
    connections: CONNECTIONS,
    cpus: cpus().length,
    node: process.version,
    sqlite: version,
  });
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true });
}

/** Ours and the bare SQL by turns, so that whatever else the machine does falls on both. */
async function measure({ name, ours, bare }: Question) {
  process.stderr.write(`${name}\n`);
  const begun = performance.now();
  const times = { ours: [] as number[], bare: [] as number[], held: [] as number[] };
  for (let run = -WARM_UP; run < runs; run += 1) {
    const at = run + WARM_UP;
    const started = performance.now();
    if (started - begun > ENOUGH_MS) {
      // What takes so long is as warm as it gets.
      if (run < 0) run = 0;
      if (times.ours.length >= FEWEST) break;
    }
    // Who comes first reads from the disk for both.
    const isFirst = at % 2 === 0;
    if (!isFirst) bare(at);
    const between = performance.now();
    const idle = performance.eventLoopUtilization();
    await ours(at);
    const answered = performance.now();
    const { active } = performance.eventLoopUtilization(idle);
    if (isFirst) bare(at);
    if (run < 0) continue;
    times.ours.push(answered - between);
    times.held.push(active);
    times.bare.push(isFirst ? performance.now() - answered : between - started);
  }
  return { name, ours: quantiles(times.ours), bare: quantiles(times.bare), held: quantiles(times.held) };
}

/** As the worker does behind an import. */
async function learnWords() {
  if ((await db.searchWord.count()) > 0) return;
  await wordsJob.handle({}, quietContext());
}

async function measureHttp(data: string, sample: Sample) {
  const application = await startApplication(data);
  try {
    const found = [];
    for (const [name, path] of [
      ["GET /catalog", "/catalog"],
      ["GET /catalog, a subtree", `/catalog/${sample.subtree.path}`],
      ["GET /api/products", "/api/products"],
    ] as const) {
      const { url, cookie } = application;
      const load = await loadClosed(url + path, { cookie, connections: CONNECTIONS, seconds: SECONDS_EACH });
      found.push({ name, ...load });
    }
    return found;
  } finally {
    await application.stop();
  }
}

function isOver({ ours, bare }: { ours: Quantiles; bare: Quantiles }) {
  return ours.p50 > TIMES * bare.p50 + MORE_MS;
}

/** What is `held` nobody else's answer can use: the process's own part, without that of its reading threads. */
function processRow(measured: { name: string; ours: Quantiles; bare: Quantiles; held: Quantiles }) {
  const { name, ours, bare, held } = measured;
  return {
    question: name,
    "p50 ms": ours.p50,
    "p95 ms": ours.p95,
    "held p95": held.p95,
    "bare p50": bare.p50,
    "bare p95": bare.p95,
    [`over ${TIMES} x + ${MORE_MS}`]: isOver(measured) ? "over" : "",
  };
}

function httpRow({ name, perSecond, p50, p99 }: { name: string; perSecond: number; p50: number; p99: number }) {
  return { question: name, "p50 ms": p50, "p99 ms": p99, "requests/s": perSecond };
}
