import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { ensureClients } from "./clients.mjs";
import { ensureInstalled } from "./install.mjs";
import { inProject } from "./project.mjs";

const FOLDER = "dist/cli";
const RECORD = `${FOLDER}/inputs.json`;
/** A package that loads faster from the bundle, and the one that throws outside of the condition set here. */
const BUNDLED = new Set(["zod", "server-only"]);

/** Compiles command line, worker and start into plain JavaScript when their source changed. */
export async function ensureCliBundle() {
  if (isFresh()) return;
  await ensureInstalled();
  await ensureClients();
  const { build, stop } = await import("esbuild");
  const { dependencies } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const external = Object.keys(dependencies).filter((name) => !BUNDLED.has(name));
  // Chunks of earlier builds stay: a running worker may still load one.
  const { metafile } = await build({
    absWorkingDir: inProject("."),
    entryPoints: ["lib/cli/main.ts", "lib/cli/start.ts", "lib/feeds/csv-thread.ts"],
    outdir: FOLDER,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["react-server"],
    // Subpaths too: "next" does not cover "next/server".
    external: [...external, ...external.map((name) => `${name}/*`), "@prisma/driver-adapter-utils"],
    sourcemap: "linked",
    metafile: true,
    logLevel: "error",
  });
  // Else its helper process lives as long as this one.
  await stop();
  const inputs = Object.fromEntries(Object.keys(metafile.inputs).map((file) => [file, stamp(file)]));
  writeFileSync(inProject(RECORD), JSON.stringify(inputs));
}

/** Looks at the times and sizes of the files that went in: the command line has no time to read them. */
function isFresh() {
  const record = inProject(RECORD);
  if (!existsSync(record)) return false;
  const inputs = Object.entries(JSON.parse(readFileSync(record, "utf8")));
  return inputs.every(([file, was]) => stamp(file) === was);
}

function stamp(file) {
  const found = statSync(inProject(file), { throwIfNoEntry: false });
  return found ? `${found.mtimeMs}:${found.size}` : "";
}
