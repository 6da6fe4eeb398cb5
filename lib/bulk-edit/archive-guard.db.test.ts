import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { approveRun } from "@/lib/sync/mutations";
import { approveRows } from "@/lib/sync/review/answer-rows";
import { listRunChanges } from "@/lib/sync/run-changes";
import { typedConfirmation } from "@/lib/sync/typed-confirmation";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, createProduct } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { archiveReason } from "./archive-confirmation";
import { requestBulkEdit } from "./request-bulk-edit";

beforeEach(() => resetDatabase());

const manager = actor("manager");

async function planArchive(products: number, more = 0) {
  for (let n = 0; n < products; n++) {
    await createProduct({ brand: "Old", shopifyProductId: n < 7 ? `gid://shopify/Product/${n}` : null });
  }
  for (let n = 0; n < more; n++) await createProduct({ brand: "New" });
  const selection = { query: "brand=Old", category: null };
  const asked = await requestBulkEdit(manager, { operations: [{ kind: "status", to: "archived" }], selection });
  await workOff(asked.jobId);
  return getEndedRun(asked.runId);
}

const archived = () => db.product.count({ where: { status: "archived" } });

test("A23 archiving many shows its plan and waits for the typed words; undoing brings all of them back", async () => {
  const run = await planArchive(60, 40);
  expect(run.heldReason).toBe(
    "Archives 60 products: 60.0 % of the catalogue. 7 of them are in a shop. Undoing the run brings all of them back.",
  );
  const { products: before } = await catalogueHashes();
  const seen = { runId: run.id, seenReason: run.heldReason };
  for (const confirmation of [undefined, "", "apply 60", "ARCHIVE 6"]) {
    await expect(approveRun(manager, { ...seen, confirmation })).rejects.toMatchObject({ code: "invalid_input" });
  }
  const { rows, shownAt } = await listRunChanges(manager, run.id, {});
  const some = { ...seen, choice: { ids: rows.slice(0, 10).map(({ id }) => id) }, shownAt };
  await expect(approveRows(manager, some)).rejects.toMatchObject({ code: "invalid_input" });
  await expect(approveRun(actor("staff"), { ...seen, confirmation: "ARCHIVE 60" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await archived()).toBe(0);
  const { jobId } = await approveRun(manager, { ...seen, confirmation: "archive 60" });
  await expect(approveRun(manager, { ...seen, confirmation: "ARCHIVE 60" })).rejects.toMatchObject({
    code: "conflict",
  });
  await workOff(jobId);
  expect(await archived()).toBe(60);
  expect(await undoRun(run.id)).toMatchObject({ status: "success", skipped: 0 });
  expect(await catalogueHashes()).toMatchObject({ products: before });
});

test("A23 fewer than 50 are archived by an approval, as any edit", async () => {
  const run = await planArchive(49);
  expect(run).toMatchObject({ status: "review", heldReason: null });
  await workOff((await approveRun(manager, { runId: run.id })).jobId);
  expect(await archived()).toBe(49);
});

test("a script is asked nothing, and the reason tells its count whatever its size", async () => {
  expect(typedConfirmation(archiveReason({ products: 23_535, share: 95.924, inShop: 1 }))).toEqual({
    ...{ deed: "archive", products: 23_535, words: "ARCHIVE 23,535" },
  });
  expect(typedConfirmation("The price of SPR1 goes from 1.99 to 9.99: beyond a factor of 3.")).toBeNull();
  const run = await planArchive(50);
  await workOff((await approveRun(SYSTEM, { runId: run.id })).jobId);
  expect(await archived()).toBe(50);
});
