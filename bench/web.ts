// npm run bench -- web [--products 100000]: what each page weighs beside a bare application of this stack, and
// how long people wait at 20 requests a second while a feed is imported.
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { db, disconnect } from "@/lib/db/client";
import { requestFeedImport } from "@/lib/feeds/mutations";
import { formatPercent } from "@/lib/format";
import { writeBenchFeed } from "@/lib/sample/bench-feed";
import { type Application, chooseDataFolder, startApplication } from "./application";
import { startBareApp } from "./bare-app";
import { ensureCatalogue } from "./catalogue";
import { makeThings } from "./make-things";
import { loadOpen, type OpenLoad } from "./open-loop";
import { type PageWeight, weighPage } from "./page-weight";
import { type PageToWeigh, pagesToWeigh } from "./pages-to-weigh";
import { takeSample } from "./read-sample";
import { numberOption, printResult } from "./report";

const PER_SECOND = 20;
const WARM_UP_ROUNDS = 40;
/** Before the import, to know what the same load costs without one; in milliseconds. */
const CALM_MS = 15_000;
const BUDGET = { pageBytes: 100_000, jsGzipBytes: 200 * 1024, p99Ms: 250 };

const products = numberOption("products", 100_000);
/** People have something to look at from the beginning: a part of the feed is in the catalogue already. */
const known = Math.max(1, Math.floor(products / 4));
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  const data = await ensureCatalogue(folder, known);
  chooseDataFolder(data);
  await makeThings();
  const { paths, pages } = placesOf(data);
  const bare = await measureBare();
  const application = await startApplication(data);
  const measured = await measure(application, paths, pages).finally(() => application.stop());
  await disconnect();
  const { weights, calm, busy } = measured;
  const rows = [
    ...weightRows(bare, weights),
    loadRow("a bare page, calm", bare.calm),
    ...loadRows("calm", calm),
    ...loadRows("during an import", busy),
  ];
  const over = Object.keys(weights).filter((page) => (weights[page]?.jsGzipBytes ?? 0) > BUDGET.jsGzipBytes);
  printResult(rows, {
    bench: "web",
    over,
    bare,
    ...measured,
    perSecond: PER_SECOND,
    budget: BUDGET,
    cpus: cpus().length,
    node: process.version,
  });
  // Figures of a server that refuses people are none.
  if (over.length > 0 || Object.keys({ ...calm.failures, ...busy.failures }).length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(application: Application, paths: string[], pages: PageToWeigh[]) {
  const weights = await weighPages(application, pages);
  await warmUp(application, paths);
  const calm = await load(application, paths, sleep(CALM_MS));
  // Written before the load: while people wait, this process is to do nothing but ask.
  const feed = await writeWhole();
  const run = importWhole(feed);
  const busy = await load(application, paths, run);
  return { weights, calm, busy, import: { products, known, ...(await run) } };
}

/** One request after another, until the server's code has been compiled: a server that people use has been. */
async function warmUp({ url, cookie }: Application, paths: string[]) {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const path of paths) await (await fetch(url + path, { headers: { cookie } })).arrayBuffer();
  }
}

/** What people look at most — the list, a category, a search, products —, and every page to be weighed. */
function placesOf(data: string) {
  const database = new Database(join(data, "stockroom.db"), { readonly: true });
  const sample = takeSample(database);
  const pages = pagesToWeigh(database);
  database.close();
  const paths = [
    "/catalog",
    `/catalog/${sample.subtree.path}`,
    `/catalog?q=${encodeURIComponent(sample.words(0))}`,
    `/products/${sample.productId(0)}`,
    "/",
  ];
  return { paths, pages };
}

/** What the stack and the machine cost by themselves. */
async function measureBare() {
  const { url, stop } = await startBareApp();
  try {
    return { ...(await weighPage(url, {})), calm: await load({ url, cookie: "" }, ["/"], sleep(CALM_MS)) };
  } finally {
    await stop();
  }
}

/** One after another, each in a browser of its own that has seen nothing yet. */
async function weighPages({ url, cookie }: Application, pages: PageToWeigh[]) {
  const weights: Record<string, PageWeight> = {};
  for (const { page, path, isPublic } of pages) {
    const row = page.startsWith("/catalog") ? "table tbody tr a" : "h1";
    weights[page] = await weighPage(url + path, { cookie: isPublic ? "" : cookie, row });
  }
  return weights;
}

/** The load until `end` is over. */
async function load({ url, cookie }: Pick<Application, "url" | "cookie">, paths: string[], end: Promise<unknown>) {
  const ended = new AbortController();
  const over = end.finally(() => ended.abort());
  const urls = paths.map((path) => url + path);
  const [found] = await Promise.all([loadOpen({ cookie, perSecond: PER_SECOND, urls, signal: ended.signal }), over]);
  return found;
}

async function writeWhole() {
  await mkdir(join(folder, "whole"), { recursive: true });
  return (await writeBenchFeed({ folder: join(folder, "whole"), products })).path;
}

/** The whole feed through the application's own worker. */
async function importWhole(path: string) {
  const source = await db.feedSource.findFirstOrThrow({ select: { id: true } });
  const started = performance.now();
  const request = { sourceId: source.id, files: [{ path, name: "feed.zip" }], dryRun: false, autoApprove: true };
  const { runId } = await requestFeedImport(SYSTEM, request);
  for (;;) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
    const { status, created, unchanged } = run;
    if (status !== "pending" && status !== "running") {
      if (status !== "success") throw new Error(`The import ended as ${status}.`);
      return { status, created, unchanged, seconds: Math.round((performance.now() - started) / 1_000) };
    }
    await sleep(500);
  }
}

function weightRows(bare: PageWeight, weights: Record<string, PageWeight>) {
  const kib = (bytes: number) => Math.round(bytes / 1024);
  const row = (of: string, weight: PageWeight) => ({
    measured: of,
    "HTML KB": Math.round(weight.htmlBytes / 1_000),
    "more RSC KB": Math.round(weight.rscBytes / 1_000),
    "JS KiB gzip": kib(weight.jsGzipBytes),
    "of its budget": formatPercent((100 * weight.jsGzipBytes) / BUDGET.jsGzipBytes),
    "first row ms": weight.firstRowMs,
  });
  const heaviestFirst = Object.entries(weights).toSorted(([, a], [, b]) => b.jsGzipBytes - a.jsGzipBytes);
  return [row("a bare page", bare), ...heaviestFirst.map(([page, weight]) => row(page, weight))];
}

function loadRows(when: string, { perUrl, ...all }: OpenLoad) {
  return [
    ...perUrl.map(({ url, ...each }) => loadRow(`${addressOf(url)}, ${when}`, each)),
    loadRow(`all, ${when}`, all),
  ];
}

function loadRow(measured: string, { p50, p99, max }: { p50: number; p99: number; max: number }) {
  return { measured, "p50 ms": p50, "p99 ms": p99, "max ms": max };
}

function addressOf(url: string) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
