import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { listProductHistory } from "@/lib/catalog/product-history";
import { productSkus } from "@/lib/catalog/product-skus";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { refreshSearch } from "@/lib/search/refresh-search";
import { changeMetadata } from "@/lib/sync/change-metadata";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { approveRows, rejectRows } from "@/lib/sync/review/answer-rows";
import { listRunChanges } from "@/lib/sync/run-changes";
import { previewUndo } from "@/lib/sync/undo/preview-undo";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import {
  actor,
  actorOf,
  createCategory,
  createImage,
  createMetafield,
  createProduct,
  createUser,
} from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { backupName, backupPath } from "./backup-file";
import { countPurge } from "./count-purge";
import { getDeletedProduct } from "./get-deleted";
import { requestPurge } from "./request-purge";

beforeEach(() => resetDatabase());

const admin = actor("admin");
const LONG_AGO = new Date("2025-01-01T00:00:00Z");
const ALL = { query: "status=archived", category: null };

/** As a feed brought them, with answers, pictures and metafields, and archived long ago. */
async function archiveAll(skus?: string[]) {
  const where = skus ? { sku: { in: skus } } : {};
  await transaction((tx) => tx.product.updateMany({ where, data: { status: "archived", archivedAt: LONG_AGO } }));
}

async function plan(by = admin, selection: Parameters<typeof requestPurge>[1]["selection"] = ALL) {
  const asked = await requestPurge(by, { selection });
  await workOff(asked.jobId);
  return getEndedRun(asked.runId);
}

type Run = Awaited<ReturnType<typeof plan>>;
const asSeen = ({ id, heldReason }: Run) => ({ runId: id, seenReason: heldReason });

async function approve(run: Run, confirmation: string, by = admin) {
  const { jobId } = await approveRun(by, { ...asSeen(run), confirmation });
  await workOff(jobId);
  return getEndedRun(run.id);
}

async function someWithAll() {
  const shelf = await createCategory({ name: "Shelf" });
  await importRows({ SPR1: { image: "https://example.com/1.jpg" }, SPR2: {}, SPR3: { title: "Ruler" }, SPR4: {} });
  const rows = await db.product.findMany({ orderBy: { sku: "asc" } });
  const [first] = rows;
  if (!first) throw new Error("nothing was imported");
  await createMetafield(first.id, { key: "colour2", value: '["a","b"]', type: "list.single_line_text_field" });
  await createImage(first.id, { view: "Side", altText: "Café — “Side”" });
  await transaction((tx) =>
    tx.product.update({ where: { id: first.id }, data: { categoryId: shelf.id, customAttributes: { at: "2020" } } }),
  );
  await transaction((tx) => refreshSearch(tx, [first.id]));
  await archiveAll(["SPR1", "SPR2", "SPR3"]);
  return { first, shelf };
}

test("A23 a plan with count and share, typed words, a second admin, and a restore of all that was deleted", async () => {
  const { first } = await someWithAll();
  await transaction((tx) => tx.product.update({ where: { id: first.id }, data: { shopifyProductId: "gid://1" } }));
  const before = await catalogueHashes();
  const [anna, bert] = [await createUser("admin", { firstName: "Anna", lastName: "Admin" }), await createUser("admin")];
  const run = await plan(actorOf(anna));
  expect(run).toMatchObject({ status: "review", deleted: 3, unchanged: 0, jobError: null });
  expect(run.heldReason).toContain("Deletes 3 products for good: 75.0 % of the catalogue. 1 of them is in a shop.");
  expect(await catalogueHashes()).toEqual(before);
  await expect(approve(run, "DELETE 3", actorOf(anna))).rejects.toMatchObject({
    ...{ code: "forbidden", message: "Anna Admin made this plan: another admin confirms it." },
  });
  for (const words of ["", "DELETE 2", "ARCHIVE 3"]) {
    await expect(approve(run, words, actorOf(bert))).rejects.toMatchObject({ code: "invalid_input" });
  }
  expect(await db.product.count()).toBe(4);
  expect(await approve(run, "delete 3", actorOf(bert))).toMatchObject({ status: "success", successful: 3, deleted: 3 });
  expect(await db.product.findMany({ select: { sku: true } })).toEqual([{ sku: "SPR4" }]);
  expect(await db.productMetafield.count({ where: { productId: first.id } })).toBe(0);
  expect(await getDeletedProduct(admin, first.id)).toMatchObject({
    sku: "SPR1",
    run: run.number,
    plannedBy: "Anna Admin",
  });
  expect(await productSkus([first.id])).toEqual(new Map([[first.id, "SPR1"]]));
  expect(await previewUndo(admin, run.id)).toMatchObject({ products: { restored: 3, skipped: 0 } });
  expect(await undoRun(run.id)).toMatchObject({ status: "success", updated: 3, skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
  const { events } = await listProductHistory(admin, first.id);
  expect(events.slice(0, 2).map(({ what }) => what)).toEqual(["restored", "deleted"]);
  expect(await getDeletedProduct(admin, first.id)).toBeNull();
});

test("A23 the only admin confirms alone, and two at once delete once", async () => {
  const only = actorOf(await createUser("admin"));
  await createUser("admin", { isActive: false });
  await createUser("manager");
  await someWithAll();
  const run = await plan(only);
  const asked = { ...asSeen(run), confirmation: "DELETE 3" };
  const answers = await Promise.allSettled([approveRun(only, asked), approveRun(admin, asked)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = answers.find((answer) => answer.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "conflict" });
});

test("A24 only an admin plans, counts, approves, rejects and restores", async () => {
  await someWithAll();
  const run = await plan();
  for (const role of ["manager", "staff"] as const) {
    const by = actor(role);
    const ways = [
      () => countPurge(by, { selection: ALL as never }),
      () => requestPurge(by, { selection: ALL }),
      () => approveRun(by, { ...asSeen(run), confirmation: "DELETE 3" }),
      () => rejectRun(by, { runId: run.id, reason: "not now" }),
      () => requestUndo(by, { runId: run.id }),
      () => previewUndo(by, run.id),
    ];
    for (const way of ways) await expect(way()).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await db.product.count()).toBe(4);
});

test("what is not archived, or not for long enough, stays and is told; nothing to delete makes no backup", async () => {
  await createProduct();
  await createProduct({ status: "archived", archivedAt: new Date() });
  const ids = (await db.product.findMany({ select: { id: true } })).map(({ id }) => id);
  expect(await countPurge(admin, { selection: { ids } })).toMatchObject({ ready: 0, notArchived: 1, tooFresh: 1 });
  const run = await plan(admin, { ids });
  expect(run).toMatchObject({ status: "success", deleted: 0, unchanged: 2 });
  expect(run.messages).toEqual([
    "Nothing to delete: 1 of the selected is not archived and 1 of the selected has been archived for less than 30 days: they stay.",
  ]);
  expect(existsSync(backupPath(backupName(run.number)))).toBe(false);
  await createProduct({ status: "archived", archivedAt: LONG_AGO });
  const some = await plan(admin, { query: "status=archived", category: null });
  expect(some).toMatchObject({ status: "review", deleted: 1, unchanged: 1 });
});

test("rows of a deletion are not answered one by one, and a rejected one leaves no backup", async () => {
  await someWithAll();
  const run = await plan();
  const { rows, shownAt } = await listRunChanges(admin, run.id, {});
  const some = { ...asSeen(run), choice: { ids: rows.slice(0, 1).map(({ id }) => id) }, shownAt };
  await expect(approveRows(admin, { ...some, confirmation: "DELETE 3" })).rejects.toMatchObject({ code: "conflict" });
  await expect(rejectRows(admin, { ...some, reason: "this one stays" })).rejects.toMatchObject({ code: "conflict" });
  const path = backupPath(backupName(run.number));
  expect(existsSync(path)).toBe(true);
  await rejectRun(admin, { runId: run.id, reason: "not now" });
  expect(await getEndedRun(run.id)).toMatchObject({ status: "cancelled" });
  expect(existsSync(path)).toBe(false);
  expect(await db.product.count()).toBe(4);
});

describe("the backup", () => {
  test("is one .gz file that any tool reads, with every row of each product", async () => {
    await someWithAll();
    const run = await plan();
    const lines = gunzipSync(readFileSync(backupPath(backupName(run.number))))
      .toString()
      .trim()
      .split("\n");
    const [head, ...products] = lines.map((line) => JSON.parse(line));
    expect(head).toMatchObject({ format: "stockroom deleted products", version: 1, run: run.number });
    expect(products.map(({ sku }) => sku).sort()).toEqual(["SPR1", "SPR2", "SPR3"]);
    const first = products.find(({ sku }) => sku === "SPR1");
    expect(first.images).toHaveLength(2);
    expect(first.metafields.length).toBeGreaterThan(1);
    expect(first.sourceItems).toHaveLength(1);
  });

  const spoil: Record<string, (path: string) => void> = {
    missing: (path) => rmSync(path),
    "of one flipped bit": (path) => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
  };

  test.each(Object.keys(spoil))("%s refuses the deletion and the restore, and nothing is half done", async (how) => {
    await someWithAll();
    const run = await plan();
    const path = backupPath(backupName(run.number));
    const whole = readFileSync(path);
    spoil[how]?.(path);
    await expect(approve(run, "DELETE 3")).rejects.toMatchObject({ code: "conflict" });
    await expect(approve(run, "DELETE 3", SYSTEM)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.product.count()).toBe(4);
    writeFileSync(path, whole);
    await approve(run, "DELETE 3");
    spoil[how]?.(path);
    await expect(requestUndo(admin, { runId: run.id })).rejects.toMatchObject({ code: "conflict" });
    await expect(previewUndo(admin, run.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.product.count()).toBe(1);
    writeFileSync(path, whole);
    expect(await undoRun(run.id)).toMatchObject({ status: "success", updated: 3 });
  });

  test("A23 verified more than a day ago refuses the deletion", async () => {
    await someWithAll();
    const run = await plan();
    await transaction((tx) =>
      changeMetadata(tx, run.id, (now) => {
        const { purge } = now;
        if (!purge?.backup) throw new Error("no backup");
        const verifiedAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
        return { ...now, purge: { ...purge, backup: { ...purge.backup, verifiedAt } } };
      }),
    );
    await expect(approve(run, "DELETE 3")).rejects.toMatchObject({
      message: expect.stringContaining("more than 24 hours ago"),
    });
    expect(await db.product.count()).toBe(4);
  });
});

test("what changed or came back into use since the plan stays and is listed", async () => {
  const { first } = await someWithAll();
  const run = await plan();
  await updateProduct(admin, { id: first.id, changes: { status: { to: "active" } }, metafields: [] });
  const second = await db.product.findUniqueOrThrow({ where: { sku: "SPR2" } });
  // Not the product's own row: what hangs on it counts as well.
  await createImage(second.id, { view: "Added later" });
  expect(await approve(run, "DELETE 3")).toMatchObject({ status: "partial", successful: 1, skipped: 2 });
  const left = await db.syncChange.findMany({ where: { runId: run.id, state: "skipped" } });
  expect(left.map(({ label }) => label).sort()).toEqual(["SPR1", "SPR2"]);
  expect(left[0]?.reason).toContain("Changed since it was backed up");
  expect(await db.product.count()).toBe(3);
  expect(await undoRun(run.id)).toMatchObject({ status: "success", updated: 1 });
});

test("a SKU that a feed made anew keeps its new product: that one stays deleted and is named", async () => {
  const { shelf } = await someWithAll();
  const run = await plan();
  await approve(run, "DELETE 3");
  const again = await importRows({ SPR1: {}, SPR2: {}, SPR4: {} });
  expect(again.created).toBe(2);
  await transaction((tx) => tx.category.delete({ where: { id: shelf.id } }));
  const undone = await undoRun(run.id);
  expect(undone).toMatchObject({ status: "partial", updated: 1, skipped: 2 });
  const left = await db.syncChange.findMany({
    where: { runId: undone.id, state: "skipped" },
    orderBy: { label: "asc" },
  });
  expect(left.map(({ reason }) => reason)).toEqual([
    "Left as it is: another product has the SKU SPR1 by now.",
    "Left as it is: another product has the SKU SPR2 by now.",
  ]);
  expect(await db.product.count({ where: { sku: "SPR3", status: "archived" } })).toBe(1);
});

test("a category that is gone leaves the restored product uncategorised, and says so", async () => {
  const { shelf } = await someWithAll();
  const run = await plan();
  await approve(run, "DELETE 3");
  await transaction((tx) => tx.category.delete({ where: { id: shelf.id } }));
  const undone = await undoRun(run.id);
  expect(undone).toMatchObject({ updated: 3 });
  expect(await db.product.findUnique({ where: { sku: "SPR1" } })).toMatchObject({ categoryId: null });
  expect(await db.syncChange.findFirst({ where: { runId: undone.id, label: "SPR1" } })).toMatchObject({
    ...{ state: "applied", reason: "Left as it is: its category, which is gone by now." },
  });
});

test("a group of duplicates asks on about the others, one of one asks nothing, and an answered one is whole again", async () => {
  await someWithAll();
  const products = await db.product.findMany({ orderBy: { sku: "asc" } });
  const idOf = (sku: string) => products.find((product) => product.sku === sku)?.id ?? "";
  const group = (key: string, state: "open" | "dismissed", skus: string[]) =>
    transaction((tx) =>
      tx.duplicateGroup.create({
        data: {
          ...{ key, state, evidence: [], score: 1, suggestedId: idOf(skus[0] ?? "") },
          members: { create: skus.map((sku) => ({ productId: idOf(sku) })) },
        },
      }),
    );
  await createProduct({ sku: "OTHER" }).then(({ id, sku }) => products.push({ id, sku } as (typeof products)[number]));
  const three = await group("three", "open", ["SPR1", "SPR4", "OTHER"]);
  await group("two", "open", ["SPR2", "SPR4"]);
  const answered = await group("answered", "dismissed", ["SPR1", "SPR4"]);
  const run = await plan();
  await approve(run, "DELETE 3");
  const left = await db.duplicateGroup.findMany({ include: { members: true }, orderBy: { key: "asc" } });
  expect(left.map(({ key, members }) => [key, members.length])).toEqual([
    ["answered", 1],
    ["three", 2],
  ]);
  expect(left.find(({ id }) => id === three.id)?.suggestedId).toBeNull();
  await undoRun(run.id);
  expect(await db.duplicateMember.count({ where: { groupId: answered.id } })).toBe(2);
});

test("an open question about a product goes with it, and is asked again once it is restored", async () => {
  const { first } = await someWithAll();
  const [change] = await db.syncChange.findMany({ where: { entityId: first.id }, take: 1 });
  if (!change) throw new Error("nothing was imported");
  await transaction((tx) =>
    tx.syncChange.update({ where: { id: change.id }, data: { openSince: LONG_AGO, kind: "conflict" } }),
  );
  const run = await plan();
  await approve(run, "DELETE 3");
  const asked = () => db.syncChange.findUniqueOrThrow({ where: { id: change.id } });
  expect(await asked()).toMatchObject({ openSince: null, answer: `the product was deleted in run ${run.number}` });
  await undoRun(run.id);
  expect(await asked()).toMatchObject({ openSince: expect.any(Date), answer: null, answeredAt: null });
});
