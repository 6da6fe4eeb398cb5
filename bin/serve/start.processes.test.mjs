import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childEnvironment, inProject } from "../setup/project.mjs";

let folder;
let port;
let started;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockroom-start-"));
  port = await freePort();
  started = [];
});

afterEach(async () => {
  for (const { child, below } of started) {
    for (const pid of [child.pid, ...below].filter(isAlive)) process.kill(pid, "SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true });
});

test("the first start shows the sign-in once; the second builds nothing and changes nothing", async () => {
  const first = await startReady();
  expect(first.output()).toMatch(/admin@stockroom\.local {2}\S{10,}/);
  await stop(first, "SIGTERM");
  const before = rows();

  const second = await startReady();
  expect(second.errors()).not.toContain("done in");
  expect(second.output()).not.toContain("admin@stockroom.local");
  await stop(second, "SIGTERM");
  expect(rows()).toEqual(before);
});

test("a second instance on the same data folder refuses with a sentence", async () => {
  await startReady();
  const second = start({ PORT: String(await freePort()) });
  expect(await exitCode(second)).toBe(1);
  expect(second.errors()).toMatch(/^Stockroom already runs on the data folder .*process \d+.*\n$/);
});

test("a port in use is told in a sentence", async () => {
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const refused = start();
  expect(await exitCode(refused)).toBe(1);
  expect(refused.errors()).toMatch(new RegExp(`^Port ${port} is in use\\..*\\n$`));
  other.close();
});

test("a data folder that can't be made is told in a sentence", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const refused = start({ STOCKROOM_DATA: join(file, "data") });
  expect(await exitCode(refused)).toBe(1);
  expect(refused.errors()).toMatch(/^The data folder .* can't be used: .*\n$/);
});

test("a wrong setting is told with its name", async () => {
  const refused = start({ STOCKROOM_DEMO: "perhaps" });
  expect(await exitCode(refused)).toBe(1);
  expect(refused.errors()).toMatch(/^Wrong setting\. STOCKROOM_DEMO: .*\n$/);
});

test.each(["SIGTERM", "SIGINT", "SIGKILL"])("nothing is left running after %s", async (signal) => {
  const running = await startReady();
  const pids = running.below;
  expect(pids).toHaveLength(2);
  running.child.kill(signal);
  const [code] = await once(running.child, "exit");
  if (signal !== "SIGKILL") expect(code).toBe(0);
  await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);
});

test("nothing is left running when the npm above is killed", async () => {
  const npm = spawn("npm", ["start"], { cwd: inProject("."), env: startEnvironment(), stdio: "ignore" });
  started.push({ child: npm, below: [] });
  const isServing = () =>
    fetch(`http://127.0.0.1:${port}/sign-in`).then(
      () => true,
      () => false,
    );
  await expect.poll(isServing, { timeout: 60_000 }).toBe(true);
  const pids = descendantsOf(npm.pid);
  npm.kill("SIGKILL");
  await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
});

test("after a crash the next start takes the data folder over", async () => {
  const crashed = await startReady();
  await stop(crashed, "SIGKILL");
  const next = await startReady();
  expect(next.errors()).not.toContain("already runs");
});

test("a worker that dies is started again", async () => {
  const running = await startReady();
  const worker = running.below.find((pid) => /cli\/main\.js worker/.test(commandOf(pid)));
  process.kill(worker, "SIGKILL");
  await expect
    .poll(() => childrenOf(running.child.pid).filter((pid) => pid !== worker), { timeout: 10_000 })
    .toHaveLength(2);
  expect(running.errors()).toContain("The worker ended (SIGKILL)");
  running.below = childrenOf(running.child.pid);
});

function start(env = {}) {
  const child = spawn(process.execPath, [inProject("bin/start.mjs")], {
    env: startEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    texts.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    texts.err += text;
  });
  const running = { child, below: [], output: () => texts.out, errors: () => texts.err };
  started.push(running);
  return running;
}

function startEnvironment(env = {}) {
  return childEnvironment({
    ...{ STOCKROOM_DATA: folder, PORT: String(port), STOCKROOM_DEMO: "off", DATABASE_URL: "", DB_HOST: "" },
    // As from a shell, not from the npm that runs these tests.
    ...{ npm_lifecycle_event: "", NODE_ENV: "production" },
    ...env,
  });
}

async function startReady() {
  const running = start();
  await expect
    .poll(() => running.output() + running.errors(), { timeout: 60_000, interval: 50 })
    .toContain("Stockroom is ready at");
  running.below = childrenOf(running.child.pid);
  return running;
}

async function stop(running, signal) {
  running.child.kill(signal);
  if (running.child.exitCode === null && running.child.signalCode === null) await once(running.child, "exit");
  await expect.poll(() => running.below.filter(isAlive), { timeout: 15_000 }).toEqual([]);
}

async function exitCode({ child }) {
  const [code] = await once(child, "exit");
  // What was printed last may arrive after the exit.
  await sleep(50);
  return code;
}

/** Rows per table, but for the workers, which come and go. */
function rows() {
  const health = execFileSync(process.execPath, [inProject("bin/stockroom"), "health", "--json"], {
    env: childEnvironment({ STOCKROOM_DATA: folder, DATABASE_URL: "", DB_HOST: "", NODE_ENV: "production" }),
    encoding: "utf8",
  });
  const { Worker: _, ...rest } = JSON.parse(health).rows;
  return rest;
}

function childrenOf(pid) {
  return processes()
    .filter((found) => found.parent === pid)
    .map((found) => found.pid);
}

function descendantsOf(pid) {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

function commandOf(pid) {
  return processes().find((found) => found.pid === pid)?.command ?? "";
}

function processes() {
  const list = execFileSync("ps", ["-eo", "pid=,ppid=,stat=,args="], { encoding: "utf8", maxBuffer: 16 * 1024 ** 2 });
  return list
    .split("\n")
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/))
    .filter((match) => match && !match[3].startsWith("Z"))
    .map(([, pid, parent, , command]) => ({ pid: Number(pid), parent: Number(parent), command }));
}

function isAlive(pid) {
  return processes().some((found) => found.pid === pid);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address();
  server.close();
  await once(server, "close");
  return free;
}
