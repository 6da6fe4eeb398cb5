import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { inProject } from "./project.mjs";
import { Refusal } from "./refusal.mjs";
import { mustRun, timed } from "./run.mjs";

const SQLITE_BINARY = "node_modules/better-sqlite3/build/Release/better_sqlite3.node";

/** Brings node_modules to what package-lock.json says, with SQLite compiled for this Node. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    await timed("Installing packages; SQLite is compiled, so this takes a minute or three", () =>
      npm(
        ["ci", "--include=dev", "--no-audit", "--no-fund"],
        "The packages could not be installed. npm's own words stand above.",
      ),
    );
  }
  // npm may hold install scripts back, and another Node than the one it was compiled for can't load the binary.
  if (isSqliteLoadable()) return;
  const failure =
    "SQLite could not be compiled: python3, make and a C++ compiler are needed. The compiler's words stand above.";
  await timed("Compiling SQLite", () => npm(["rebuild", "better-sqlite3", "--foreground-scripts"], failure));
  if (!isSqliteLoadable())
    throw new Refusal("SQLite was compiled but can't be loaded by this Node. Remove node_modules and start again.");
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

function npm(args, failure) {
  // Run by npm, its own script is known; else npm is on the path.
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  return mustRun(command, [...first, ...args, "--loglevel=error"], failure, { env: compilerEnvironment() });
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
