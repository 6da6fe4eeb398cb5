// `npm run bench -- import --products 1000`: compiles what lacks, then runs the bench of that name.
import { requireNode } from "./setup/node-version.mjs";

requireNode();
const { runMain } = await import("./setup/refusal.mjs");
await runMain(async () => {
  const { inProject } = await import("./setup/project.mjs");
  const { ensureCliBundle } = await import("./setup/cli-bundle.mjs");
  const { runAttached } = await import("./setup/run.mjs");
  // Installs and generates what lacks, too.
  await ensureCliBundle();
  const script = inProject("bench/run.ts");
  process.exitCode = await runAttached([
    "--conditions=react-server",
    "--import",
    "tsx",
    script,
    ...process.argv.slice(2),
  ]);
});
