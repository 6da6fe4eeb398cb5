import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { JobCancelledError, type JobContext } from "@/lib/jobs/define-job";
import { requestCancel } from "@/lib/jobs/mutations";
import { writeBenchFeed } from "@/lib/sample/bench-feed";
import { type SampleFeeds, writeSampleFeeds } from "@/lib/sample/write-sample-feeds";
import { refreshSearch } from "@/lib/search/refresh-search";
import { catalogueHash, catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor } from "@/lib/testing/factories";
import { dyingContext, Killed, quietContext } from "@/lib/testing/kill";
import { reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { importJob } from "./import-job";

/** A worker's side of a job that dies as it begins the batch behind so many applied changes. */
function applyingContext(diesAfter: number) {
  const done: number[] = [];
  const context = quietContext({
    async report(progress) {
      if (progress.stage === "Applying") done.push(progress.done);
    },
    async assertHeld() {
      if ((done.at(-1) ?? 0) >= diesAfter) throw new Killed();
    },
  });
  return { context, done };
}

/** A worker's side of a job that dies once more than so many of the run's changes are staged. */
function stagingContext(runId: string, diesAfter: number) {
  return quietContext({
    async report() {
      if ((await db.syncChange.count({ where: { runId } })) > diesAfter) throw new Killed();
    },
  });
}

/** Writes the search words of every product anew. */
async function refreshAll() {
  const products = await db.product.findMany({ select: { id: true } });
  const ids = products.map(({ id }) => id);
  await transaction((tx) => refreshSearch(tx, ids));
}

async function request(feeds: SampleFeeds) {
  const known = await db.feedSource.findFirst();
  const connection = { type: "upload" as const };
  const sourceId = known?.id ?? (await createFeedSource(SYSTEM, { name: "Etilize", kind: "etilize", connection })).id;
  const files = feeds.etilize.map((path) => ({ path, name: path.split("/").at(-1) ?? "" }));
  return requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove: true });
}

describe("an import that is killed", () => {
  let folder: string;
  let day1: SampleFeeds;
  let day2: SampleFeeds;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stockroom-resume-"));
    day1 = await writeSampleFeeds({ folder: join(folder, "1"), day: 1, products: 200 });
    day2 = await writeSampleFeeds({ folder: join(folder, "2"), day: 2, products: 200 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => resetDatabase());

  test("R2 killed at every step, it ends as an uninterrupted one does", { timeout: 240_000 }, async () => {
    const whole = quietContext();
    for (const feeds of [day1, day2]) {
      const { runId } = await request(feeds);
      await importJob.handle({ runId }, whole);
    }
    const expected = await catalogueHash();
    await resetDatabase();
    let deaths = 0;
    for (const feeds of [day1, day2]) {
      const { runId } = await request(feeds);
      for (let step = 1; ; step++) {
        const context = dyingContext(step);
        try {
          await importJob.handle({ runId }, context);
          break;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          deaths++;
        }
      }
      const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
      const applied = await db.syncChange.count({ where: { runId, state: "applied" } });
      expect(run.successful).toBe(applied);
      expect(await db.syncChange.count({ where: { runId, state: { not: "applied" } } })).toBe(0);
    }
    expect(await catalogueHash()).toBe(expected);
    reportProof("R2", { of: "two days' imports", steps: deaths });
  });

  test("R2 killed behind its last batch, it still writes the words of the categories it renamed", async () => {
    const importDays = async (second: JobContext) => {
      const first = await request(day1);
      await importJob.handle({ runId: first.runId }, quietContext());
      const { runId } = await request(day2);
      await importJob.handle({ runId }, second).catch((error) => {
        if (!(error instanceof Killed)) throw error;
      });
      return runId;
    };
    await importDays(quietContext());
    const expected = await catalogueHashes();
    await resetDatabase();
    const dying = quietContext({
      async assertHeld() {
        if (await db.syncChange.count({ where: { state: "approved" } })) return;
        if (await db.syncChange.count({ where: { state: "applied", run: { number: 2 } } })) throw new Killed();
      },
    });
    const runId = await importDays(dying);
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "running" });
    await importJob.handle({ runId }, quietContext());
    expect(await catalogueHashes()).toEqual(expected);
  });

  test("cancelled once it renamed categories, their products are found by the new names", async () => {
    const first = await request(day1);
    await importJob.handle({ runId: first.runId }, quietContext());
    const { runId } = await request(day2);
    const renamed = { runId, state: "applied" as const, entity: "category" as const, action: "update" as const };
    const dying = quietContext({
      async report() {
        if (await db.syncChange.count({ where: renamed })) throw new JobCancelledError("Cancelled");
      },
    });
    await expect(importJob.handle({ runId }, dying)).rejects.toThrow(JobCancelledError);
    const before = await catalogueHashes();
    await importJob.giveUp({ runId }, { status: "cancelled", reason: "A person cancelled it." });
    const after = await catalogueHashes();
    expect(after).not.toEqual(before);
    await refreshAll();
    expect(await catalogueHashes()).toEqual(after);
  });

  test("R9 R19 killed while it reads, the next try compares again what was not yet written, and that alone", {
    timeout: 120_000,
  }, async () => {
    const { path } = await writeBenchFeed({ folder: join(folder, "read"), products: 3_500 });
    const connection = { type: "upload" as const };
    const { id: sourceId } = await createFeedSource(SYSTEM, { name: "Large", kind: "shopify_csv", connection });
    const files = [{ path, name: "large.zip" }];
    const { runId } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove: false });
    await expect(importJob.handle({ runId }, stagingContext(runId, 2_000))).rejects.toThrow(Killed);
    const staged = await db.syncChange.findMany({ where: { runId }, select: { id: true } });
    expect(staged.length).toBeGreaterThan(2_000);
    expect(staged.length).toBeLessThan(3_500);
    await importJob.handle({ runId }, quietContext());
    const kept = await db.syncChange.count({ where: { id: { in: staged.slice(-900).map(({ id }) => id) } } });
    expect(kept).toBe(900);
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      status: "review",
      created: 3_500,
      totalItems: 3_500,
    });
    expect(await db.syncChange.count({ where: { runId, entity: "product" } })).toBe(3_500);
    reportProof("R9", { staged: 3_500, killedAfter: staged.length, stagedAgain: 0 });
  });

  test("files read under other rules than before the kill are compared anew", { timeout: 120_000 }, async () => {
    const { runId } = await request(day1);
    await expect(importJob.handle({ runId }, stagingContext(runId, 0))).rejects.toThrow(Killed);
    const before = await db.syncChange.findMany({ where: { runId }, select: { id: true } });
    await transaction((tx) => tx.feedSource.updateMany({ data: { policies: { maxPriceFactor: 7 } } }));
    await importJob.handle({ runId }, quietContext());
    expect(await db.syncChange.count({ where: { id: { in: before.slice(0, 500).map(({ id }) => id) } } })).toBe(0);
    expect(await db.product.count()).toBe(200);
  });

  test("R9 R19 killed while it applies, the next try goes on with the batch that was open", {
    timeout: 120_000,
  }, async () => {
    const { path } = await writeBenchFeed({ folder: join(folder, "bench"), products: 3_500 });
    const connection = { type: "upload" as const };
    const { id: sourceId } = await createFeedSource(SYSTEM, { name: "Large", kind: "shopify_csv", connection });
    const files = [{ path, name: "large.zip" }];
    const { runId } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove: true });
    const dying = applyingContext(2_000);
    await expect(importJob.handle({ runId }, dying.context)).rejects.toThrow(Killed);
    const kept = await db.syncChange.count({ where: { runId, state: "applied" } });
    expect(kept).toBe(dying.done.at(-1));
    const next = applyingContext(Number.POSITIVE_INFINITY);
    await importJob.handle({ runId }, next.context);
    expect(next.done[0]).toBe(kept);
    const batches = await db.auditEntry.findMany({ where: { action: "sync.apply" }, orderBy: { id: "asc" } });
    const applied = batches.map(({ after }) => after as { firstChangeId: number; lastChangeId: number });
    for (const [at, batch] of applied.entries()) {
      const before = applied[at - 1];
      if (before) expect(batch.firstChangeId).toBe(before.lastChangeId + 1);
    }
    expect(await db.product.count()).toBe(3_500);
    reportProof("R9", {
      changes: next.done.at(-1) ?? 0,
      killedAfter: kept,
      wentOnAt: next.done[0] ?? 0,
      batches: applied.length,
    });
  });

  test("cancelled between two batches, the run says so and leaves nothing half done", async () => {
    const { runId, jobId } = await request(day1);
    await requestCancel(actor("manager"), { jobId });
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
    expect(run.status).toBe("cancelled");
    await workOff(jobId);
    expect(await db.product.count()).toBe(0);
  });

  test("a job cancelled while it runs stops at its next report", async () => {
    const { runId, jobId } = await request(day1);
    const context = quietContext();
    context.report = async () => {
      throw new JobCancelledError("Cancelled");
    };
    await expect(importJob.handle({ runId }, context)).rejects.toThrow(JobCancelledError);
    await importJob.giveUp({ runId }, { status: "cancelled", reason: "A person cancelled it." });
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "cancelled" });
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ jobType: "feed.import" });
  });

  test("R5 a worker whose lease went to another writes nothing more", async () => {
    const { jobId } = await request(day1);
    // Another worker holds the job with a later fence while ours still believes in its own.
    await transaction((tx) =>
      tx.job.update({ where: { id: jobId }, data: { status: "running", fence: 7, heartbeatAt: new Date() } }),
    );
    await workOffWithFence(jobId, 6);
    expect(await db.product.count()).toBe(0);
    expect(await db.syncChange.count()).toBe(0);
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ status: "running", fence: 7 });
  });
});

async function workOffWithFence(jobId: string, fence: number) {
  const { runJob } = await import("@/lib/jobs/run-job");
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  await runJob({ ...job, fence }, new AbortController().signal);
}
