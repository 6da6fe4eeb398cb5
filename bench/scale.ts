// npm run bench -- scale [--products 1000000]: whether an import stays as quick and as small from its first product to
// its last, what a killed worker costs, and what a feed ten times as big takes; the floor is that of a tenth.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type Database from "better-sqlite3";
import { migrate } from "@/lib/db/migrate";
import { writeBenchFeed } from "@/lib/sample/bench-feed";
import { importArguments, importFeed, peakRss, startCli } from "./catalogue";
import { floorFirst } from "./import-floor";
import { numberOption, printResult, textOption } from "./report";
import { type Look, lookAt, openBeside, ratesPer, timeSpent } from "./watch-import";

const products = numberOption("products", 1_000_000);
const tenth = Math.ceil(products / 10);
const step = Math.min(100_000, tenth);
const root = mkdtempSync(join(textOption("folder") ?? tmpdir(), "stockroom-scale-"));
try {
  const small = await measureTenth();
  const big = await measureWhole();
  printResult(
    Object.entries(big.rates).flatMap(([stage, rates]) =>
      rates.map((rate, at) => ({
        stage,
        products: `${((at + 1) * step).toLocaleString("en")}`,
        "products/s": rate,
        "of first": `${Math.round((100 * rate) / (rates[0] ?? rate))} %`,
      })),
    ),
    {
      bench: "scale",
      products,
      seconds: big.seconds,
      peakRssMb: { [tenth]: small.peakRssMb, [products]: big.peakRssMb },
      feedBytes: { [tenth]: small.feedBytes, [products]: big.feedBytes },
      killed: big.killed,
      spent: big.spent,
      productsPerSecond: Math.round(products / big.seconds),
      floorPerSecond: Math.round(tenth / small.floorSeconds),
      ratioOfTenth: small.floorSeconds / small.seconds,
      cpus: cpus().length,
      node: process.version,
    },
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function writeFeed(folder: string, count: number) {
  const { path } = await writeBenchFeed({ folder: join(folder, "feed"), products: count });
  return path;
}

/** A tenth of the products, in one go, beside its raw floor. */
async function measureTenth() {
  const folder = join(root, "tenth");
  const feed = await writeFeed(folder, tenth);
  const { seconds, peakRssMb } = await importFeed(folder, feed);
  const scratch = join(folder, "floor");
  await mkdir(scratch, { recursive: true });
  const database = join(folder, "floor.db");
  await migrate(`file:${database}`);
  const floorSeconds = await floorFirst(database, feed, scratch);
  const feedBytes = textBytes(folder);
  rmSync(folder, { recursive: true, force: true });
  return { seconds, peakRssMb, floorSeconds, feedBytes };
}

/** All products; the worker is killed once half of the changes are applied, and another goes on. */
async function measureWhole() {
  const folder = join(root, "whole");
  const feed = await writeFeed(folder, products);
  const first = await watched(
    folder,
    importArguments(feed),
    (look) => look.stage === "Applying" && look.done * 2 > products,
  );
  const atKill = counted(folder);
  const second = await watched(folder, ["worker"], (_, database) => isOver(database));
  const atEnd = counted(folder);
  if (atEnd.status !== "success") throw new Error(`The import ended as ${atEnd.status}.`);
  return {
    seconds: first.seconds + second.seconds,
    peakRssMb: Math.max(first.peakRssMb, second.peakRssMb),
    feedBytes: textBytes(folder),
    rates: withBoth({
      "Reading and comparing": ratesPer(step, [first.looks], "Reading and comparing"),
      Applying: ratesPer(step, [first.looks, second.looks], "Applying"),
    }),
    killed: {
      changesApplied: atKill.applied,
      appliedTwice: atEnd.settled - atEnd.applied,
      products: atEnd.products,
    },
    spent: timeSpent(folder),
  };
}

/**
 * The rates of the stages, and what each hundred thousand products take in both; a worker that goes on counts what is
 * left, so its applying stands beside the first one's, and the last hundred thousands have no rate of their own.
 */
function withBoth(rates: Record<"Reading and comparing" | "Applying", number[]>): Record<string, number[]> {
  const both = rates["Reading and comparing"].flatMap((rate, at) => {
    const applying = rates.Applying[at];
    return applying ? [Math.round(1 / (1 / rate + 1 / applying))] : [];
  });
  return { ...rates, "From end to end": both };
}

/** Runs a process until `until`, then kills it as a power cut would; a process that ended by itself is left. */
async function watched(folder: string, args: string[], until: (look: Look, database: Database.Database) => boolean) {
  await once(startCli(folder, ["--version"]), "close");
  const started = performance.now();
  const child = startCli(folder, args);
  child.stdout.resume();
  const closed = once(child, "close");
  const looks: Look[] = [];
  let peakRssMb = 0;
  const database = openBeside(folder);
  let last = lookAt(database);
  while (child.exitCode === null) {
    await sleep(200);
    peakRssMb = Math.max(peakRssMb, peakRss(child.pid));
    const look = lookAt(database);
    if (!look) continue;
    if (look.stage !== last?.stage || look.done !== last.done) looks.push(look);
    last = look;
    if (until(look, database)) break;
  }
  child.kill("SIGKILL");
  await closed;
  database.close();
  return { seconds: (performance.now() - started) / 1000, peakRssMb, looks };
}

function isOver(database: Database.Database) {
  return !["pending", "running"].includes(String(database.prepare(`SELECT "status" FROM "SyncHistory"`).pluck().get()));
}

/** The size of what was read, unpacked. */
function textBytes(folder: string) {
  const database = openBeside(folder);
  const bytes = database.prepare(`SELECT sum("bytes") FROM "SyncFile"`).pluck().get();
  database.close();
  return Number(bytes);
}

/** What the database holds: changes applied, how many the batches' audit entries speak of, products. */
function counted(folder: string) {
  const database = openBeside(folder);
  const one = (sql: string) => database.prepare(sql).pluck().get();
  const settled = one(`SELECT sum("after"->>'$.applied') FROM "AuditEntry" WHERE "action" = 'sync.apply'`);
  const found = {
    status: String(one(`SELECT "status" FROM "SyncHistory"`)),
    applied: Number(one(`SELECT count(*) FROM "SyncChange" WHERE "state" = 'applied'`)),
    settled: Number(settled),
    products: Number(one(`SELECT count(*) FROM "Product"`)),
  };
  database.close();
  return found;
}
