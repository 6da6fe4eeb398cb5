import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles, workOff } from "@/lib/testing/run-import";
import { requestUndo } from "./undo/request-undo";
import { undoConfirmation } from "./undo/undoable";

const folder = await mkdtemp(join(tmpdir(), "stockroom-missing-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

let files = 0;

const HEADER = "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]";
const rowOf = (n: number, price = "1.00") => `pen-${n},Pen ${n},,${price},SPR${200 + n}`;
const rows = (from: number, to = 20) => Array.from({ length: to - from }, (_, n) => rowOf(from + n));

/** Imports rows as they stand; what tells one file from the next is its length. */
async function importRows(lines: string[], options: Parameters<typeof importFiles>[2] = {}) {
  files += 1;
  const path = join(folder, `feed-${files}.csv`);
  await writeFile(path, `${[HEADER, ...lines].join("\r\n")}\r\n${"\r\n".repeat(files)}`);
  return importFiles("shopify_csv", [path], options);
}

async function setPolicies(policies: object, source = "shopify_csv") {
  await transaction((tx) => tx.feedSource.update({ where: { name: source }, data: { policies } }));
}

const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku } });
const item = (key: string) => db.sourceItem.findFirstOrThrow({ where: { externalKey: key } });
const asked = () => db.syncChange.findMany({ where: { kind: "missing", openSince: { not: null } } });

describe("products that a feed no longer lists", () => {
  test("A14 absent from two good runs nothing happens; after the third one person is asked, once", async () => {
    await importRows(rows(0));
    for (const run of [1, 2]) {
      await importRows(rows(1));
      expect(await item("SPR200")).toMatchObject({ missingRuns: run });
      expect(await asked()).toEqual([]);
    }
    await importRows(rows(1));
    expect(await asked()).toMatchObject([{ label: "SPR200", reason: expect.stringContaining("3 good runs in a row") }]);
    expect(await importRows(rows(1))).toMatchObject({ missing: 1, status: "success" });
    expect(await asked()).toHaveLength(1);
    expect(await product("SPR200")).toMatchObject({ status: "active" });
  });

  test("a dry run, a held run and a failed one are no good runs", async () => {
    await importRows(rows(0));
    await importRows(rows(1), { dryRun: true });
    expect(await importRows(rows(10))).toMatchObject({ status: "review" });
    expect(await importRows(["no columns"])).toMatchObject({ status: "review" });
    expect(await item("SPR200")).toMatchObject({ missingRuns: 0 });
  });

  test("a refused row is not missing, though its key can't be read", async () => {
    await importRows(rows(0));
    const cut = "pen-0,Pen 0,SPR200";
    expect(await importRows([cut, ...rows(1)])).toMatchObject({ rejected: 1, missing: 0 });
    expect(await importRows([rowOf(0, "0"), ...rows(1)])).toMatchObject({ rejected: 1, missing: 0 });
  });

  test("C61 archived after so many good runs, and restored as it was when the feed lists it again", async () => {
    await importRows(rows(0));
    await transaction((tx) => tx.product.update({ where: { sku: "SPR200" }, data: { status: "draft" } }));
    await setPolicies({ missing: "archive", missingRunsUntilReview: 2 });
    await importRows(rows(1));
    expect(await product("SPR200")).toMatchObject({ status: "draft" });
    const run = await importRows(rows(1));
    expect(await product("SPR200")).toMatchObject({ status: "archived" });
    expect((await item("SPR200")).tombstonedAt).toBeInstanceOf(Date);
    const [change] = await db.syncChange.findMany({
      where: { runId: run.id, kind: "missing" },
      include: { detail: true },
    });
    expect(change).toMatchObject({ state: "applied", openSince: null });
    expect(change?.detail?.fields).toMatchObject({
      update: [{ field: "missing" }, { field: "status", before: "draft", after: "archived" }],
    });
    expect(await importRows(rows(1))).toMatchObject({ missing: 0, updated: 0 });
    const { id } = await product("SPR200");
    expect(await importRows(rows(0))).toMatchObject({ created: 0, updated: 1 });
    expect(await product("SPR200")).toMatchObject({ id, status: "draft" });
    expect(await item("SPR200")).toMatchObject({ tombstonedAt: null, missingRuns: 0 });
    expect(await db.product.count()).toBe(20);
  });

  test("C62 an archived product is back as it was when the run is undone, and missing as often as before", async () => {
    await importRows(rows(0));
    await setPolicies({ missing: "archive", missingRunsUntilReview: 2 });
    await importRows(rows(1));
    const before = await item("SPR200");
    const run = await importRows(rows(1));
    const { jobId } = await requestUndo(SYSTEM, { runId: run.id, confirmation: undoConfirmation(run.number) });
    await workOff(jobId);
    expect(await product("SPR200")).toMatchObject({ status: "active" });
    const { missingRuns, missingSinceRunId, tombstonedAt } = before;
    expect(await item("SPR200")).toMatchObject({ missingRuns, missingSinceRunId, tombstonedAt });
  });

  test("what another source still lists is not archived, and the run says so", async () => {
    await importRows(rows(0));
    await importRows(rows(0, 1), { sourceName: "Second" });
    await setPolicies({ missing: "archive", missingRunsUntilReview: 1 });
    const run = await importRows(rows(1));
    expect(await product("SPR200")).toMatchObject({ status: "active" });
    const changes = await db.syncChange.findMany({ where: { runId: run.id, kind: "missing" } });
    expect(changes).toMatchObject([{ reason: expect.stringContaining("Second still lists it") }]);
  });

  test("a status that a person keeps stays, beside the feed's", async () => {
    await importRows(rows(0));
    const kept = { by: "person", id: "somebody", at: new Date().toISOString(), kept: true };
    await transaction((tx) =>
      tx.product.update({ where: { sku: "SPR200" }, data: { fieldSources: { status: kept } } }),
    );
    await setPolicies({ missing: "archive", missingRunsUntilReview: 1 });
    await importRows(rows(1));
    expect(await product("SPR200")).toMatchObject({
      status: "active",
      fieldSources: { status: { kept: true, feedValue: "archived" } },
    });
    expect(await item("SPR200")).toMatchObject({ tombstonedAt: null });
    expect(await importRows(rows(1))).toMatchObject({ updated: 0 });
  });

  test("R15 a run that would archive more than its limit waits, with the figure", async () => {
    await importRows(rows(0));
    await setPolicies({ missing: "archive", missingRunsUntilReview: 2, maxMissingShare: 0.2, minItemShare: 0.1 });
    await importRows(rows(4));
    await setPolicies({ missing: "archive", missingRunsUntilReview: 2, maxMissingShare: 0.1, minItemShare: 0.1 });
    const run = await importRows(rows(4));
    expect(run).toMatchObject({
      status: "review",
      heldReason: "4 of 20 products would be archived (20.0 %), missing for 2 runs; the limit is 10.0 %.",
    });
    expect(await db.product.count({ where: { status: "archived" } })).toBe(0);
  });

  test("where missing rows are to be ignored, nothing is counted and nothing waits", async () => {
    await importRows(rows(0));
    await setPolicies({ missing: "ignore", minItemShare: 0 });
    expect(await importRows(rows(19))).toMatchObject({ status: "success", missing: 0 });
  });
});

describe("feeds that were cut", () => {
  test("A06 a file cut anywhere in its last row waits, and says that it is cut", async () => {
    await importRows(rows(0));
    const whole = `${[HEADER, ...rows(0)].join("\r\n")}\r\n`;
    const lastRow = whole.lastIndexOf("\r\n", whole.length - 3) + 2;
    for (const at of [lastRow + 1, lastRow + 9, whole.length - 3, whole.length - 2]) {
      const path = join(folder, "feed-cut.csv");
      await writeFile(path, whole.slice(0, at));
      const run = await importFiles("shopify_csv", [path]);
      expect([at, run.status, run.heldReason]).toEqual([at, "review", expect.stringContaining("is cut")]);
    }
  });

  test("C47 a source that stops at its error limit fails the run and applies nothing", async () => {
    await importRows(rows(0));
    await setPolicies({ whenRefused: "stop" });
    const bad = rows(0, 10).map((row) => row.replace("1.00", "free"));
    const run = await importRows([...bad, rowOf(11, "2.00"), ...rows(12)]);
    expect(run.status).toBe("failed");
    expect(JSON.stringify(run.errors)).toContain("the limit is 10.0 %");
    expect(await db.product.count({ where: { priceCents: 200 } })).toBe(0);
  });
});
