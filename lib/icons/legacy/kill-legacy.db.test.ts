import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { createCategory } from "@/lib/testing/factories";
import { Killed, killedBefore } from "@/lib/testing/kill";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { importLegacy } from "./import-legacy";
import { startLegacyImport } from "./legacy-job";
import { emptyReport, legacyReport } from "./legacy-report";
import { openLegacyStore } from "./legacy-store";

/** More than two batches. */
const ICONS = 210;
const CATEGORIES = 20;

let folder: string;
/** What an import that nobody kills leaves. */
let whole: Awaited<ReturnType<typeof endState>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stockroom-killed-icons-"));
  const icons: Record<string, object> = {};
  for (let n = 0; n < ICONS; n++) {
    const name = `Category ${n % CATEGORIES}`;
    icons[`icon-${n}`] = { category_id: String(n), category_name: name, file_path: `${n}.png` };
    // Each tenth is missing.
    if (n % 10 > 0) writeFileSync(join(folder, `${n}.png`), await makeBlotches(n, { width: 16, height: 16 }));
  }
  writeFileSync(join(folder, "metadata.json"), JSON.stringify({ icons }));
  await begin();
  await take();
  whole = await endState();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesKept = () => {
  const root = join(env().dataFolder, "icons");
  const names = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }) : [];
  return names.filter((name) => /[0-9a-f]{64}\.png$/.test(name)).length;
};

async function begin() {
  await resetDatabase();
  rmSync(join(env().dataFolder, "icons"), { recursive: true, force: true });
  for (let n = 0; n < CATEGORIES; n++) await createCategory({ name: `Category ${n}` });
}

/** All that an import leaves behind, by the earlier system's names. */
async function endState() {
  const icons = await db.icon.findMany({
    select: {
      ...{ legacyId: true, fileHash: true, status: true, reviewState: true, fileMissing: true, legacyCategory: true },
      category: { select: { name: true } },
    },
    orderBy: { legacyId: "asc" },
  });
  const audits = await db.auditEntry.groupBy({ by: ["action"], _count: true, orderBy: { action: "asc" } });
  return { icons, audits, activations: await db.iconActivation.count(), files: filesKept() };
}

async function take(dies?: number) {
  const report = emptyReport(false);
  const before = { hashes: new Map(), shown: new Set<string>() };
  const store = await openLegacyStore(folder, folder);
  const work = () => importLegacy(SYSTEM, store, { report, before, onBatch: async () => undefined });
  await (dies === undefined ? work() : killedBefore(dies, work));
}

test("an import killed before any of its writes is completed by the next one", async () => {
  expect(whole.icons).toHaveLength(ICONS);
  for (const step of [1, 3]) {
    await begin();
    await expect(take(step)).rejects.toBeInstanceOf(Killed);
    expect(await db.icon.count()).toBe((step - 1) * 100);
    await take();
    expect(await endState()).toEqual(whole);
  }
});

/** A worker in a process of its own, on this test's database. */
function startWorker(): ChildProcess {
  const main = join(import.meta.dirname, "../../cli/main.ts");
  const args = ["--conditions=react-server", "--import", "tsx", main, "worker"];
  return spawn(process.execPath, args, { stdio: "ignore", env: process.env });
}

async function killWhen(isTime: () => Promise<boolean>) {
  const worker = startWorker();
  while (worker.exitCode === null && !(await isTime())) await sleep(5);
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

test("R1 an import whose worker is killed with SIGKILL, while it takes files and again between its batches, ends as one that was not", {
  timeout: 120_000,
}, async () => {
  await begin();
  const { jobId } = await startLegacyImport(SYSTEM, { uploads: [], path: folder, dryRun: false });
  await killWhen(async () => filesKept() > 10);
  await killWhen(async () => (await db.icon.count()) > 0);
  await workOff(jobId);
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(job.status).toBe("completed");
  expect(legacyReport.parse(job.result)).toMatchObject({ in: ICONS, assets: ICONS, assigned: 189, missing: 21 });
  expect(await endState()).toEqual(whole);
});
