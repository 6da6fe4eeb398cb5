import { fingerprint, unlessUnchanged } from "./fingerprint.mjs";
import { inProject } from "./project.mjs";
import { mustRun } from "./run.mjs";

/** Generates the database clients when the schema is newer than they are. */
export async function ensureClients() {
  const print = fingerprint(["prisma/schema", "bin/generate.mjs", "node_modules/prisma/package.json"]);
  await unlessUnchanged("prisma/generated/.fingerprint", print, () =>
    mustRun(process.execPath, [inProject("bin/generate.mjs")], "The database clients could not be generated."),
  );
}
