import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { actorOf, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, importFiles, workOff } from "@/lib/testing/run-import";
import { ensureDefaultRules } from "../approval-rules/ensure-default-rules";
import { approveRun, rejectRun } from "../mutations";
import { approveRows, putBackRows, rejectRows } from "./answer-rows";
import { releaseApproved } from "./release-approved";

const folder = await mkdtemp(join(tmpdir(), "stockroom-review-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

interface Row {
  sku: string;
  title?: string;
  price?: string;
  stock?: number;
  category?: string;
}

let files = 0;

async function importRows(rows: Row[], options: Parameters<typeof importFiles>[2] = {}) {
  const path = join(folder, `feed-${++files}.csv`);
  const header =
    "Handle,Title,Vendor,Barcode,Price,Inventory,Google Shopping / Google Product Category,Product image URL,Metafield: custom.SPRC[list.single_line_text]";
  const lines = rows.map(
    ({ sku, title = `Pen ${sku}`, price = "10.00", stock = 100, category = "Office > Pens" }) =>
      `${sku.toLowerCase()},${title},Halden,,${price},${stock},${category},,${sku}`,
  );
  await writeFile(path, [header, ...lines, ""].join("\r\n"));
  return importFiles("shopify_csv", [path], options);
}

const skus = (n: number) => Array.from({ length: n }, (_, at) => ({ sku: `SPR${100 + at}` }));
const review = { yes: false };
const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku } });
const changesOf = (runId: string) =>
  db.syncChange.findMany({ where: { runId, entity: "product" }, orderBy: { id: "asc" } });
const manager = async (firstName = "Ada") => actorOf(await createUser("manager", { firstName, lastName: "Lovelace" }));

/** Ten products and a run of the same, each 50 % dearer, that waits for review. */
async function dearer(price = "15.00") {
  await importRows(skus(10));
  const run = await importRows(
    skus(10).map((row) => ({ ...row, price })),
    review,
  );
  return { run, changes: await changesOf(run.id) };
}

describe("rows of a run in review", () => {
  test("approved rows are applied at once while the rest waits, and the run ends with its last answer", async () => {
    const { run, changes } = await dearer();
    const ada = await manager();
    const ids = changes.slice(0, 3).map(({ id }) => id);
    const { jobId, answered } = await approveRows(ada, { runId: run.id, choice: { ids }, shownAt: new Date() });
    expect(answered).toBe(3);
    await workOff(jobId);
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 3, completedAt: null });
    expect(await db.product.count({ where: { priceCents: 1500 } })).toBe(3);
    const rest = { filter: { entity: "product" as const, q: "" }, except: [changes[9]?.id ?? 0] };
    const turned = { runId: run.id, choice: rest, shownAt: new Date(), reason: "Too dear" };
    expect(await rejectRows(ada, turned)).toMatchObject({ answered: 6, status: "review" });
    const last = { runId: run.id, choice: { ids: [changes[9]?.id ?? 0] }, shownAt: new Date() };
    await workOff((await approveRows(ada, { ...last, reason: "That one is right" })).jobId);
    expect(await getEndedRun(run.id)).toMatchObject({ status: "partial", successful: 4 });
    const states = (await changesOf(run.id)).map(({ state }) => state);
    expect(states.filter((state) => state === "applied")).toHaveLength(4);
    expect(states.filter((state) => state === "rejected")).toHaveLength(6);
    expect((await changesOf(run.id))[9]).toMatchObject({ answer: "approved: That one is right" });
    expect(await db.product.count({ where: { priceCents: 1500 } })).toBe(4);
  });

  test("rows of a held run pass only by who has seen why it is held", async () => {
    const { run, changes } = await dearer("99.00");
    const { heldReason } = await getEndedRun(run.id);
    expect(heldReason).toContain("price");
    const rows = { runId: run.id, choice: { ids: changes.slice(0, 1).map(({ id }) => id) }, shownAt: new Date() };
    await expect(approveRows(await manager(), rows)).rejects.toMatchObject({ code: "conflict" });
    const ada = await manager();
    await workOff((await approveRows(ada, { ...rows, seenReason: heldReason })).jobId);
    expect(await db.product.count({ where: { priceCents: 9900 } })).toBe(1);
  });

  test("all rows turned down end the run as one whole answer does; the next import shows them again", async () => {
    const { run } = await dearer();
    const choice = { filter: { entity: "product" as const, q: "" }, except: [] };
    const end = await rejectRows(await manager(), { runId: run.id, choice, shownAt: new Date(), reason: "Wrong list" });
    expect(end).toMatchObject({ answered: 10, status: "cancelled" });
    const again = await importRows(
      skus(10).map((row) => ({ ...row, price: "15.00" })),
      review,
    );
    expect(again).toMatchObject({ status: "review", updated: 10 });
  });

  test("rows are chosen by kind, field and text alike", async () => {
    await importRows(skus(6));
    const rows = skus(6).map((row, n) => ({
      ...row,
      ...(n < 2 ? { price: "15.00" } : n < 4 ? { title: `Ink ${n}` } : {}),
    }));
    const run = await importRows([...rows, { sku: "SPR900" }], review);
    const ada = await manager();
    const approve = (filter: { kind?: "new"; field?: "price" | "content" | "metafields"; q?: string }) =>
      approveRows(ada, {
        runId: run.id,
        choice: { filter: { entity: "product", q: "", ...filter }, except: [] },
        shownAt: new Date(),
      });
    expect(await approve({ field: "price" })).toMatchObject({ answered: 2 });
    expect(await approve({ q: "ink 3" })).toMatchObject({ answered: 1 });
    expect(await approve({ kind: "new" })).toMatchObject({ answered: 1 });
    await expect(approve({ field: "metafields" })).rejects.toMatchObject({ code: "conflict" });
    expect(await approve({ field: "content" })).toMatchObject({ answered: 1 });
  });

  test("of two reviewers on overlapping rows each row is answered once, and the second is told by whom", async () => {
    const { run, changes } = await dearer();
    const [ada, max] = [await manager("Ada"), await manager("Max")];
    const shownAt = new Date(Date.now() - 1);
    const ids = changes.map(({ id }) => id);
    await rejectRows(ada, { runId: run.id, choice: { ids: ids.slice(0, 6) }, shownAt, reason: "Too dear" });
    const second = await approveRows(max, { runId: run.id, choice: { ids: ids.slice(4) }, shownAt });
    expect(second).toMatchObject({ answered: 4, rest: "2 were answered before: 2 by Ada Lovelace." });
    await workOff(second.jobId);
    expect(await db.product.count({ where: { priceCents: 1500 } })).toBe(4);
    const none = approveRows(max, { runId: run.id, choice: { ids: ids.slice(0, 2) }, shownAt });
    await expect(none).rejects.toMatchObject({ code: "conflict" });
  });

  test("two answers to the same rows at once: every row has one answer", async () => {
    const { run, changes } = await dearer();
    const [ada, max] = [await manager("Ada"), await manager("Max")];
    const choice = { ids: changes.map(({ id }) => id) };
    const shownAt = new Date();
    const answers = await Promise.allSettled([
      approveRows(ada, { runId: run.id, choice, shownAt }),
      rejectRows(max, { runId: run.id, choice, shownAt, reason: "Too dear" }),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const states = new Set((await changesOf(run.id)).map(({ state, answeredById }) => `${state} ${answeredById}`));
    expect(states.size).toBe(1);
  });

  test("turned down rows can be put back while the run is in review, once", async () => {
    const { run, changes } = await dearer();
    const ada = await manager();
    const choice = { ids: changes.slice(0, 4).map(({ id }) => id) };
    const { answeredAt } = await rejectRows(ada, { runId: run.id, choice, shownAt: new Date(), reason: "Too dear" });
    expect(await putBackRows(ada, { runId: run.id, answeredAt })).toEqual({ count: 4 });
    expect((await changesOf(run.id)).every(({ state }) => state === "staged")).toBe(true);
    await expect(putBackRows(ada, { runId: run.id, answeredAt })).rejects.toMatchObject({ code: "conflict" });
  });

  test("somebody without the right answers no row", async () => {
    const { run, changes } = await dearer();
    const staff = actorOf(await createUser("staff"));
    const rows = { runId: run.id, choice: { ids: changes.map(({ id }) => id) }, shownAt: new Date() };
    await expect(approveRows(staff, rows)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rejectRows(staff, { ...rows, reason: "No" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(putBackRows(staff, { runId: run.id, answeredAt: new Date() })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("a row whose category was turned down waits, and says for what", async () => {
    await importRows(skus(2));
    const run = await importRows([...skus(2), { sku: "SPR900", category: "Office > Ink" }], review);
    const ada = await manager();
    const categories = { filter: { entity: "category" as const, q: "" }, except: [] };
    await rejectRows(ada, { runId: run.id, choice: categories, shownAt: new Date(), reason: "No such shelf" });
    const { jobId } = await approveRun(ada, { runId: run.id });
    await workOff(jobId);
    expect(await db.product.count({ where: { sku: "SPR900" } })).toBe(0);
    const [row] = (await changesOf(run.id)).filter(({ kind }) => kind === "new");
    expect(row).toMatchObject({ state: "staged", reason: expect.stringContaining("Ink” is not in the catalogue") });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review", jobError: null });
  });

  test("what was approved and not applied when its job ended waits again", async () => {
    const { run, changes } = await dearer();
    const choice = { ids: changes.slice(0, 2).map(({ id }) => id) };
    await approveRows(await manager(), { runId: run.id, choice, shownAt: new Date() });
    await releaseApproved(run.id, { status: "cancelled", reason: "A person cancelled it." });
    expect((await changesOf(run.id)).map(({ state }) => state)).toEqual(Array(10).fill("staged"));
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review" });
  });

  test("the rest of a run turned down leaves what was applied", async () => {
    const { run, changes } = await dearer();
    const ada = await manager();
    const choice = { ids: changes.slice(0, 2).map(({ id }) => id) };
    await workOff((await approveRows(ada, { runId: run.id, choice, shownAt: new Date() })).jobId);
    await rejectRun(ada, { runId: run.id, reason: "The rest is wrong" });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "partial", successful: 2 });
  });
});

describe("A20 an approval is pinned to what was shown", () => {
  const edit = async (sku: string, from: number, to: number) => {
    const { id } = await product(sku);
    await updateProduct(await manager("Max"), { id, changes: { priceCents: { from, to } }, metafields: [] });
  };

  test("only the row that changed returns; the others are applied", async () => {
    const { run } = await dearer();
    await edit("SPR103", 1000, 1300);
    await workOff((await approveRun(await manager(), { runId: run.id })).jobId);
    expect(await db.product.count({ where: { priceCents: 1500 } })).toBe(9);
    expect(await product("SPR103")).toMatchObject({ priceCents: 1300 });
    const returned = (await changesOf(run.id)).filter(({ state }) => state === "staged");
    expect(returned).toHaveLength(1);
    expect(returned[0]).toMatchObject({
      label: "SPR103",
      kind: "conflict",
      reason: "Price was 10.00 when this was approved and is 13.00 now, kept by a person: look again.",
    });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 9, skipped: 0 });
  });

  test("another feed's newer value is the one shown again, and the approval of it goes in", async () => {
    await importRows(skus(3));
    const waiting = await importRows(
      skus(3).map((row) => ({ ...row, price: "15.00" })),
      review,
    );
    await importRows(
      skus(3).map((row) => ({ ...row, price: "13.00" })),
      { sourceName: "other shop" },
    );
    const ada = await manager();
    await workOff((await approveRun(ada, { runId: waiting.id })).jobId);
    expect(await db.product.count({ where: { priceCents: 1300 } })).toBe(3);
    const [row] = await changesOf(waiting.id);
    const words = "Price was 10.00 when this was approved and is 13.00 now: look again.";
    expect(row).toMatchObject({ state: "staged", kind: "changed", reason: words });
    await workOff((await approveRun(ada, { runId: waiting.id })).jobId);
    expect(await db.product.count({ where: { priceCents: 1500 } })).toBe(3);
    expect(await getEndedRun(waiting.id)).toMatchObject({ status: "success", successful: 3 });
  });

  test("who saw the row before it returned can't approve it unseen", async () => {
    const { run, changes } = await dearer();
    const shownAt = new Date();
    await edit("SPR100", 1000, 1300);
    const ada = await manager();
    const ids = changes.slice(0, 1).map(({ id }) => id);
    await workOff((await approveRows(ada, { runId: run.id, choice: { ids }, shownAt })).jobId);
    const blind = approveRows(ada, { runId: run.id, choice: { ids }, shownAt });
    await expect(blind).rejects.toThrow("1 row changed since you looked and waits with new values: look again.");
    await expect(approveRun(ada, { runId: run.id, shownAt })).rejects.toMatchObject({ code: "conflict" });
    expect(await approveRows(ada, { runId: run.id, choice: { ids }, shownAt: new Date() })).toMatchObject({
      answered: 1,
    });
  });

  test("a run applied without review returns such a row too", async () => {
    await importRows(skus(2));
    const run = await importRows(
      skus(2).map((row) => ({ ...row, price: "15.00" })),
      review,
    );
    // As if the run had been asked for without review and its worker died between reading and applying.
    await transaction((tx) => tx.syncChange.updateMany({ where: { runId: run.id }, data: { state: "approved" } }));
    await edit("SPR101", 1000, 900);
    await workOff((await approveRun(await manager(), { runId: run.id })).jobId);
    expect(await product("SPR101")).toMatchObject({ priceCents: 900 });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 1 });
  });
});

describe("A18 approval rules", () => {
  beforeEach(() => ensureDefaultRules());

  test("what the rules allow goes in with the rule's name, the rest waits", async () => {
    await importRows([
      { sku: "SPR100", price: "12.49" },
      { sku: "SPR101", price: "12.49" },
      { sku: "SPR102" },
      { sku: "SPR103" },
    ]);
    const run = await importRows(
      [
        { sku: "SPR100", price: "15.49" },
        { sku: "SPR101", price: "13.49" },
        { sku: "SPR102", stock: 45 },
        { sku: "SPR103", title: "Blue pen" },
        { sku: "SPR900" },
      ],
      review,
    );
    expect(run).toMatchObject({ status: "review", successful: 1 });
    const rows = (await changesOf(run.id)).map(({ label, state, rule }) => [label, state, rule]);
    expect(rows).toEqual([
      ["SPR100", "staged", null],
      ["SPR101", "applied", "Price within 10 %"],
      ["SPR102", "staged", null],
      ["SPR103", "staged", null],
      ["SPR900", "staged", null],
    ]);
    expect(await product("SPR101")).toMatchObject({ priceCents: 1349 });
    expect(await product("SPR100")).toMatchObject({ priceCents: 1249 });
  });

  test("a run whose every change the rules allow is done without a person", async () => {
    await importRows(skus(3));
    const run = await importRows(
      skus(3).map((row) => ({ ...row, price: "10.50" })),
      review,
    );
    expect(run).toMatchObject({ status: "success", successful: 3 });
  });

  test("guards beat rules: of a held run nothing passes", async () => {
    await importRows(skus(10));
    const run = await importRows([{ sku: "SPR100", price: "10.50" }], review);
    expect(run.heldReason).toContain("of last good 10");
    expect(run).toMatchObject({ status: "review", successful: 0 });
    expect(await product("SPR100")).toMatchObject({ priceCents: 1000 });
  });

  test("they are made once: what somebody deleted stays away", async () => {
    expect(await db.approvalRule.count()).toBe(2);
    await transaction((tx) => tx.approvalRule.deleteMany());
    await ensureDefaultRules();
    expect(await db.approvalRule.count()).toBe(0);
  });
});
