// The smallest application of this stack: what every page carries before it shows anything.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, startServer } from "./child-server";

const ROOT = join(import.meta.dirname, "..");
/** Within the project, whose packages it is built with. */
const FOLDER = join(ROOT, "dist/bench/bare");
const NEXT = join(ROOT, "node_modules/next/dist/bin/next");
const START_MS = 60_000;

const FILES = {
  "app/layout.js": `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`,
  // Rendered anew for each request, as every page behind a sign-in is.
  "app/page.js": `export const dynamic = "force-dynamic";
export default function Page() {
  return <main>Bare</main>;
}
`,
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(ROOT)} } };
`,
  "package.json": `{ "private": true, "type": "module" }
`,
};

/** Builds and serves it. */
export async function startBareApp() {
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(join(FOLDER, file, ".."), { recursive: true });
    writeFileSync(join(FOLDER, file), text);
  }
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  execFileSync(process.execPath, [NEXT, "build", FOLDER], { cwd: FOLDER, env, stdio: ["ignore", "ignore", "inherit"] });
  const port = await freePort();
  const args = ["start", FOLDER, "--hostname", "127.0.0.1", "--port", String(port)];
  const { stop } = await startServer(NEXT, { args, cwd: FOLDER, env, ready: "Ready in", withinMs: START_MS });
  return { url: `http://127.0.0.1:${port}`, stop };
}
