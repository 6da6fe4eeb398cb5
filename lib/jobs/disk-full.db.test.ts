import type { Database } from "better-sqlite3";
import { beforeEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, engine, sqliteOf, transaction } from "@/lib/db/client";
import { isDiskFull } from "@/lib/disk-full";
import { toFailure } from "@/lib/failure";
import { log } from "@/lib/log";
import { scheduleRetention } from "@/lib/sync/retention/request";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { createJob, createRun } from "@/lib/testing/factories";
import { type FeedRow, importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { registerTestJob } from "./registry";
import { runWorker } from "./worker";

/** The largest page count SQLite knows: no limit. */
const NO_LIMIT = 4_294_967_294;
/** Room for a job's own few writes, not for a batch. */
const PAGES_LEFT = 40;

beforeEach(() => resetDatabase());

async function onConnection(work: (connection: Database) => unknown) {
  const connection = await transaction((tx) => sqliteOf(tx));
  if (!connection) throw new Error("There is no SQLite connection.");
  work(connection);
}

/** What the database may grow to, in pages: beyond it SQLite says what it says of a full disk. */
function limitPages(limit: (pages: number) => number) {
  return onConnection((connection) => {
    const pages = Number(connection.pragma("page_count", { simple: true }));
    connection.pragma(`max_page_count = ${limit(pages)}`);
  });
}

/** Writes until nothing more goes in. */
async function fillUp() {
  const fill = async (description: string) => {
    for (;;) await createJob({ status: "completed", createdAt: new Date(0), description });
  };
  for (const length of [1_000_000, 10_000, 0]) await expect(fill("x".repeat(length))).rejects.toSatisfy(isDiskFull);
}

function rows(row: FeedRow): Record<string, FeedRow> {
  return Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`SPR${n}`, row]));
}

test.skipIf(engine() === "postgresql")(
  "an undo that fills the disk says so, changes nothing in part, and is done once there is room",
  async () => {
    await importRows(rows({}));
    const before = await catalogueHash({ versions: false });
    const run = await importRows(rows({ price: "2.10", colour: "Green" }));
    const after = await catalogueHash();
    const { jobId, runId } = await requestUndo(SYSTEM, { runId: run.id });

    await limitPages((pages) => pages + PAGES_LEFT);
    await workOff(jobId);
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({
      status: "failed",
      error: "The disk is full. Nothing is lost: free some space in the data folder's disk, then start it again.",
    });
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "failed" });
    expect(await catalogueHash()).toBe(after);

    await limitPages(() => NO_LIMIT);
    expect(await undoRun(run.id)).toMatchObject({ status: "success" });
    expect(await catalogueHash({ versions: false })).toBe(before);
  },
);

test.skipIf(engine() === "postgresql")(
  "a job that finds no room even to say so is not taken for dead: it says so once there is room",
  { timeout: 60_000 },
  async () => {
    const full = "database or disk is full";
    await onConnection((connection) =>
      connection.exec(
        `CREATE TEMP TRIGGER "no room" BEFORE UPDATE OF status ON "Job" BEGIN SELECT RAISE(ABORT, '${full}') WHERE NEW.status = 'failed'; END`,
      ),
    );
    registerTestJob({ handle: () => Promise.reject(new Error(full)) });
    const { id } = await createJob();
    const told = vi.spyOn(log, "error");
    const stop = new AbortController();
    const worker = runWorker({ signal: stop.signal });
    await vi.waitUntil(() => told.mock.calls.some(([event]) => event === "job.end-held-up"), { timeout: 20_000 });
    await onConnection((connection) => connection.exec('DROP TRIGGER "no room"'));
    await vi.waitUntil(() => db.job.count({ where: { id, status: "failed" } }), { timeout: 20_000 });
    stop.abort();
    await worker;
    told.mockRestore();
    expect(await db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({
      attempts: 1,
      error: "The disk is full. Nothing is lost: free some space in the data folder's disk, then start it again.",
    });
  },
);

test.skipIf(engine() === "postgresql")("who wants to save something while the disk is full is told so", async () => {
  await importRows(rows({}));
  const run = await importRows(rows({ price: "2.10" }));
  await limitPages((pages) => pages);
  await fillUp();
  const failure = await requestUndo(SYSTEM, { runId: run.id }).catch(toFailure);
  expect(failure).toEqual({
    code: "unavailable",
    message: "The disk of the data folder is full. Nothing was saved: free some space, then try again.",
  });
  await limitPages(() => NO_LIMIT);
  await expect(requestUndo(SYSTEM, { runId: run.id })).resolves.toHaveProperty("jobId");
});

test.skipIf(engine() === "postgresql")(
  "a worker that has no room to note what is due waits, and notes it once there is room",
  { timeout: 60_000 },
  async () => {
    await createRun({ status: "failed", completedAt: new Date(Date.now() - 100 * 86_400_000) });
    await limitPages((pages) => pages);
    await fillUp();
    await expect(scheduleRetention()).rejects.toSatisfy(isDiskFull);

    const told = vi.spyOn(log, "error");
    const stop = new AbortController();
    const worker = runWorker({ signal: stop.signal });
    await vi.waitUntil(() => told.mock.calls.some(([event]) => event === "worker.held-up"), { timeout: 10_000 });
    await limitPages(() => NO_LIMIT);
    const done = { jobType: "sync.retention", status: "completed" } as const;
    await vi.waitUntil(() => db.job.count({ where: done }), { timeout: 20_000 });
    stop.abort();
    await worker;
    told.mockRestore();
  },
);
