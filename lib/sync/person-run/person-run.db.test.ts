import { beforeEach, expect, test } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { insertChanges } from "@/lib/db/sync-changes";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCategory, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import type { FieldChange } from "../change";
import { sourceBefore } from "../diff-product";
import { loadProducts, loadRunSources } from "../load-products";
import { rememberRemovedRows } from "../removed-rows";
import { personChange } from "./person-change";
import { enqueueApply, startPersonRun } from "./start-person-run";

beforeEach(() => resetDatabase());

const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true } });

/** A person's run with these lines per SKU, staged and not applied yet. */
async function stage(mira: Awaited<ReturnType<typeof createUser>>, edits: Record<string, FieldChange[]>) {
  const rows = await db.product.findMany({ where: { sku: { in: Object.keys(edits) } } });
  const products = await loadProducts(
    db,
    rows.map((row) => row.id),
    await loadRunSources(db),
  );
  const changes = rows.map((row) => ({
    row,
    lines: (edits[row.sku] ?? []).map((line) => {
      const present = products.get(row.id);
      const beforeSource = present && sourceBefore(line.field, present);
      return beforeSource ? { ...line, beforeSource } : line;
    }),
  }));
  await rememberRemovedRows(
    db,
    changes.map(({ row, lines }) => ({ entityId: row.id, lines })),
  );
  return transaction(async (tx) => {
    const by = actorOf(mira);
    const run = await startPersonRun(tx, by, { kind: "bulk", title: "Bulk edit: Price" });
    const staged = changes.map(({ row, lines }) =>
      personChange(run.id, { id: row.id, label: row.sku, name: row.name, version: row.version }, lines, "approved"),
    );
    await insertChanges(tx, staged);
    return { ...run, jobId: await enqueueApply(tx, by, run, "Apply a bulk edit") };
  });
}

const price = (before: number, after: number): FieldChange => ({ field: "priceCents", before, after });

async function everyKind(shelfId: string) {
  const colour = (await product("SPR1")).metafields.find((one) => one.key === "colour");
  return [
    price(199, 250),
    { field: "status", before: "active", after: "archived" },
    {
      field: "category",
      before: "Pens",
      beforeId: (await product("SPR1")).categoryId,
      after: "Shelf",
      afterId: shelfId,
    },
    { field: `metafield:custom.colour`, before: colour?.value ?? null, after: null, type: colour?.type },
    { field: "metafield:custom.grip", before: null, after: "Soft", type: "single_line_text_field" },
    { field: "inventoryQuantity", before: 5, after: 0 },
    { field: "brand", before: "Halden", after: null },
  ] satisfies FieldChange[];
}

test("C32 C42 what a person's run gave is kept against feeds, and its undo leads back to where it began", async () => {
  const mira = await createUser("manager");
  const shelf = await createCategory({ name: "Shelf" });
  await importRows({ SPR1: {}, SPR2: {} });
  const before = await catalogueHashes();
  const run = await stage(mira, { SPR1: await everyKind(shelf.id) });
  await workOff(run.jobId);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "success", jobError: null, successful: 1 });
  const after = await product("SPR1");
  expect(after).toMatchObject({ priceCents: 250, status: "archived", categoryId: shelf.id, brand: null });
  expect(after.metafields.map((one) => one.key)).not.toContain("colour");
  expect(after.fieldSources).toMatchObject({
    priceCents: { by: "person", id: mira.id, runId: run.id, kept: true, feedValue: 199 },
    "metafield:custom.colour": { by: "person", kept: true },
  });
  expect(await undoRun(run.id)).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
});

test("C32 the feed's next word stands beside what a person's run gave", async () => {
  const mira = await createUser("manager");
  await importRows({ SPR1: {} });
  const run = await stage(mira, { SPR1: [price(199, 250)] });
  await workOff(run.jobId);
  await importRows({ SPR1: { price: "3.00" } });
  expect(await product("SPR1")).toMatchObject({ priceCents: 250 });
  expect((await product("SPR1")).fieldSources).toMatchObject({ priceCents: { kept: true, feedValue: 300 } });
});

test("C41 a product of which a planned field changed since is left and listed, another field's change is no matter", async () => {
  const mira = await createUser("manager");
  await importRows({ SPR1: {}, SPR2: {}, SPR3: {} });
  const run = await stage(mira, { SPR1: [price(199, 250)], SPR2: [price(199, 250)], SPR3: [price(199, 250)] });
  const { id } = await product("SPR1");
  await updateProduct(actor("manager"), { id, changes: { priceCents: { to: 300 } }, metafields: [] });
  const other = await product("SPR2");
  await updateProduct(actor("manager"), { id: other.id, changes: { name: { to: "Mine" } }, metafields: [] });
  await workOff(run.jobId);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "partial", successful: 2, skipped: 1 });
  expect(await db.syncChange.findFirst({ where: { runId: run.id, entityId: id } })).toMatchObject({
    state: "skipped",
    reason: "Changed since it was planned: Price was 1.99 and is 3.00 now.",
  });
  expect(await product("SPR1")).toMatchObject({ priceCents: 300 });
  expect(await product("SPR2")).toMatchObject({ priceCents: 250, name: "Mine" });
});

test("C42 an undo leaves what was changed since, and two runs undone in the order they ran lead back", async () => {
  const mira = await createUser("manager");
  await importRows({ SPR1: {}, SPR2: {} });
  const before = await catalogueHashes();
  const first = await stage(mira, { SPR1: [price(199, 250)], SPR2: [price(199, 250)] });
  await workOff(first.jobId);
  const second = await stage(mira, { SPR1: [price(250, 400)] });
  await workOff(second.jobId);
  expect(await undoRun(first.id)).toMatchObject({ status: "partial", skipped: 1, updated: 1 });
  expect(await product("SPR1")).toMatchObject({ priceCents: 400 });
  expect(await undoRun(second.id)).toMatchObject({ status: "success", skipped: 0 });
  expect(await catalogueHashes()).toEqual(before);
});

test("only who may write the catalogue starts a run of their own", async () => {
  const start = transaction((tx) => startPersonRun(tx, actor("staff"), { kind: "bulk", title: "Bulk edit" }));
  await expect(start).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.syncHistory.count()).toBe(0);
});
