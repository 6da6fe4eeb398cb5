import { beforeEach, describe, expect, test } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, type Tx, transaction, withGuard } from "@/lib/db/client";
import { listOpenChanges } from "@/lib/db/inbox";
import { countInbox } from "@/lib/inbox/count-inbox";
import { listInbox } from "@/lib/inbox/list-inbox";
import type { JobContext } from "@/lib/jobs/define-job";
import { requestCancel, retryJob } from "@/lib/jobs/mutations";
import { runWorker } from "@/lib/jobs/worker";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createChange, createUser } from "@/lib/testing/factories";
import { importRows, MANY, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { applyJob } from "./apply-job";
import { importJob } from "./import-job";
import { approveRun, rejectRun } from "./mutations";
import { approveRows } from "./review/answer-rows";
import { settleForgottenEnds } from "./settle-end";

beforeEach(() => resetDatabase());

const manager = actor("manager");
const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku } });
const run = (id: string) => db.syncHistory.findUniqueOrThrow({ where: { id } });

/** A worker's side of a job that nobody watches. */
function nobody(jobId: string): JobContext {
  return {
    jobId,
    signal: new AbortController().signal,
    report: async () => undefined,
    log: () => undefined,
    assertHeld: async () => undefined,
  };
}

async function approve(runId: string) {
  const { jobId } = await approveRun(manager, { runId });
  await workOff(jobId);
  return run(runId);
}

async function approveRow(runId: string, label: string) {
  const change = await db.syncChange.findFirstOrThrow({ where: { runId, label } });
  const { heldReason } = await run(runId);
  const shown = { runId, choice: { ids: [change.id] }, shownAt: new Date(), seenReason: heldReason };
  const { jobId } = await approveRows(manager, shown);
  await workOff(jobId);
}

describe("runs that meet", () => {
  test("R23 an undo while another run waits: its rows return, and nothing the feed says is lost for good", async () => {
    await importRows({ SPR1: {}, SPR2: {} });
    const first = await importRows({ SPR1: { price: "2.10", title: "Pen B" }, SPR2: {} });
    const second = await importRows({ SPR1: { price: "2.10", title: "Pen C" }, SPR2: {} }, { yes: false });
    await undoRun(first.id);
    expect(await approve(second.id)).toMatchObject({ status: "review", successful: 0 });
    expect(await approve(second.id)).toMatchObject({ status: "success", successful: 1 });
    expect(await product("SPR1")).toMatchObject({ name: "Pen C", priceCents: 199 });
    // The second run never showed the price: the undo took it back after it had looked.
    const third = await importRows({ SPR1: { price: "2.10", title: "Pen C" }, SPR2: {} });
    expect(third).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await product("SPR1")).toMatchObject({ priceCents: 210 });
  });

  test("R23 a row approved after an undo is itself taken back to what the undo had left", async () => {
    await importRows({ SPR1: {} });
    const first = await importRows({ SPR1: { price: "2.10" } });
    const second = await importRows({ SPR1: { price: "2.10", stock: 9 } }, { yes: false });
    await undoRun(first.id);
    const hashes = await catalogueHashes();
    await approve(second.id);
    expect(await product("SPR1")).toMatchObject({ priceCents: 199, inventoryQuantity: 9 });
    expect(await undoRun(second.id)).toMatchObject({ status: "success", updated: 1, skipped: 0 });
    expect(await catalogueHashes()).toEqual(hashes);
  });

  test("an older run's rows are not approved over a newer one's, and end with it", async () => {
    await importRows({ SPR1: {}, SPR2: {} });
    const older = await importRows({ SPR1: { price: "2.10" }, SPR2: { stock: 7 } }, { yes: false });
    const newer = await importRows({ SPR1: {}, SPR2: { stock: 8 } }, { yes: false });
    await expect(approveRun(manager, { runId: older.id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`Run ${newer.number} has read shopify_csv anew since`),
    });
    await expect(approveRow(older.id, "SPR1")).rejects.toMatchObject({ code: "conflict" });
    expect(await approve(newer.id)).toMatchObject({ status: "success" });
    expect(await run(older.id)).toMatchObject({ status: "cancelled" });
    expect(await db.syncChange.count({ where: { runId: older.id, state: { not: "skipped" } } })).toBe(0);
    expect(await product("SPR1")).toMatchObject({ priceCents: 199 });
    expect(await product("SPR2")).toMatchObject({ inventoryQuantity: 8 });
  });

  test("a newer run that is turned down leaves the older one to be answered", async () => {
    await importRows({ SPR1: {} });
    const older = await importRows({ SPR1: { price: "2.10" } }, { yes: false });
    const newer = await importRows({ SPR1: { price: "2.20" } }, { yes: false });
    await rejectRun(manager, { runId: newer.id, reason: "Not these prices." });
    expect(await approve(older.id)).toMatchObject({ status: "success" });
    expect(await product("SPR1")).toMatchObject({ priceCents: 210 });
  });

  test("two sources over one field: undone last first, it is as before both", async () => {
    const hashes = await startTwoSources();
    const { one, two } = await runTwoSources();
    expect((await undoRun(two.id)).status).toBe("success");
    expect((await undoRun(one.id)).status).toBe("success");
    expect(await catalogueHashes()).toEqual(hashes);
  });

  test("two sources over different fields of a product: undone last first, each remembers what it did before", async () => {
    const second = { sourceName: "Second list" };
    await importRows({ SPR1: { colour: "" } });
    await importRows({ SPR1: { price: "1.99", colour: "" } }, second);
    const hashes = await catalogueHashes();
    const one = await importRows({ SPR1: { colour: "Green" } });
    const two = await importRows({ SPR1: { price: "2.10", colour: "" } }, second);
    await undoRun(two.id);
    await undoRun(one.id);
    expect(await catalogueHashes()).toEqual(hashes);
  });

  test("what a second source said too comes back by its next feed once the first one's run is taken back", async () => {
    const second = { sourceName: "Second list" };
    await importRows({ SPR1: { colour: "" }, SPR2: { colour: "" } });
    const run = await importRows({ SPR1: { price: "2.10", colour: "Green" }, SPR2: { price: "2.50", colour: "" } });
    const says = { SPR1: { price: "2.10", colour: "Green" }, SPR2: { price: "1.99", colour: "" } };
    await importRows(says, second);
    await undoRun(run.id);
    expect(await product("SPR1")).toMatchObject({ priceCents: 199 });
    await importRows({ ...says, SPR9: {} }, second);
    const { priceCents, metafields } = await db.product.findUniqueOrThrow({
      where: { sku: "SPR1" },
      include: { metafields: true },
    });
    expect(priceCents).toBe(210);
    expect(metafields.find(({ key }) => key === "colour")?.value).toBe(JSON.stringify(["Green"]));
    expect(await product("SPR2")).toMatchObject({ priceCents: 199 });
  });

  test("undone first first, the first says what it left and the second goes back past both", async () => {
    await startTwoSources();
    const { one, two } = await runTwoSources();
    expect(await undoRun(one.id)).toMatchObject({ status: "partial", updated: 0, skipped: 1 });
    expect(await product("SPR1")).toMatchObject({ priceCents: 250 });
    expect(await undoRun(two.id)).toMatchObject({ status: "success", updated: 1 });
    expect(await product("SPR1")).toMatchObject({ priceCents: 199 });
  });

  test("an older question that a run took over is open again once that run is taken back", async () => {
    const mira = actorOf(await createUser("manager"));
    await importRows({ SPR1: {} });
    const { id } = await product("SPR1");
    await updateProduct(mira, { id, changes: { name: { to: "Mine" } }, metafields: [] });
    const asking = await importRows({ SPR1: { title: "Theirs" } });
    const again = await importRows({ SPR1: { title: "Theirs now" } });
    const open = () => listOpenChanges({ kinds: ["conflict"] }, { limit: 10 });
    expect((await open()).map((row) => row.run)).toEqual([again.number]);
    await undoRun(again.id);
    expect((await open()).map((row) => row.run)).toEqual([asking.number]);
    expect((await product("SPR1")).fieldSources).toMatchObject({ name: { feedValue: "Theirs" } });
  });

  test("a row to match that a run took over is a question again, and what counts it lists it", async () => {
    await importRows({ SPR1: {} });
    const asking = await importRows({ SPR1: { price: "2.10" } });
    await createChange(asking.id, { kind: "unmatched", externalKey: "ZZZ9", openSince: new Date(), entityId: null });
    const later = await importRows({ SPR1: { price: "2.20" } });
    const inbox = async () => {
      const [count, list] = await Promise.all([countInbox(manager), listInbox(manager, { q: "" })]);
      expect(list.rows).toHaveLength(count.total);
      return list.rows.map(({ kind, code }) => [kind, code]);
    };
    expect(await inbox()).toEqual([]);
    await undoRun(later.id);
    expect(await inbox()).toEqual([["match", expect.any(String)]]);
  });

  test("what a run archived and a later one brought back stays when both are taken back, first first", async () => {
    await importRows({ ...MANY, SPR1: {} });
    const policies = { missing: "archive", missingRunsUntilReview: 1 };
    await transaction((tx) => tx.feedSource.updateMany({ data: { policies } }));
    const archiving = await importRows(MANY);
    expect(await product("SPR1")).toMatchObject({ status: "archived", archivedAt: expect.any(Date) });
    const returning = await importRows({ ...MANY, SPR1: { price: "2.10" } });
    expect(await product("SPR1")).toMatchObject({ status: "active", archivedAt: null });
    expect(await undoRun(archiving.id)).toMatchObject({ skipped: 1 });
    expect(await product("SPR1")).toMatchObject({ status: "active", priceCents: 210 });
    await undoRun(returning.id);
    expect(await product("SPR1")).toMatchObject({ status: "active", priceCents: 199 });
    const { id } = await product("SPR1");
    expect(await db.sourceItem.findFirstOrThrow({ where: { productId: id } })).toMatchObject({
      tombstonedAt: null,
      missingRuns: 0,
    });
  });

  test("an approval that is cancelled between reading and writing a batch changes nothing", async () => {
    await importRows({ SPR1: {}, SPR2: {} });
    const waiting = await importRows({ SPR1: { price: "2.10" }, SPR2: { price: "2.10" } }, { yes: false });
    const rows = await db.syncChange.findMany({ where: { runId: waiting.id } });
    const choice = { ids: rows.map((row) => row.id) };
    await approveRows(manager, { runId: waiting.id, choice, shownAt: new Date(), seenReason: null });
    let isReading = false;
    const report: JobContext["report"] = async ({ stage }) => {
      isReading = stage === "Applying";
    };
    // The batch is read by the time its transaction begins: there the answer has been taken back meanwhile.
    const guard = async (tx: Tx) => {
      if (!isReading) return;
      isReading = false;
      await tx.syncChange.updateMany({ where: { runId: waiting.id, state: "approved" }, data: { state: "staged" } });
    };
    await withGuard(guard, () => applyJob.handle({ runId: waiting.id }, { ...nobody(""), report }));
    expect(await run(waiting.id)).toMatchObject({ status: "review", successful: 0 });
    expect(await product("SPR1")).toMatchObject({ priceCents: 199 });
  });

  test("counts add up after rows were approved, returned, turned down and taken back", async () => {
    const rows = (price: string) =>
      Object.fromEntries(["A", "B", "C", "D", "E"].map((key) => [`SPR${key}`, { price }]));
    await importRows(rows("1.99"));
    const mixed = await importRows(rows("2.10"), { yes: false });
    const mira = actorOf(await createUser("manager"));
    const { id } = await product("SPRB");
    await updateProduct(mira, { id, changes: { priceCents: { to: 777 } }, metafields: [] });
    await approveRow(mixed.id, "SPRA");
    await approveRow(mixed.id, "SPRB");
    expect(await run(mixed.id)).toMatchObject({ status: "review", ...(await tally(mixed.id)) });
    await rejectRun(manager, { runId: mixed.id, reason: "Enough." });
    expect(await run(mixed.id)).toMatchObject({ status: "partial", updated: 5, ...(await tally(mixed.id)) });
    const before = await tally(mixed.id);
    const undone = await undoRun(mixed.id);
    expect(undone).toMatchObject({ ...(await tally(undone.id)), successful: before.successful });
    expect(await db.syncChange.count({ where: { runId: mixed.id, state: "reverted" } })).toBe(before.successful);
  });
});

/** What a run's counts must be, told by its rows. */
async function tally(runId: string) {
  const count = (state: "applied" | "failed" | "skipped") => db.syncChange.count({ where: { runId, state } });
  const [successful, failed, skipped] = await Promise.all([count("applied"), count("failed"), count("skipped")]);
  return { processed: successful + failed + skipped, successful, failed, skipped };
}

async function startTwoSources() {
  await importRows({ SPR1: {} });
  await importRows({ SPR1: {} }, { sourceName: "Second list" });
  return catalogueHashes();
}

async function runTwoSources() {
  const one = await importRows({ SPR1: { price: "2.10" } });
  const two = await importRows({ SPR1: { price: "2.50" } }, { sourceName: "Second list" });
  expect(await product("SPR1")).toMatchObject({ priceCents: 250 });
  return { one, two };
}

describe("the same file again", () => {
  test("after a run that was cancelled half way the feed before it is read again", async () => {
    await importRows({ SPR1: {}, SPR2: {} });
    const second = await importRows({ SPR1: { price: "2.10" }, SPR2: { price: "2.10" } }, { yes: false });
    await approveRow(second.id, "SPR1");
    const { jobId } = await approveRun(manager, { runId: second.id });
    await requestCancel(manager, { jobId });
    expect(await run(second.id)).toMatchObject({ status: "cancelled" });
    expect(await product("SPR1")).toMatchObject({ priceCents: 210 });
    const again = await importRows({ SPR1: {}, SPR2: {} });
    expect(again).toMatchObject({ updated: 1 });
    expect(await product("SPR1")).toMatchObject({ priceCents: 199 });
  });

  test("what was turned down is offered again, what was taken is not", async () => {
    await importRows({ SPR1: {}, SPR2: {}, SPR3: {} });
    const rows = { SPR1: { price: "2.10" }, SPR2: { price: "2.20" }, SPR3: {} };
    const first = await importRows(rows, { yes: false });
    await approveRow(first.id, "SPR1");
    await rejectRun(manager, { runId: first.id, reason: "Too dear." });
    expect(await run(first.id)).toMatchObject({ status: "partial" });
    const second = await importRows(rows, { yes: false });
    const waiting = await db.syncChange.findMany({ where: { runId: second.id } });
    expect(waiting.map(({ label, state }) => [label, state])).toEqual([["SPR2", "staged"]]);
    await rejectRun(manager, { runId: second.id, reason: "Still too dear." });
    expect(await importRows(rows, { yes: false })).toMatchObject({ status: "review", updated: 1, unchanged: 2 });
  });
});

describe("a worker that dies between a run's end and its job's", () => {
  test("leaves a run in review as people answered it", async () => {
    await importRows({ ...MANY, SPR1: {} });
    const held = await importRows({ SPR1: {} });
    expect(held).toMatchObject({ status: "review" });
    await rejectRun(manager, { runId: held.id, reason: "The file was cut." });
    expect(await importJob.handle({ runId: held.id }, nobody(held.jobId ?? ""))).toMatchObject({ status: "cancelled" });
    expect(await run(held.id)).toMatchObject({ status: "cancelled" });
    expect(await db.syncChange.count({ where: { runId: held.id, state: "rejected" } })).toBe(held.missing);
  });

  test("a failed run that is taken up again asks again what only a person knows", async () => {
    await importRows({ SPR1: {} });
    const waiting = await importRows({ SPR1: { price: "2.10" } }, { yes: false });
    const held = await createChange(waiting.id, { kind: "ambiguous", state: "staged", openSince: new Date() });
    const { jobId } = await approveRun(manager, { runId: waiting.id });
    await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { status: "parked" } }));
    await runWorker({ signal: new AbortController().signal, only: jobId });
    const stateOf = () => db.syncChange.findUniqueOrThrow({ where: { id: held.id } });
    expect(await stateOf()).toMatchObject({ state: "skipped", openSince: null });
    await retryJob(manager, { jobId });
    await workOff(jobId);
    expect(await stateOf()).toMatchObject({ state: "staged", openSince: expect.any(Date) });
    expect(await product("SPR1")).toMatchObject({ priceCents: 210 });
  });

  test("a run whose job was ended without telling it is told by the next worker", async () => {
    await importRows({ SPR1: {} });
    const waiting = await importRows({ SPR1: { price: "2.10" } }, { yes: false });
    const { jobId } = await approveRun(manager, { runId: waiting.id });
    const error = "Its worker died 3 times.";
    await transaction((tx) => tx.job.update({ where: { id: jobId }, data: { status: "parked", error } }));
    await runWorker({ signal: new AbortController().signal, only: jobId });
    expect(await run(waiting.id)).toMatchObject({ status: "failed", errors: [error] });
  });
});

describe("a process that dies right behind a run's end", () => {
  test("leaves what the end settles in other runs to the next worker", async () => {
    await importRows({ SPR1: {} });
    const earlier = await importRows({ SPR1: { price: "2.10" } }, { yes: false });
    const later = await importRows({ SPR1: { price: "2.20" } }, { yes: false });
    const ended = { status: "partial", completedAt: new Date() } as const;
    await transaction((tx) => tx.syncHistory.update({ where: { id: later.id }, data: ended }));
    await settleForgottenEnds();
    const words = `Run ${later.number} has read the feed anew since: what was left of this one is offered there.`;
    expect(await run(earlier.id)).toMatchObject({ status: "cancelled", messages: [words] });
    expect(await run(later.id)).toMatchObject({ metadata: { isSettled: true } });
    const { updatedAt } = await run(later.id);
    await settleForgottenEnds();
    expect(await run(later.id)).toMatchObject({ updatedAt });
  });
});

describe("what a person gave", () => {
  test("before any feed spoke of it is kept when one does", async () => {
    const mira = actorOf(await createUser("manager"));
    await importRows({ SPR1: {} });
    const { id } = await product("SPR1");
    const changes = { brand: { to: "Mine" }, seoTitle: { to: "My own title" } };
    await updateProduct(mira, { id, changes, metafields: [] });
    await transaction((tx) =>
      tx.product.update({
        where: { id },
        data: { fieldSources: { brand: { by: "person", id: "mira", at: "2026-01-01T00:00:00.000Z" } } },
      }),
    );
    const hashes = await catalogueHashes();
    await transaction((tx) => tx.sourceItem.updateMany({ data: { contentHash: "", fieldHashes: {} } }));
    const spoken = await importRows({ SPR1: { price: "2.10" } });
    expect(await product("SPR1")).toMatchObject({ brand: "Mine", priceCents: 210 });
    expect((await product("SPR1")).fieldSources).toMatchObject({ brand: { kept: true, feedValue: "Halden" } });
    expect(await listOpenChanges({ kinds: ["conflict"] }, { limit: 10 })).toMatchObject([{ label: "SPR1" }]);
    await undoRun(spoken.id);
    expect((await catalogueHashes()).products).toBe(hashes.products);
  });
});
