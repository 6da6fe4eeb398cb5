import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import {
  actor,
  createChange,
  createCode,
  createFeedSource,
  createJob,
  createProduct,
  createRun,
  createUser,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { listRuns } from "../queries";
import { compareRuns } from "./compare";
import { listRefusalKinds, listRefusals, parseErrorSearch } from "./errors";
import { exportRunChanges, exportRuns } from "./export";
import { measureGrowth } from "./growth";
import { historyFigures } from "./run-days";
import { listTimeline, parseTimelineSearch } from "./timeline";

const staff = actor("staff");
const nobody = { ...staff, role: "guest" } as unknown as Actor;

beforeEach(() => resetDatabase());

function createRejection(runId: string, data: Partial<Prisma.SyncRejectionUncheckedCreateInput> = {}) {
  const row = { runId, file: "a.csv", line: 2, code: "price_zero", reason: "A price is more than 0.", raw: "x,0" };
  return transaction((tx) => tx.syncRejection.create({ data: { ...row, ...data } }));
}

describe("C74 searching the history", () => {
  async function numbers(search: Parameters<typeof listRuns>[1]) {
    return (await listRuns(staff, search)).rows.map((run) => run.number);
  }

  test("finds runs by source, number, file, message and what stands inside them", async () => {
    const source = await createFeedSource();
    const product = await createProduct({ sku: "HEWC2P24AN" });
    await createCode(product.id, { code: "0088-698", normalized: "0088698" });
    await transaction((tx) =>
      tx.sourceItem.create({
        data: {
          sourceId: source.id,
          entity: "product",
          externalKey: "1012345",
          productId: product.id,
          contentHash: "h",
        },
      }),
    );
    const etilize = await createRun({ source: "Etilize" });
    const named = await createRun({ source: "ERP" });
    await transaction((tx) =>
      tx.syncFile.create({ data: { runId: named.id, name: "Items_2026.csv", bytes: 1, encoding: "utf-8" } }),
    );
    const said = await createRun({ errors: ["The disk is full."], warnings: ["50% of rows"] });
    const held = await createRun({ heldReason: "Held: 1,204 rows is 5.0 % of last good" });
    const changed = await createRun();
    await createChange(changed.id, { entityId: product.id });
    const unmatched = await createRun();
    await createChange(unmatched.id, { entityId: null, externalKey: "NOBODY-7", kind: "unmatched" });
    const refusing = await createRun();
    await createRejection(refusing.id, { externalKey: "BAD-1", raw: "BAD-1,N/A,Blue pen" });
    expect(await numbers({ q: "etil" })).toEqual([etilize.number]);
    expect(await numbers({ q: "items_2026" })).toEqual([named.number]);
    expect(await numbers({ q: "disk is FULL" })).toEqual([said.number]);
    expect(await numbers({ q: "50%" })).toEqual([said.number]);
    expect(await numbers({ q: "5.0 %" })).toEqual([held.number]);
    for (const q of ["HEWC2P24AN", "hewc2p24an", "0088-698", "1012345"]) {
      expect(await numbers({ q }), q).toEqual([changed.number]);
    }
    expect(await numbers({ q: "NOBODY-7" })).toEqual([unmatched.number]);
    expect(await numbers({ q: "blue pen" })).toEqual([refusing.number]);
    expect(await numbers({ q: `#${etilize.number}` })).toContain(etilize.number);
    expect(await numbers({ q: "'; DROP TABLE" })).toEqual([]);
  });

  test("filters by trigger, person and days", async () => {
    const user = await createUser("manager");
    const at = (day: string) => ({ createdAt: new Date(`${day}T12:00:00Z`) });
    const mine = await createRun({ userId: user.id, ...at("2026-11-01") });
    const nightly = await createRun({ trigger: "schedule", ...at("2026-11-03") });
    expect(await numbers({ who: user.id })).toEqual([mine.number]);
    expect(await numbers({ who: "system" })).toEqual([nightly.number]);
    expect(await numbers({ trigger: "schedule" })).toEqual([nightly.number]);
    expect(await numbers({ from: "2026-11-02", to: "2026-11-03" })).toEqual([nightly.number]);
    expect(await numbers({ from: "2026-11-01", to: "2026-11-01" })).toEqual([mine.number]);
  });
});

test("success, volume and duration by day, dry runs and running ones left out of the rate", async () => {
  const now = new Date("2026-11-07T12:00:00Z");
  const run = (from: string, to: string | null, data: Partial<Prisma.SyncHistoryUncheckedCreateInput>) =>
    createRun({ startedAt: new Date(from), completedAt: to ? new Date(to) : null, ...data });
  await run("2026-11-07T02:00:00Z", "2026-11-07T02:01:00Z", {
    status: "success",
    totalItems: 100,
    rejected: 4,
    updated: 10,
  });
  await run("2026-11-07T03:00:00Z", "2026-11-07T03:03:00Z", { status: "failed" });
  await run("2026-11-06T03:00:00Z", "2026-11-06T03:00:30Z", { status: "success", isDryRun: true });
  await run("2026-11-07T11:59:00Z", null, { status: "running" });
  const figures = await historyFigures(staff, {}, 3, now);
  expect(figures).toMatchObject({ ended: 2, endedWell: 1, items: 100, itemsGood: 96 });
  expect(figures.days.map((day) => [day.day, day.runs, day.changed, day.averageSeconds, day.longestSeconds])).toEqual([
    ["2026-11-05", 0, 0, null, null],
    ["2026-11-06", 0, 0, null, null],
    ["2026-11-07", 3, 10, 120, 180],
  ]);
});

test("refused rows are grouped by kind and source with their trend, and lead to the rows", async () => {
  const now = new Date("2026-11-30T00:00:00Z");
  const source = await createFeedSource({ name: "Etilize" });
  const old = await createRun({ feedSourceId: source.id, source: "Etilize", createdAt: new Date("2026-11-05") });
  const late = await createRun({ feedSourceId: source.id, source: "Etilize", createdAt: new Date("2026-11-25") });
  const ancient = await createRun({ createdAt: new Date("2026-01-01") });
  await createRejection(old.id, { handledByRunId: late.id });
  await createRejection(late.id);
  await createRejection(late.id);
  await createRejection(late.id, { code: "unknown_category" });
  await createRejection(ancient.id);
  const kinds = await listRefusalKinds(staff, 30, now);
  expect(kinds).toMatchObject([
    { code: "price_zero", source: "Etilize", count: 3, open: 2, runs: 2, recent: 2, before: 1, lastRun: late.number },
    { code: "unknown_category", count: 1, open: 1, runs: 1 },
  ]);
  const { rows, older } = await listRefusals(staff, parseErrorSearch({ code: "price_zero", source: source.id }), now);
  expect(rows.map((row) => [row.run.number, row.handledBy])).toEqual([
    [late.number, null],
    [late.number, null],
    [old.number, late.number],
  ]);
  expect(older).toBeNull();
});

test("two runs are compared by product, whatever key each knows it under", async () => {
  const [both, onlyA, onlyB] = [await createProduct(), await createProduct(), await createProduct()];
  const a = await createRun();
  const b = await createRun();
  await createChange(a.id, { entityId: both.id, externalKey: "E-1", kind: "new", state: "applied", label: "BOTH" });
  await createChange(b.id, { entityId: both.id, externalKey: "ERP-1", kind: "changed", state: "applied" });
  await createChange(a.id, { entityId: onlyA.id, kind: "new", label: "ONLY-A" });
  await createChange(b.id, { entityId: onlyB.id, kind: "missing", label: "ONLY-B" });
  await createChange(a.id, { entityId: null, externalKey: "same", kind: "unmatched" });
  await createChange(b.id, { entityId: null, externalKey: "same", kind: "unmatched" });
  const found = await compare([b.number, a.number], "both");
  expect([found.a.number, found.b.number]).toEqual([a.number, b.number]);
  expect(found.rows).toMatchObject([{ label: "BOTH", aKind: "new", bKind: "changed" }]);
  const pairs = found.pairs.map((pair) => [pair.a, pair.b, pair.count]);
  expect(pairs).toHaveLength(4);
  expect(pairs).toEqual(
    expect.arrayContaining([
      ["new", "changed", 1],
      ["new", null, 1],
      ["unmatched", "unmatched", 1],
      [null, "missing", 1],
    ]),
  );
  expect((await compare([a.number, b.number], "a")).rows.map((row) => row.label)).toEqual(["ONLY-A"]);
  expect((await compare([a.number, b.number], "b")).rows.map((row) => row.label)).toEqual(["ONLY-B"]);
  expect(await compareRuns(staff, [a.number, 999_999], "a", 0)).toBeNull();
});

test("C79 runs and changes of settings stand in one order of time, and pages lose none of the same moment", async () => {
  const source = await createFeedSource({ name: "Etilize" });
  const run = await createRun();
  const told: string[] = [];
  await transaction(async (tx) => {
    for (let n = 0; n < 130; n++) {
      const target = { entity: "FeedSource", entityId: source.id };
      await recordAudit(tx, actor("manager", { name: "Ann" }), "feed.update", target, { after: { n } });
      told.push(String(n));
    }
    await recordAudit(tx, actor("admin"), "product.update", { entity: "Product", entityId: "p" });
    await recordAudit(tx, actor("admin"), "sync.apply", { entity: "SyncHistory", entityId: run.id });
  });
  const seen: string[] = [];
  let runs = 0;
  for (let before: string | undefined; ; ) {
    const page = await listTimeline(staff, parseTimelineSearch({ before }));
    for (const entry of page.rows) {
      if (entry.what === "run") runs++;
      else {
        expect(entry).toMatchObject({ action: "feed.update", who: "Ann", target: { words: "Etilize" } });
        seen.push(String((entry.after as { n: number }).n));
      }
    }
    if (page.older === null) break;
    before = page.older;
  }
  expect(runs).toBe(1);
  expect(seen.toSorted()).toEqual(told.toSorted());
  expect((await listTimeline(staff, parseTimelineSearch({ show: "runs" }))).rows).toHaveLength(1);
});

describe("exports", () => {
  test("of runs obey the search; a spreadsheet runs nothing of them", async () => {
    await createRun({ source: "=cmd()", status: "success", created: 3 });
    await createRun({ source: 'A "quoted", name', status: "failed" });
    const csv = await text(exportRuns(staff, {}, "csv").body);
    const [header, first, second] = csv.split("\r\n");
    expect(header).toMatch(/^run,source,status,/);
    expect(first).toContain(`,"A ""quoted"", name",failed,`);
    expect(second).toContain(",'=cmd(),success,");
    const json = JSON.parse(await text(exportRuns(staff, { status: "success" }, "json").body));
    expect(json).toMatchObject([{ source: "=cmd()", added: 3 }]);
    expect(JSON.parse(await text(exportRuns(staff, { status: "reverted" }, "json").body))).toEqual([]);
  });

  test("of a run's changes have a line per field; a cleared run says why there are none", async () => {
    const run = await createRun();
    const update = [
      { field: "priceCents", before: 100, after: -5 },
      { field: "name", before: "Pen", after: "@Pen" },
    ];
    await createChange(run.id, { label: "SKU-A", fields: { update } });
    await createChange(run.id, { label: "SKU-B", kind: "unmatched", entityId: null });
    const { filename, body } = await exportRunChanges(staff, run.id, "json");
    expect(filename).toBe(`run-${run.number}-changes.json`);
    const rows = JSON.parse(await text(body));
    expect(
      rows.map((row: { sku: string; field: string | null; after: unknown }) => [row.sku, row.field, row.after]),
    ).toEqual([
      ["SKU-A", "priceCents", -5],
      ["SKU-A", "name", "@Pen"],
      ["SKU-B", null, null],
    ]);
    const csv = await text((await exportRunChanges(staff, run.id, "csv")).body);
    expect(csv).toContain(",100,-5,");
    expect(csv).toContain(",Pen,'@Pen,");
    await transaction((tx) => tx.syncHistory.update({ where: { id: run.id }, data: { prunedAt: new Date() } }));
    await expect(exportRunChanges(staff, run.id, "csv")).rejects.toMatchObject({ code: "not_found" });
  });
});

test("growth is told from what the runs of the last days wrote", async () => {
  const now = new Date("2026-11-30T00:00:00Z");
  const at = (day: string) => ({ createdAt: new Date(day), changeBytes: 900_000n });
  await createRun({ ...at("2026-11-20"), created: 500, updated: 400 });
  await createRun({ ...at("2026-11-25"), updated: 1_100 });
  await createRun({ createdAt: new Date("2026-11-26"), unchanged: 5_000 });
  const growth = await measureGrowth(staff, now);
  expect(growth).toMatchObject({ changes: 2_000, changeBytes: 1_800_000, days: 10, bytesPerChange: 900 });
  expect(growth.storage.bytes).toBeGreaterThan(0);
  expect(growth.forecast[12]?.everything).toBeGreaterThan(growth.forecast[12]?.withRetention ?? 0);
});

test("somebody without a role sees nothing of the history", async () => {
  const run = await createRun();
  await createJob();
  const refused = { code: "forbidden" };
  await expect(historyFigures(nobody, {}, 7)).rejects.toMatchObject(refused);
  await expect(listRefusalKinds(nobody, 7)).rejects.toMatchObject(refused);
  await expect(listRefusals(nobody, parseErrorSearch({}))).rejects.toMatchObject(refused);
  await expect(compareRuns(nobody, [1, 2], "a", 0)).rejects.toMatchObject(refused);
  await expect(listTimeline(nobody, parseTimelineSearch({}))).rejects.toMatchObject(refused);
  await expect(exportRunChanges(nobody, run.id, "csv")).rejects.toMatchObject(refused);
  await expect(measureGrowth(nobody)).rejects.toMatchObject(refused);
  expect(() => exportRuns(nobody, {}, "csv")).toThrow(expect.objectContaining(refused));
});

async function compare(pair: [number, number], part: "both" | "a" | "b") {
  const found = await compareRuns(staff, pair, part, 0);
  if (!found) throw new Error("One of the runs is not there.");
  return found;
}
