// `npm test`: every check, from a fresh clone; `npm test -- unit e2e`: those alone.
import { requireNode } from "./setup/node-version.mjs";

requireNode();
const { runMain } = await import("./setup/refusal.mjs");
const { runChecks } = await import("./checks/run-checks.mjs");
await runMain(() => runChecks(process.argv.slice(2)));
