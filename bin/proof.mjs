// `npm run proof -- R1 --count 200 [--seed 7] [--engine sqlite|postgresql]`: a claim's tests in full number, with figures.
// Without a claim it tells which there are.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { requireNode } from "./setup/node-version.mjs";

const USAGE = "npm run proof -- <claim> [--count 100] [--seed 7] [--engine sqlite|postgresql]";
/** A text in quotes that begins with claims. */
const TEST_NAME = /(["'`])((?:[ACR]\d+:? )+)((?:(?!\1)[^\n]){8,})\1/g;

requireNode();
const { Refusal, runMain } = await import("./setup/refusal.mjs");
await runMain(async () => {
  const { packageScript } = await import("./setup/project.mjs");
  const { runAttached } = await import("./setup/run.mjs");
  const { ensureCliBundle } = await import("./setup/cli-bundle.mjs");
  const { claim, count, seed, engine } = readArguments();
  if (!claim) {
    process.stdout.write(`${USAGE}\n${listClaims().join("\n")}\n`);
    return;
  }
  const files = testsThatName(claim);
  if (files.length === 0) throw new Refusal(`No test names ${claim}. "npm run proof" lists the claims.`);
  // Installs and generates what lacks, too.
  await ensureCliBundle();
  const folder = mkdtempSync(join(tmpdir(), "stockroom-proof-"));
  const report = join(folder, "figures.jsonl");
  try {
    Object.assign(process.env, { NODE_ENV: "test", STOCKROOM_PROOF_COUNT: count, STOCKROOM_PROOF_REPORT: report });
    if (seed) process.env.STOCKROOM_PROOF_SEED = seed;
    const projects = ["unit", engine, "processes"].flatMap((project) => ["--project", project]);
    const code = await runAttached([
      packageScript("vitest/vitest.mjs"),
      "run",
      ...projects,
      "--testNamePattern",
      `\\b${claim}\\b`,
      ...files,
    ]);
    const figures = existsSync(report)
      ? readFileSync(report, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
    process.stdout.write(
      `${JSON.stringify({ claim, count: Number(count), engine, held: code === 0 && figures.length > 0, figures })}\n`,
    );
    // A claim whose tests ended early tells no figures.
    process.exitCode = figures.length > 0 ? code : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Test files that hold the claim's name: the others need not be loaded. */
function testsThatName(claim) {
  const name = new RegExp(`\\b${claim}\\b`);
  return testFiles().filter((file) => name.test(readFileSync(file, "utf8")));
}

function testFiles() {
  return ["lib", "app", "bench", "bin"].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((file) => join(folder, file))
      .filter((file) => /\.test\.(ts|mjs)$/.test(file)),
  );
}

/** A line per claim that a test's name begins with: R5, the tests, and the first one's name. */
function listClaims() {
  const names = new Map();
  for (const file of testFiles()) {
    for (const [, , codes, name] of readFileSync(file, "utf8").matchAll(TEST_NAME)) {
      for (const claim of codes.match(/\w+/g)) names.set(claim, [...(names.get(claim) ?? []), name]);
    }
  }
  return [...names]
    .sort(([a], [b]) => a[0].localeCompare(b[0]) || Number(a.slice(1)) - Number(b.slice(1)))
    .map(
      ([claim, [first, ...more]]) =>
        `  ${claim.padEnd(5)} ${first}${more.length > 0 ? ` (and ${more.length} more)` : ""}`,
    );
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: "string", default: "100" },
      seed: { type: "string" },
      engine: { type: "string", default: "sqlite" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [claim] = positionals;
  if (values.help || !claim) return {};
  if (!/^[A-Z]+\d+$/.test(claim)) throw new Refusal("Name a claim: npm run proof -- R1 --count 200");
  if (!/^[1-9]\d*$/.test(values.count)) throw new Refusal("--count is a whole number above 0.");
  if (!["sqlite", "postgresql"].includes(values.engine)) throw new Refusal("--engine is sqlite or postgresql.");
  return { claim, ...values };
}
