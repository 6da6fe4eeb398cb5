import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import yazl from "yazl";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { requestCancel } from "@/lib/jobs/mutations";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { startFtpServer } from "@/lib/testing/ftp-server";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { createFeedSource } from "../mutations";
import { parseFetchedFiles } from "./fetch-files";
import { pruneArchive } from "./prune-archive";
import { requestFetch, startDueFetches } from "./request-fetch";

const PASSWORD = "a password of the supplier";
const ROWS = 1_000;
const HEADER = "Handle,Title,SKU,Price\n";

let base: string;
let root: string;
let server: Awaited<ReturnType<typeof startFtpServer>>;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "stockroom-fetch-"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(async () => {
  await resetDatabase();
  root = mkdtempSync(join(base, "root-"));
  server = await startFtpServer({ root, user: "shop", password: PASSWORD });
});
afterEach(() => server.close());

function csv(rows: number, price = "9.95") {
  const lines = Array.from({ length: rows }, (_, n) => `item-${n},Item ${n},SKU-${n},${price}`);
  return `${HEADER}${lines.join("\n")}\n`;
}

async function zipOf(entries: Record<string, string>) {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function createSource(more: object = {}) {
  const connection = {
    type: "ftp" as const,
    host: "127.0.0.1",
    port: server.port,
    user: "shop",
    password: PASSWORD,
    pattern: "*.zip",
    settleSeconds: 0.02,
    timeoutSeconds: 5,
    ...more,
  };
  const { id } = await createFeedSource(SYSTEM, { name: "Cowans Office Supplies", kind: "shopify_csv", connection });
  return id;
}

async function fetchNow(sourceId: string, options: { force?: boolean } = {}) {
  const { fetchId, jobId } = await requestFetch(SYSTEM, { sourceId, ...options });
  await workOff(jobId);
  const fetch = await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } });
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  return { ...fetch, job, files: parseFetchedFiles(fetch.files) };
}

async function finishRun(runId: string | null) {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId ?? "" } });
  await workOff(run.jobId ?? "");
  return getEndedRun(run.id);
}

test("A05 a zip on the FTP root is kept as received and imported; the same day's second look is unchanged", async () => {
  const zip = await zipOf({ "readme.txt": "Read me", "feed.csv": csv(ROWS) });
  writeFileSync(join(root, "CowanOfficeSupplies.zip"), zip);
  const before = statSync(join(root, "CowanOfficeSupplies.zip"));
  const sourceId = await createSource();
  const first = await fetchNow(sourceId);
  expect(first).toMatchObject({ outcome: "received", job: { status: "completed" } });
  const hash = createHash("sha256").update(zip).digest("hex");
  const day = first.startedAt.toISOString().slice(0, 10).replaceAll("-", "");
  expect(first.files).toEqual([
    expect.objectContaining({
      name: "CowanOfficeSupplies.zip",
      displayName: `CowansOfficeSupplies_${day}.csv`,
      hash,
      bytes: zip.length,
    }),
  ]);
  const run = await finishRun(first.runId);
  expect(run).toMatchObject({ trigger: "manual", totalItems: ROWS });
  const read = await db.syncFile.findMany({ where: { runId: run.id } });
  expect(read.map(({ name, rowsRead }) => ({ name, rowsRead }))).toEqual([{ name: "feed.csv", rowsRead: ROWS }]);
  const kept = await db.feedFile.findFirstOrThrow({ where: { sourceId } });
  expect(readFileSync(join(env().dataFolder, kept.storagePath)).equals(zip)).toBe(true);

  const second = await fetchNow(sourceId);
  expect(second).toMatchObject({
    outcome: "unchanged",
    runId: null,
    message: expect.stringMatching(/^The same file as run 1.*: nothing to import\.$/),
  });
  expect(await db.syncHistory.count()).toBe(1);
  expect(await db.feedFile.count()).toBe(1);
  expect(readdirSync(root)).toEqual(["CowanOfficeSupplies.zip"]);
  expect(statSync(join(root, "CowanOfficeSupplies.zip")).mtimeMs).toBe(before.mtimeMs);
  expect(readdirSync(join(env().dataFolder, "feeds", "fetching"))).toEqual([]);
});

test("A06 a zip cut at 60 % fails its test, starts no run and leaves the last import as it was", async () => {
  const sourceId = await createSource();
  writeFileSync(join(root, "feed.zip"), await zipOf({ "feed.csv": csv(ROWS) }));
  const good = await fetchNow(sourceId);
  await finishRun(good.runId);
  const zip = await zipOf({ "feed.csv": csv(ROWS, "12.50") });
  writeFileSync(join(root, "feed.zip"), zip.subarray(0, Math.floor(zip.length * 0.6)));
  const cut = await fetchNow(sourceId);
  expect(cut).toMatchObject({
    outcome: "failed",
    runId: null,
    message: expect.stringContaining("zip test failed: feed.zip"),
    job: { status: "failed" },
  });
  expect(await db.syncHistory.count()).toBe(1);
  expect(await db.sourceItem.count({ where: { sourceId, missingRuns: { gt: 0 } } })).toBe(0);
  expect(await db.feedFile.count({ where: { sourceId } })).toBe(1);
});

test.each([
  ["shopify_csv", "list.csv", "ItemNumber,ListPrice\nA,1\n", "has no column handle and no column title"],
  ["erp", "list.csv", "Handle,Title\na,b\n", "has no column itemnumber"],
  ["csv", "list.csv", "\n\n", "has no header line"],
  ["category_json", "tree.json", "<html>Sign in</html>", "does not begin as JSON does"],
  ["etilize", "feed.zip", "", "There is no file of the format Etilize"],
  ["shopify_csv", "feed.zip", "<html>404</html>", "it does not begin as a zip does"],
] as const)("what is no %s feed is refused before a run: %s %j", async (kind, name, text, reason) => {
  writeFileSync(join(root, name), kind === "etilize" ? await zipOf({ "notes.txt": "x" }) : text);
  const connection = { type: "folder" as const, path: root, settleSeconds: 0 };
  const { id } = await createFeedSource(SYSTEM, { name: "Wrong", kind, connection });
  const fetch = await fetchNow(id);
  expect(fetch).toMatchObject({ outcome: "failed", message: expect.stringContaining(reason) });
  expect(await db.syncHistory.count()).toBe(0);
});

test("C50 the same file is imported again when a person forces it", async () => {
  const sourceId = await createSource();
  writeFileSync(join(root, "feed.zip"), await zipOf({ "feed.csv": csv(5) }));
  await finishRun((await fetchNow(sourceId)).runId);
  const forced = await fetchNow(sourceId, { force: true });
  expect(forced.outcome).toBe("received");
  const run = await finishRun(forced.runId);
  expect(run.number).toBe(2);
  expect(await db.syncFile.count({ where: { runId: run.id } })).toBe(1);
});

test("a run that failed does not stand in the way of the same file", async () => {
  const sourceId = await createSource();
  writeFileSync(join(root, "feed.zip"), await zipOf({ "feed.csv": csv(5) }));
  const first = await fetchNow(sourceId);
  await transaction((tx) => tx.syncHistory.update({ where: { id: first.runId ?? "" }, data: { status: "failed" } }));
  expect(await fetchNow(sourceId)).toMatchObject({ outcome: "received" });
});

test("a growing or missing file is waited for, and a scheduled look comes again soon", async () => {
  const sourceId = await createSource();
  writeFileSync(join(root, "feed.zip.part"), "half");
  const tomorrow = new Date(Date.now() + 86_400_000);
  await transaction((tx) =>
    tx.feedSource.update({
      where: { id: sourceId },
      data: { schedule: { cron: "0 2 * * *", timeZone: "UTC" }, nextFetchAt: new Date(Date.now() - 1_000) },
    }),
  );
  const [fetchId] = await startDueFetches();
  const { jobId } = await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } });
  await workOff(jobId ?? "");
  expect(await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } })).toMatchObject({
    outcome: "waiting",
    trigger: "schedule",
    message: "No finished file fits *.zip. 1 file there: feed.zip.part.",
  });
  const { nextFetchAt } = await db.feedSource.findUniqueOrThrow({ where: { id: sourceId } });
  expect(nextFetchAt?.getTime()).toBeLessThan(tomorrow.getTime());
  expect(nextFetchAt?.getTime()).toBeLessThan(Date.now() + 6 * 60_000);
});

test("of two who press at once the second is told; a role that may not run feeds is refused", async () => {
  const sourceId = await createSource();
  await expect(requestFetch(actor("staff"), { sourceId })).rejects.toThrow("Your role does not allow this.");
  const both = await Promise.allSettled([requestFetch(SYSTEM, { sourceId }), requestFetch(SYSTEM, { sourceId })]);
  expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({
    reason: { code: "conflict", message: "A fetch of Cowans Office Supplies is under way already. Wait for its end." },
  });
});

test("a fetch names the person who asked for it, down to the run", async () => {
  const user = await createUser("manager");
  const sourceId = await createSource();
  writeFileSync(join(root, "feed.zip"), await zipOf({ "feed.csv": csv(5) }));
  const { fetchId, jobId } = await requestFetch(actorOf(user), { sourceId });
  await workOff(jobId);
  const { runId } = await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } });
  expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId ?? "" } })).toMatchObject({ userId: user.id });
});

test("a cancelled fetch says so and leaves no bytes behind", async () => {
  const sourceId = await createSource();
  const { fetchId, jobId } = await requestFetch(SYSTEM, { sourceId });
  await requestCancel(SYSTEM, { jobId });
  expect(await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } })).toMatchObject({ outcome: "cancelled" });
  expect(existsSync(join(env().dataFolder, "feeds", "fetching", fetchId))).toBe(false);
});

test("a fetch whose cancelled job nobody told it of ends with the next worker's look", async () => {
  const sourceId = await createSource();
  const { fetchId, jobId } = await requestFetch(SYSTEM, { sourceId });
  const cancelled = { status: "cancelled", cancelRequested: true } as const;
  await transaction((tx) => tx.job.update({ where: { id: jobId }, data: cancelled }));
  await workOff(jobId);
  expect(await db.feedFetch.findUniqueOrThrow({ where: { id: fetchId } })).toMatchObject({ outcome: "cancelled" });
  await requestFetch(SYSTEM, { sourceId });
});

test("the archive keeps each source's last files, what an open run needs, and what another source shares", async () => {
  mkdirSync(join(root, "in"));
  const policies = { keepFiles: 2 };
  const sources = await Promise.all(
    ["One", "Two"].map((name) =>
      createFeedSource(SYSTEM, {
        name,
        kind: "shopify_csv",
        connection: { type: "folder", path: join(root, "in"), settleSeconds: 0 },
      }),
    ),
  );
  const [one, two] = sources.map((source) => source.id) as [string, string];
  await transaction((tx) => tx.feedSource.updateMany({ data: { policies } }));
  const runs: string[] = [];
  for (let n = 1; n <= 4; n++) {
    writeFileSync(join(root, "in", "feed.csv"), csv(3, `${n}.00`));
    const fetch = await fetchNow(one);
    runs.push(fetch.runId ?? "");
    if (n === 2) await finishRun((await fetchNow(two)).runId);
    if (n !== 1) await finishRun(fetch.runId);
  }
  await transaction((tx) =>
    tx.syncHistory.updateMany({ where: { id: { not: runs[0] } }, data: { status: "success" } }),
  );
  const later = new Date(Date.now() + 2 * 3_600_000);
  await pruneArchive(one, { now: later });
  const files = await db.feedFile.findMany({ where: { sourceId: one }, orderBy: { createdAt: "asc" } });
  // The first still waits for its turn, the second is the other source's as well.
  expect(files.map((file) => file.prunedAt === null)).toEqual([true, false, true, true]);
  expect(files.map((file) => existsSync(join(env().dataFolder, file.storagePath)))).toEqual([true, true, true, true]);
  await finishRun(runs[0] ?? "");
  await transaction((tx) => tx.syncHistory.updateMany({ data: { status: "success" } }));
  await pruneArchive(one, { now: later });
  expect(existsSync(join(env().dataFolder, files[0]?.storagePath ?? ""))).toBe(false);
});

test("the password is nowhere: not in the database, the job, the log or a sentence", async () => {
  const canary = `canary-${randomBytes(12).toString("hex")}`;
  const sourceId = await createSource({ password: canary });
  const failed = await fetchNow(sourceId);
  expect(failed.message).toContain("refused the login of shop");
  const everything = JSON.stringify([
    await db.feedSource.findMany(),
    await db.feedFetch.findMany(),
    await db.job.findMany(),
    await db.auditEntry.findMany(),
    await db.syncHistory.findMany(),
  ]);
  expect(everything).not.toContain(canary);
  expect(everything).not.toContain(Buffer.from(canary).toString("base64"));
  expect(everything).toContain(canary.slice(-4));
});
