// `npm run bench -- import --products 1000`: runs bench/import.ts; `npm run proof -- <claim>`: bench/proofs/<claim>.ts.
import { existsSync, readdirSync } from "node:fs";
import { requireNode } from "./setup/node-version.mjs";

requireNode();
const { Refusal, runMain } = await import("./setup/refusal.mjs");
await runMain(async () => {
  const [folder, name, ...options] = process.argv.slice(2);
  const { inProject } = await import("./setup/project.mjs");
  const { ensureCliBundle } = await import("./setup/cli-bundle.mjs");
  const { runAttached } = await import("./setup/run.mjs");
  if (!name || !existsSync(inProject(folder, `${name}.ts`))) {
    throw new Refusal(`There is no "${name ?? ""}". Choose one of: ${namesIn(inProject(folder)).join(", ")}.`);
  }
  // Installs and generates what lacks, too.
  await ensureCliBundle();
  const script = inProject(folder, `${name}.ts`);
  process.exitCode = await runAttached(["--conditions=react-server", "--import", "tsx", script, ...options]);
});

function namesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length));
}
