import { rmSync } from "node:fs";
import { fingerprint, unlessUnchanged } from "./fingerprint.mjs";
import { inProject, packageScript } from "./project.mjs";
import { mustRun, timed } from "./run.mjs";

const MARKER = ".next/stockroom-build";
const INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the web application when its source is newer than the last build. */
export async function ensureBuilt() {
  const print = fingerprint(INPUTS, (file) => !/\.test\.tsx?$/.test(file));
  await unlessUnchanged(MARKER, print, () => {
    // A build cut short must not pass for one.
    rmSync(inProject(MARKER), { force: true });
    return timed("Building the pages", () =>
      mustRun(
        process.execPath,
        [packageScript("next/dist/bin/next"), "build"],
        "The pages could not be built. The reason stands above.",
        { env: { NODE_ENV: "production" } },
      ),
    );
  });
}
