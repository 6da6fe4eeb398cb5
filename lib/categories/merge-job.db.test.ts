import { beforeEach, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { retryJob } from "@/lib/jobs/mutations";
import { sortKey } from "@/lib/search/fold";
import { refreshSearch } from "@/lib/search/refresh-search";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCategory, createUser } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { dyingContext, Killed } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { changeCategory } from "./change-category";
import { mergeJob } from "./merge-job";

const MANY = 2_300;

beforeEach(() => resetDatabase());

async function sample() {
  const manager = actorOf(await createUser("manager"));
  const from = await createCategory({ name: "From" });
  const into = await createCategory({ name: "Into" });
  const now = new Date();
  const rows = Array.from({ length: MANY }, (_, n) => {
    const id = `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    const name = `Product ${n}`;
    return { id, sku: `SKU-${n}`, name, nameKey: sortKey(name), categoryId: from.id, createdAt: now, updatedAt: now };
  });
  await transaction(async (tx) => {
    await insertRows(tx, "Product", rows);
    await refreshSearch(
      tx,
      rows.map(({ id }) => id),
    );
  });
  const operation = { kind: "merge", id: from.id, intoId: into.id } as const;
  const merge = () => changeCategory(manager, { operation, confirmation: "merge From" });
  return { from, into, merge };
}

test("a merge of many products is a worker's: killed after any batch it goes on, and it is undone whole", {
  timeout: 120_000,
}, async () => {
  const { from, into, merge } = await sample();
  const before = await catalogueHashes();
  const { runId, isQueued, products } = await merge();
  expect({ isQueued, products }).toEqual({ isQueued: true, products: MANY });
  expect(await db.product.count({ where: { categoryId: from.id } })).toBe(MANY);
  const payload = { runId, id: from.id, intoId: into.id };
  for (const step of [3, 2]) await expect(mergeJob.handle(payload, dyingContext(step))).rejects.toBeInstanceOf(Killed);
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  expect(run).toMatchObject({ status: "running", updated: 1_000 });
  await workOff(run.jobId ?? "");
  expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    status: "success",
    updated: MANY,
  });
  expect(await db.category.count()).toBe(1);
  expect(await db.syncChange.count({ where: { runId, entity: "product" } })).toBe(MANY);
  expect(await undoRun(runId)).toMatchObject({ status: "success", skipped: 0, updated: MANY });
  expect(await catalogueHashes()).toEqual(before);
});

test("given up half way it says what was moved, and an undo moves it back", { timeout: 120_000 }, async () => {
  const { from, into, merge } = await sample();
  const before = await catalogueHashes();
  const { runId } = await merge();
  const payload = { runId, id: from.id, intoId: into.id };
  await expect(mergeJob.handle(payload, dyingContext(4))).rejects.toBeInstanceOf(Killed);
  await mergeJob.giveUp(payload, { status: "cancelled", reason: "Cancelled." });
  expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ status: "cancelled" });
  expect(await db.category.count()).toBe(2);
  expect(await undoRun(runId)).toMatchObject({ status: "success", skipped: 0 });
  expect(await catalogueHashes()).toEqual(before);
});

test("one that failed is run again from where it stopped; not once it was undone", { timeout: 120_000 }, async () => {
  const { from, into, merge } = await sample();
  const { runId } = await merge();
  const payload = { runId, id: from.id, intoId: into.id };
  const run = () => db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  const { jobId } = await run();
  const fail = async () => {
    await expect(mergeJob.handle(payload, dyingContext(4))).rejects.toBeInstanceOf(Killed);
    await transaction((tx) => tx.job.update({ where: { id: jobId ?? "" }, data: { status: "failed" } }));
    await mergeJob.giveUp(payload, { status: "failed", reason: "The disk is full." });
    expect(await run()).toMatchObject({ status: "failed" });
  };
  await fail();
  await retryJob(actor("manager"), { jobId: jobId ?? "" });
  await fail();
  await retryJob(actor("manager"), { jobId: jobId ?? "" });
  await workOff(jobId ?? "");
  expect(await run()).toMatchObject({ status: "success", updated: MANY, errors: [] });
  expect(await undoRun(runId)).toMatchObject({ status: "success", skipped: 0, updated: MANY });
  await transaction((tx) => tx.job.update({ where: { id: jobId ?? "" }, data: { status: "failed" } }));
  await expect(retryJob(actor("manager"), { jobId: jobId ?? "" })).rejects.toMatchObject({ code: "conflict" });
});
