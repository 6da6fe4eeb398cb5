import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { type SampleFeeds, writeSampleFeeds } from "@/lib/sample/write-sample-feeds";
import { refreshSearch } from "@/lib/search/refresh-search";
import { catalogueHash, catalogueHashes } from "@/lib/testing/catalogue-hash";
import { undoRun } from "@/lib/testing/import-rows";
import { dyingContext, Killed, quietContext } from "@/lib/testing/kill";
import { reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { planUndo } from "./preview-undo";
import { requestUndo } from "./request-undo";
import { undoJob } from "./undo-job";

describe("two days of the sample", () => {
  let folder: string;
  let day1: SampleFeeds;
  let day2: SampleFeeds;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stockroom-undo-"));
    day1 = await writeSampleFeeds({ folder: join(folder, "1"), day: 1, products: 200 });
    day2 = await writeSampleFeeds({ folder: join(folder, "2"), day: 2, products: 200 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => resetDatabase());

  test("R23 the second day undone is the first, the first day undone is an empty catalogue", {
    timeout: 240_000,
  }, async () => {
    const empty = await catalogueHash();
    const content = await importFiles("etilize", day1.etilize);
    const prices = await importFiles("erp", [day1.erp]);
    const first = await catalogueHashes();
    const later = [await importFiles("etilize", day2.etilize), await importFiles("erp", [day2.erp])];
    for (const run of later.reverse()) {
      const preview = await planUndo(SYSTEM, run.id);
      const undone = await undoRun(run.id);
      expect(undone).toMatchObject({ status: "success", jobError: null, skipped: 0 });
      const { products, categories } = preview;
      expect(undone.successful).toBe(products.restored + products.removed + categories.restored + categories.removed);
    }
    expect(await catalogueHashes()).toEqual(first);
    await undoRun(prices.id);
    expect(await undoRun(content.id)).toMatchObject({ status: "success", skipped: 0 });
    expect(await db.product.count()).toBe(0);
    expect(await db.category.count()).toBe(0);
    expect(await catalogueHash()).toBe(empty);
    reportProof("R23", { runsUndone: 4, hashesAsBefore: 2 });
  });

  test("R2 an undo killed at every step ends as an uninterrupted one does", async () => {
    await importFiles("etilize", day1.etilize);
    const before = await catalogueHashes();
    const run = await importFiles("etilize", day2.etilize);
    const { runId } = await requestUndo(SYSTEM, { runId: run.id });
    let deaths = 0;
    for (let step = 1; ; step++) {
      try {
        await undoJob.handle({ runId }, dyingContext(step));
        break;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        deaths++;
      }
    }
    expect(deaths).toBeGreaterThan(3);
    reportProof("R2", { of: "an undo", steps: deaths });
    expect(await catalogueHashes()).toEqual(before);
    const undone = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
    const written = await db.syncChange.groupBy({ by: ["state"], where: { runId }, _count: { _all: true } });
    expect(written).toEqual([{ state: "applied", _count: { _all: undone.successful } }]);
    expect(await db.syncChange.count({ where: { runId: run.id, state: "reverted" } })).toBe(undone.successful);
  });

  test("given up once categories have their old names again, their products are found by those", async () => {
    await importFiles("etilize", day1.etilize);
    const run = await importFiles("etilize", day2.etilize);
    const { runId } = await requestUndo(SYSTEM, { runId: run.id });
    const dying = quietContext({
      async report() {
        const renamed = { runId, entity: "category" as const, action: "update" as const, state: "applied" as const };
        if (await db.syncChange.count({ where: renamed })) throw new Killed();
      },
    });
    await expect(undoJob.handle({ runId }, dying)).rejects.toThrow(Killed);
    const before = await catalogueHashes();
    await undoJob.giveUp({ runId }, { status: "cancelled", reason: "A person cancelled it." });
    const after = await catalogueHashes();
    expect(after).not.toEqual(before);
    const products = await db.product.findMany({ select: { id: true } });
    const ids = products.map(({ id }) => id);
    await transaction((tx) => refreshSearch(tx, ids));
    expect(await catalogueHashes()).toEqual(after);
  });

  test("given up half way, what is taken back stays so and the rest can be undone by another try", async () => {
    const run = await importFiles("etilize", day1.etilize);
    const first = await requestUndo(SYSTEM, { runId: run.id });
    await expect(undoJob.handle({ runId: first.runId }, dyingContext(5))).rejects.toThrow(Killed);
    await undoJob.giveUp({ runId: first.runId }, { status: "cancelled", reason: "A person cancelled it." });
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: run.id } })).not.toMatchObject({ status: "reverted" });
    expect(await undoRun(run.id)).toMatchObject({ status: "success" });
    expect(await db.product.count()).toBe(0);
    expect(await db.category.count()).toBe(0);
  });
});
