// The catalogue that a bench asks: a generated feed through the real import, in a process of its own.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { writeBenchFeed } from "@/lib/sample/bench-feed";

export interface Measured {
  seconds: number;
  peakRssMb: number;
  status: string;
  created: number;
  updated: number;
  unchanged: number;
}

const result = z.object({ status: z.string(), created: z.number(), updated: z.number(), unchanged: z.number() });

/** As `npm start` gives it to the worker (bin/serve/start.mjs). */
const WORKER_HEAP = ["--max-old-space-size=192", "--max-semi-space-size=32"];
const WORKER_MALLOC = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: String(2 ** 20) };

/** Runs the command line on `<folder>/data`, with the worker's heap. */
export function startCli(folder: string, args: string[]) {
  const program = join(import.meta.dirname, "..", "dist", "cli", "main.js");
  const data = { STOCKROOM_DATA: join(folder, "data"), DATABASE_URL: "", NODE_OPTIONS: "" };
  const env = { ...process.env, ...WORKER_MALLOC, ...data };
  if (!existsSync(join(folder, "data", "stockroom.db"))) {
    execFileSync(process.execPath, [program, "init"], { env, stdio: "ignore" });
  }
  return spawn(process.execPath, [...WORKER_HEAP, program, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
}

export function importArguments(feed: string) {
  return ["feed", "import", feed, "--source", "shopify-csv", "--yes", "--json"];
}

/**
 * Imports one feed into `<folder>/data` by the command line, which works the job itself as the worker does; the memory
 * is that process's own, the seconds those from the order to the job's end: a worker has its start behind it.
 * @throws {Error} when the import ends as anything but a success
 */
export async function importFeed(folder: string, feed: string): Promise<Measured> {
  // Its first call makes the database, which is no part of the import.
  await once(startCli(folder, ["--version"]), "close");
  const child = startCli(folder, importArguments(feed));
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  let peakRssMb = 0;
  const watch = setInterval(() => {
    peakRssMb = Math.max(peakRssMb, peakRss(child.pid));
  }, 200);
  await once(child, "close");
  clearInterval(watch);
  const run = result.parse(JSON.parse(output));
  if (run.status !== "success") throw new Error(`The import ended as ${run.status}: ${output}`);
  return { ...run, seconds: secondsOfLastJob(folder), peakRssMb };
}

function secondsOfLastJob(folder: string) {
  const database = new Database(join(folder, "data", "stockroom.db"), { readonly: true });
  const milliseconds = database
    .prepare(`SELECT "completedAt" - "createdAt" FROM "Job" ORDER BY "createdAt" DESC LIMIT 1`)
    .pluck()
    .get();
  database.close();
  return Number(milliseconds) / 1000;
}

/** A process's largest resident set so far, in MB, as Linux counts it; 0 once it is gone. */
export function peakRss(pid: number | undefined) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1] ?? 0;
  return Math.round(Number(kilobytes) / 1024);
}

/** A data folder with these feeds in it, in their order; one that is there already is taken as it is. */
export async function ensureImported(folder: string, feeds: { format: string; path: string }[]): Promise<string> {
  const data = join(folder, "data");
  if (existsSync(join(data, "stockroom.db"))) return data;
  for (const { format, path } of feeds) {
    const child = startCli(folder, ["feed", "import", path, "--source", format, "--yes", "--json"]);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`The feed ${path} was not imported: the command line ended with ${code}.`);
  }
  return data;
}

/** A data folder with that many products; one that is there already is taken as it is. */
export async function ensureCatalogue(folder: string, products: number): Promise<string> {
  const data = join(folder, "data");
  if (existsSync(join(data, "stockroom.db"))) return data;
  await mkdir(join(folder, "feed"), { recursive: true });
  const { path } = await writeBenchFeed({ folder: join(folder, "feed"), products });
  await importFeed(folder, path);
  return data;
}
