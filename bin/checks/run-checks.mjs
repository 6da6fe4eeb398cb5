import { ensureClients } from "../setup/clients.mjs";
import { ensureInstalled } from "../setup/install.mjs";
import { Refusal } from "../setup/refusal.mjs";

/** How much of a failed step's output is shown, in characters: its end says most. */
const OUTPUT_SHOWN = 40_000;

/** Runs the named steps, or all: a line for each, the output of the first that fails, and the sum of the tests. */
export async function runChecks(names) {
  await ensureInstalled();
  await ensureClients();
  const { STEPS } = await import("./steps.mjs");
  const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
  if (unknown.length > 0) {
    throw new Refusal(`There is no step "${unknown.join('", "')}". Steps: ${Object.keys(STEPS).join(", ")}.`);
  }
  const sum = { passed: 0, failed: 0 };
  for (const [name, step] of Object.entries(STEPS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stdout.write(`${name.padEnd(11)} `);
    const began = Date.now();
    const finding = await run(step);
    sum.passed += finding.passed ?? 0;
    sum.failed += finding.failed ?? 0;
    process.stdout.write(`${verdict(finding)}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    for (const title of finding.skipped ?? []) process.stdout.write(`            skipped: ${title}\n`);
    if (isFailed(finding)) {
      process.stdout.write(`\n${finding.output.slice(-OUTPUT_SHOWN)}\n`);
      process.exitCode = 1;
      break;
    }
  }
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
}

/** A step that throws has failed like one that found something. */
async function run(step) {
  try {
    return await step();
  } catch (error) {
    return { ok: false, output: error instanceof Refusal ? error.message : String(error.stack) };
  }
}

/** Under CI the real data must be there: a test skipped for its lack proves nothing. */
function isFailed({ ok, skipped = [] }) {
  return !ok || (isCi() && skipped.some((title) => title.includes("STOCKROOM_SHARED_DATA")));
}

function verdict(finding) {
  const tests = finding.passed === undefined ? "" : ` (${finding.passed} passed, ${finding.failed} failed)`;
  const isOnlySkipped = finding.ok && isFailed(finding);
  const word = isOnlySkipped ? "FAILED: tests lack their data under CI" : isFailed(finding) ? "FAILED" : "ok";
  return `${word}${tests}`;
}

function isCi() {
  return process.env.CI === "true" || process.env.CI === "1";
}
