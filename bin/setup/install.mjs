import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inProject } from "./project.mjs";
import { Refusal } from "./refusal.mjs";
import { capture, timed } from "./run.mjs";

const SQLITE_BINARY = "node_modules/better-sqlite3/build/Release/better_sqlite3.node";

/** Brings node_modules to what package-lock.json says, with SQLite compiled for this Node. */
export async function ensureInstalled() {
  if (!isInstalled()) await timed("Installing packages; SQLite is compiled, so this takes a minute or three", install);
  // npm may hold install scripts back, and another Node than the one it was compiled for can't load the binary.
  if (isSqliteLoadable()) return;
  await timed("Compiling SQLite", compileSqlite);
  if (isSqliteLoadable()) return;
  throw new Refusal("SQLite was compiled but can't be loaded by this Node. Remove node_modules and start again.");
}

async function install() {
  const options = ["--include=dev", "--no-audit", "--no-fund"];
  const strict = await npm(["ci", ...options]);
  if (strict.code === 0) return;
  // A lock file made where the registry lacked other platforms' packages is incomplete to `npm ci`, and to nothing else.
  const isIncomplete = strict.output.includes("EUSAGE") && strict.output.includes("from lock file");
  const last = isIncomplete ? await npm(["install", "--no-save", ...options]) : strict;
  refuseFailed(last, "The packages could not be installed. npm's own words stand above.");
}

async function compileSqlite() {
  const build = await npm(["rebuild", "better-sqlite3", "--foreground-scripts"]);
  refuseFailed(
    build,
    "SQLite could not be compiled: python3, make and a C++ compiler are needed. Their words stand above.",
  );
}

function refuseFailed({ code, output }, sentence) {
  if (code === 0) return;
  process.stderr.write(output);
  throw new Refusal(sentence);
}

/** True when npm's own record of what it installed agrees with package-lock.json. */
function isInstalled() {
  const record = inProject("node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    const found = installed[path];
    // Optional packages are those of other platforms.
    return found ? found.version === version : Boolean(optional || devOptional);
  });
}

function isSqliteLoadable() {
  const binary = inProject(SQLITE_BINARY);
  if (!existsSync(binary)) return false;
  try {
    createRequire(import.meta.url)(binary);
    return true;
  } catch (error) {
    // Compiled for another Node: compiling it anew mends that.
    if (error.code === "ERR_DLOPEN_FAILED") return false;
    throw error;
  }
}

function npm(args) {
  // Run by npm, its own script is known; else npm is on the path.
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  return capture(command, [...first, ...args, "--loglevel=error"], { env: compilerEnvironment() });
}

/** Compiles from source with the headers that came with Node, and keeps Prisma from fetching engines it won't need. */
function compilerEnvironment() {
  const nodeFolder = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(nodeFolder, "include/node/node_api.h"));
  return {
    npm_config_build_from_source: "true",
    ...(hasHeaders ? { npm_config_nodedir: nodeFolder } : {}),
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    NODE_ENV: "development",
  };
}
