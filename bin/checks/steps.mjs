import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureChromium } from "../setup/chromium.mjs";
import { ensureCliBundle } from "../setup/cli-bundle.mjs";
import { ensureBuilt } from "../setup/next-build.mjs";
import { packageScript } from "../setup/project.mjs";
import { capture } from "../setup/run.mjs";
import { findWrongDirections } from "./directions.mjs";

/**
 * What a step found: whether all is well, its output, and counts where it ran tests.
 * @typedef {{ok: boolean, output: string, passed?: number, failed?: number, skipped?: string[]}} Finding
 */

/** Every check of the project, cheapest first. */
export const STEPS = {
  lint: () => tool("@biomejs/biome/bin/biome", ["ci", "--colors=off"]),
  types,
  unused: () => tool("knip/bin/knip.js", ["--no-progress"]),
  directions,
  schema,
  unit: () => vitest("unit"),
  components: () => vitest("components"),
  sqlite: () => vitest("sqlite"),
  postgresql: () => vitest("postgresql"),
  build,
  processes: () => build().then(() => vitest("processes")),
  e2e,
};

async function tool(script, args, env) {
  const { code, output } = await capture(process.execPath, [packageScript(script), ...args], { env });
  return { ok: code === 0, output };
}

async function types() {
  const routes = await tool("next/dist/bin/next", ["typegen"]);
  return routes.ok ? tool("typescript/bin/tsc", ["--noEmit", "--incremental", "false", "--pretty", "false"]) : routes;
}

async function directions() {
  const wrong = await findWrongDirections();
  return { ok: wrong.length === 0, output: wrong.join("\n") };
}

async function schema() {
  // Validating needs no schema engine, but the CLI would fetch one; any existing file keeps it from trying.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  for (const folder of ["prisma/schema", "prisma/generated/postgresql-schema"]) {
    const found = await tool("prisma/build/index.js", ["validate", "--schema", folder], env);
    if (!found.ok) return found;
  }
  return { ok: true, output: "" };
}

async function build() {
  await ensureCliBundle();
  await ensureBuilt();
  return { ok: true, output: "" };
}

async function vitest(project) {
  return withReport(async (report) => {
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return tool("vitest/vitest.mjs", [...args, "--passWithNoTests"], { NODE_ENV: "test" });
  }, vitestCounts);
}

function vitestCounts({ success, numPassedTests, numFailedTests, testResults }) {
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "pending" || status === "skipped" || status === "todo")
    .map(({ fullName }) => fullName);
  return { ok: success, passed: numPassedTests, failed: numFailedTests, skipped };
}

async function e2e() {
  await build();
  const executable = await ensureChromium();
  return withReport((report) => {
    const env = {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      STOCKROOM_CHROMIUM: executable,
      // Goes with the report when all is done.
      STOCKROOM_E2E_DATA: join(dirname(report), "data"),
    };
    return tool("@playwright/test/cli.js", ["test", "--reporter=list,json"], env);
  }, playwrightCounts);
}

function playwrightCounts({ stats, suites }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const skipped = suites
    .flatMap(specs)
    .filter(({ tests }) => tests.every(({ status }) => status === "skipped"))
    .map(({ title }) => title);
  return { ok: stats.unexpected === 0, passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped };
}

/** Runs tests that leave a report in JSON; without one the run itself broke. */
async function withReport(run, counts) {
  const folder = mkdtempSync(join(tmpdir(), "stockroom-report-"));
  const report = join(folder, "report.json");
  try {
    const finding = await run(report);
    if (!existsSync(report)) return { ...finding, ok: false };
    const counted = counts(JSON.parse(readFileSync(report, "utf8")));
    // The exit code alone is no proof: a library that hears the end may set another one.
    return { ...finding, ...counted, ok: finding.ok && counted.ok };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
