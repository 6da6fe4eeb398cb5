import { resolve } from "node:path";
import { ensureCliBundle } from "../setup/cli-bundle.mjs";
import { ensureInstalled } from "../setup/install.mjs";
import { ensureBuilt } from "../setup/next-build.mjs";
import { inProject, packageScript } from "../setup/project.mjs";
import { Refusal } from "../setup/refusal.mjs";
import { keepRunning } from "./child.mjs";
import { takeDataFolder } from "./data-folder.mjs";
import { requireFreePort, untilAnswered } from "./port.mjs";
import { untilAskedToStop } from "./stop-signal.mjs";

/**
 * A feed streams through the worker: what it holds at once is small and dies young. Megabytes. Beside 192 of old space a
 * young one of 48 or more has V8 collect without end.
 */
const WORKER_HEAP = ["--max-old-space-size=192", "--max-semi-space-size=32"];
/** glibc gives large pieces back to the system when they are freed: some 60 MB less are held (malloc(3), mallopt(3)). */
const WORKER_MALLOC = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: String(2 ** 20) };

/** Prepares everything that is missing, serves web and worker, and returns when asked to stop. */
export async function start() {
  // The data belongs to the project wherever the command is given; the children run in the project's folder.
  process.env.STOCKROOM_DATA = resolve(process.env.STOCKROOM_DATA || inProject("data"));
  await ensureInstalled();
  await ensureCliBundle();
  const { firstRun, migrateDatabase, settings } = await import("../../dist/cli/start.js");
  const { host, port, dataFolder } = settings();
  const folder = takeDataFolder(dataFolder);
  try {
    await requireFreePort(host, port);
    await migrateDatabase();
    await ensureBuilt();
    showSignIns(await firstRun());
    await serve({ host, port, folder });
  } finally {
    folder.release();
  }
}

async function serve({ host, port, folder }) {
  const asked = untilAskedToStop();
  let isUp = false;
  const failedStart = new AbortController();
  const web = keepRunning({
    name: "web server",
    args: [packageScript("next/dist/bin/next"), "start", "--hostname", host, "--port", String(port)],
    env: { PORT: String(port) },
    mayRestart: () => isUp,
    onGiveUp: () => failedStart.abort(new Refusal("The web server ended while starting. The reason stands above.")),
  });
  const worker = keepRunning({
    name: "worker",
    args: [...WORKER_HEAP, inProject("dist/cli/main.js"), "worker"],
    env: WORKER_MALLOC,
  });
  const children = [web, worker];
  asked.again.then(() => {
    for (const child of children) child.kill();
  });
  try {
    const answering = untilAnswered(`http://${connectHost(host)}:${port}/api/health`, failedStart.signal);
    await Promise.race([answering, asked.once]);
    if (asked.isStopping()) return;
    isUp = true;
    announce(folder, port, host);
    await asked.once;
  } finally {
    failedStart.abort();
    await Promise.all(children.map((child) => child.stop()));
  }
}

/** At once, not with the ready line: should the web server fail to start, nobody could ever sign in. */
function showSignIns(signIns) {
  if (signIns.length === 0) return;
  const lines = signIns.map(({ email, password, role }) => `  ${role.padEnd(8)} ${email}  ${password}`);
  process.stdout.write(`\nSign in as (shown this once):\n${lines.join("\n")}\n`);
}

function announce(folder, port, host) {
  const url = `http://${host === "127.0.0.1" || host === "0.0.0.0" ? "localhost" : connectHost(host)}:${port}`;
  folder.announce(url);
  process.stdout.write(`\nStockroom is ready at ${url} (Ctrl-C stops it)\n`);
}

/** An address to reach a server by that listens on all of them, in the form a URL wants. */
function connectHost(host) {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
