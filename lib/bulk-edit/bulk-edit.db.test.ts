import { beforeEach, describe, expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { getProduct } from "@/lib/catalog/get-product";
import { listProductHistory } from "@/lib/catalog/product-history";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { jobDefinition } from "@/lib/jobs/registry";
import { approveRun } from "@/lib/sync/mutations";
import { listRuns } from "@/lib/sync/queries";
import { approveRows, rejectRows } from "@/lib/sync/review/answer-rows";
import { listRunChanges } from "@/lib/sync/run-changes";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import {
  actor,
  actorOf,
  createCategory,
  createDefinition,
  createMetafield,
  createProduct,
  createUser,
} from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { Killed, killedBefore, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { previewBulkEdit } from "./preview-bulk-edit";
import { requestBulkEdit } from "./request-bulk-edit";

beforeEach(() => resetDatabase());

const manager = actor("manager");
const ALL = { query: "", category: null };
const RAISE = { kind: "math", field: "priceCents", how: "percent", by: "10" } as const;
const bySku = async () => {
  const rows = await db.product.findMany({ orderBy: { sku: "asc" }, select: { sku: true, priceCents: true } });
  return Object.fromEntries(rows.map((row) => [row.sku, row.priceCents]));
};

async function plan(input: object, by = manager) {
  const asked = await requestBulkEdit(by, input as Parameters<typeof requestBulkEdit>[1]);
  await workOff(asked.jobId);
  return { ...asked, ...(await getEndedRun(asked.runId)) };
}

async function apply(runId: string) {
  const { jobId } = await approveRun(manager, { runId });
  await workOff(jobId);
  return getEndedRun(runId);
}

const three = () =>
  Promise.all(
    [100, 200, null].map((priceCents, at) => createProduct({ sku: `P${at + 1}`, name: `Pen ${at + 1}`, priceCents })),
  );

test("C36 C37 a plan names each product's before and after, refuses in words, and writes nothing until it is approved", async () => {
  await three();
  const run = await plan({ operations: [RAISE], selection: ALL });
  expect(run).toMatchObject({
    status: "review",
    totalItems: 3,
    updated: 2,
    rejected: 1,
    source: "Bulk edit: Price +10 %",
  });
  expect(await bySku()).toEqual({ P1: 100, P2: 200, P3: null });
  const { rows } = await listRunChanges(manager, run.id, {});
  expect(rows.map(({ label, lines }) => [label, lines[0]?.before, lines[0]?.after]).sort()).toEqual([
    ["P1", 100, 110],
    ["P2", 200, 220],
  ]);
  expect(await db.syncRejection.findMany({ where: { runId: run.id } })).toMatchObject([
    { externalKey: "P3", reason: "Price is not known: there is nothing to calculate from." },
  ]);
  expect(await apply(run.id)).toMatchObject({ status: "partial", successful: 2, jobError: null });
  expect(await bySku()).toEqual({ P1: 110, P2: 220, P3: null });
});

test("C37 only the ticked rows are applied, the others stay as they were", async () => {
  await three();
  const run = await plan({ operations: [RAISE], selection: ALL });
  const shown = await listRunChanges(manager, run.id, {});
  const first = shown.rows.find((row) => row.label === "P1");
  const rows = { runId: run.id, choice: { ids: [first?.id ?? 0] }, shownAt: shown.shownAt };
  await rejectRows(manager, { ...rows, reason: "not this one" });
  await apply(run.id);
  expect(await bySku()).toEqual({ P1: 100, P2: 220, P3: null });
});

test("C39 all or nothing: one product that can't be changed so leaves all as they were", async () => {
  await three();
  const run = await plan({ operations: [RAISE], selection: ALL, policy: "all" });
  expect(run).toMatchObject({ status: "failed", rejected: 1 });
  expect(JSON.stringify(run.errors)).toContain("1 of 3 products can't be changed so");
  await expect(approveRun(manager, { runId: run.id })).rejects.toMatchObject({ code: "conflict" });
  expect(await bySku()).toEqual({ P1: 100, P2: 200, P3: null });
});

test("C41 all or nothing: a product changed since it was planned leaves all as they were, each with why", async () => {
  const [first] = await three();
  const run = await plan({ operations: [{ ...RAISE }], selection: { ids: await ids("P1", "P2") }, policy: "all" });
  await updateProduct(manager, { id: first?.id ?? "", changes: { priceCents: { to: 150 } }, metafields: [] });
  expect(await apply(run.id)).toMatchObject({ status: "failed", successful: 0, skipped: 2 });
  expect(await bySku()).toMatchObject({ P1: 150, P2: 200 });
  const reasons = await db.syncChange.findMany({ where: { runId: run.id }, orderBy: { label: "asc" } });
  expect(reasons.map((change) => change.reason)).toEqual([
    "Changed since it was planned: Price was 1.00 and is 1.50 now.",
    "All or nothing: 1 product changed since it was planned.",
  ]);
});

const ids = async (...skus: string[]) =>
  (await db.product.findMany({ where: { sku: { in: skus } }, orderBy: { sku: "asc" } })).map((row) => row.id);

test("the selection is resolved on the server: a list's filter, but for what was unticked", async () => {
  const pens = await createCategory({ name: "Pens" });
  await transaction((tx) => raiseCatalogueVersion(tx, "categories"));
  await createProduct({ sku: "A", priceCents: 100, categoryId: pens.id, brand: "Halden" });
  await createProduct({ sku: "B", priceCents: 100, categoryId: pens.id, brand: "Halden" });
  await createProduct({ sku: "C", priceCents: 100, categoryId: pens.id, brand: "Other" });
  await createProduct({ sku: "D", priceCents: 100, brand: "Halden" });
  await createProduct({ sku: "E", priceCents: 100, categoryId: pens.id, brand: "Halden", status: "archived" });
  const selection = { query: "brand=Halden&sort=price", category: pens.id, except: await ids("B") };
  const preview = await previewBulkEdit(manager, { operations: [RAISE], selection });
  expect(preview).toMatchObject([{ sku: "A", lines: [{ label: "Price", before: "1.00", after: "1.10" }] }]);
  const run = await plan({ operations: [RAISE], selection });
  expect(run).toMatchObject({ totalItems: 1, updated: 1 });
  await apply(run.id);
  expect(await bySku()).toEqual({ A: 110, B: 100, C: 100, D: 100, E: 100 });
});

test("C32 C38 C42 category, status, metafields and keeping are written whole and taken back whole", async () => {
  const mira = await createUser("manager");
  const shelf = await createCategory({ name: "Shelf" });
  await createDefinition({ namespace: "custom", key: "pages", name: "Pages", type: "number_integer" });
  await importRows({ SPR1: {}, SPR2: { title: "Ink pen" } });
  const before = await catalogueHashes();
  const operations = [
    { kind: "move", categoryId: shelf.id },
    { kind: "status", to: "archived" },
    { kind: "set", field: "metafield:custom.pages", value: "12" },
    { kind: "clear", field: "metafield:custom.colour" },
    { kind: "template", field: "name", text: "{brand} {name}" },
    { kind: "keep", field: "priceCents" },
    { kind: "math", field: "inventoryQuantity", how: "add", by: "-5" },
    { kind: "set", field: "description", value: "<p>One</p>" },
  ];
  const run = await plan({ operations, selection: ALL }, actorOf(mira));
  expect(run).toMatchObject({ status: "review", updated: 2, rejected: 0 });
  expect(await apply(run.id)).toMatchObject({ status: "success", successful: 2 });
  const after = await db.product.findUniqueOrThrow({ where: { sku: "SPR2" }, include: { metafields: true } });
  expect(after).toMatchObject({
    name: "Halden Ink pen",
    status: "archived",
    categoryId: shelf.id,
    stockStatus: "out_of_stock",
  });
  expect(after.metafields.find((one) => one.key === "pages")).toMatchObject({ value: "12", numberValue: 12 });
  expect(after.metafields.some((one) => one.key === "colour")).toBe(false);
  await importRows({ SPR1: { price: "5.00" }, SPR2: { title: "Ink pen", price: "5.00" } });
  expect(await bySku()).toEqual({ SPR1: 199, SPR2: 199 });
  await importRows({ SPR1: {}, SPR2: { title: "Ink pen" } });
  expect(await undoRun(run.id)).toMatchObject({ status: "success", skipped: 0, jobError: null });
  const { memory: _, products: __, metafields: ___, ...same } = await catalogueHashes();
  expect(before).toMatchObject(same);
  const back = await db.product.findUniqueOrThrow({ where: { sku: "SPR2" }, include: { metafields: true } });
  expect(back).toMatchObject({ name: "Ink pen", status: "active", inventoryQuantity: 5, stockStatus: "in_stock" });
  expect(back.metafields.map((one) => one.key).sort()).toEqual(["colour", "sprc"]);
});

test("C33 a kept value goes back to the feed's in bulk, and an undo keeps it again", async () => {
  const mira = await createUser("manager");
  await importRows({ SPR1: {} });
  const [id = ""] = await ids("SPR1");
  await updateProduct(actorOf(mira), { id, changes: { priceCents: { to: 500 } }, metafields: [] });
  await importRows({ SPR1: { price: "2.50" } });
  const before = await catalogueHashes();
  const run = await plan({ operations: [{ kind: "release", field: "priceCents" }], selection: { ids: [id] } });
  await apply(run.id);
  expect(await bySku()).toEqual({ SPR1: 250 });
  await undoRun(run.id);
  expect(await catalogueHashes()).toEqual(before);
});

test("C42 R56 of two people at once each keeps the fields they wrote, and of one field the second is told", async () => {
  await three();
  const raise = await plan({ operations: [RAISE], selection: { ids: await ids("P1", "P2") } });
  const rename = await plan({ operations: [{ kind: "suffix", field: "name", text: "!" }], selection: ALL });
  const again = await plan({ operations: [RAISE], selection: { ids: await ids("P1") } });
  await apply(rename.id);
  expect(await apply(raise.id)).toMatchObject({ status: "success", successful: 2 });
  expect(await apply(again.id)).toMatchObject({ status: "failed", successful: 0, skipped: 1 });
  expect(await bySku()).toEqual({ P1: 110, P2: 220, P3: null });
  expect(await db.product.count({ where: { name: { endsWith: "!" } } })).toBe(3);
  const approving = approveRun(manager, { runId: raise.id });
  await expect(approving).rejects.toMatchObject({ code: "conflict" });
});

test("C41 a product's history and its values name who changed it in which bulk edit", async () => {
  const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
  await importRows({ SPR1: {} });
  const run = await plan({ operations: [RAISE], selection: ALL }, actorOf(mira));
  await apply(run.id);
  const [id = ""] = await ids("SPR1");
  const { events } = await listProductHistory(manager, id);
  expect(events[0]).toMatchObject({
    who: "Mira Rossi",
    run: run.number,
    via: "Bulk edit: Price +10 %",
    what: "changed",
  });
  const product = await getProduct(manager, id);
  expect(product?.sources.priceCents).toMatchObject({
    who: "Mira Rossi",
    run: run.number,
    via: "Bulk edit",
    kept: { feedValue: 199 },
  });
  expect(await listRuns(manager, { trigger: "bulk" })).toMatchObject({ total: 1, rows: [{ trigger: "bulk" }] });
  expect(await listRuns(manager, { trigger: "manual" })).toMatchObject({ total: 1, rows: [{ trigger: "manual" }] });
});

test("what every product says already is a run that ends with nothing to do", async () => {
  await three();
  const run = await plan({ operations: [{ kind: "status", to: "active" }], selection: ALL });
  expect(run).toMatchObject({ status: "success", unchanged: 3, updated: 0 });
});

test("only who may write the catalogue plans, and only who may review applies", async () => {
  await three();
  const input = { operations: [RAISE], selection: ALL };
  await expect(requestBulkEdit(actor("staff"), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    previewBulkEdit(actor("staff"), { operations: [RAISE], selection: { ...ALL, except: [] } }),
  ).rejects.toMatchObject({ code: "forbidden" });
  const run = await plan(input);
  const choice = { ids: [1] };
  await expect(approveRows(actor("staff"), { runId: run.id, choice, shownAt: new Date() })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a category or metafield that is not there is told before anything is planned", async () => {
  await three();
  const missing = { kind: "move" as const, categoryId: "01900000-0000-7000-8000-000000000009" };
  await expect(requestBulkEdit(manager, { operations: [missing], selection: ALL })).rejects.toMatchObject({
    code: "not_found",
  });
  const nowhere = { kind: "set" as const, field: "metafield:custom.none", value: "1" };
  await expect(requestBulkEdit(manager, { operations: [nowhere], selection: ALL })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await db.syncHistory.count()).toBe(0);
});

test("C41 all or nothing: what changes while it is applied stops it, and what had gone in is taken back", async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => {
    const name = `Pen ${at}`;
    return { sku: `W${String(at).padStart(5, "0")}`, name, nameKey: name.toLowerCase(), priceCents: 100 + at };
  });
  await transaction((tx) => tx.product.createMany({ data: rows }));
  const before = await db.product.aggregate({ _sum: { priceCents: true } });
  const run = await plan({ operations: [RAISE], selection: ALL, policy: "all" });
  const last = await db.syncChange.findFirstOrThrow({ where: { runId: run.id }, orderBy: { id: "desc" } });
  const { jobId } = await approveRun(manager, { runId: run.id });
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const definition = jobDefinition(job.jobType);
  let isMeddled = false;
  const report = async ({ stage, done }: { stage: string; done: number }) => {
    if (stage !== "Applying" || done === 0 || isMeddled) return;
    isMeddled = true;
    const changes = { priceCents: { to: 7 } };
    await updateProduct(manager, { id: last.entityId ?? "", changes, metafields: [] });
  };
  await definition?.handle({ runId: run.id }, quietContext({ jobId, report }));
  expect(isMeddled).toBe(true);
  expect(await getEndedRun(run.id)).toMatchObject({ status: "partial" });
  const undo = await db.syncHistory.findUniqueOrThrow({ where: { undoesRunId: run.id } });
  await workOff(undo.jobId ?? "");
  expect(await getEndedRun(undo.id)).toMatchObject({ status: "success", skipped: 0 });
  const after = await db.product.aggregate({ _sum: { priceCents: true } });
  const own = rows.find((row) => row.sku === last.label)?.priceCents ?? 0;
  expect(after._sum.priceCents).toBe((before._sum.priceCents ?? 0) - own + 7);
});

describe("killed between any two transactions", () => {
  /** Products enough for the plan, and its application, to take several batches. */
  async function prepare() {
    await resetDatabase();
    const rows = Array.from({ length: 1_050 }, (_, at) => ({
      ...{ sku: `K${String(at).padStart(5, "0")}`, name: `Pen ${at}`, nameKey: `pen ${at}` },
      priceCents: at % 500 === 0 ? null : 100 + at,
    }));
    await transaction((tx) => tx.product.createMany({ data: rows }));
    const asked = await requestBulkEdit(manager, { operations: [RAISE], selection: ALL });
    return asked.runId;
  }

  async function work(jobId: string, step: number) {
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    const definition = jobDefinition(job.jobType);
    if (!definition) throw new Error(job.jobType);
    const payload = definition.payload.parse(job.parameters);
    await killedBefore(step, () => definition.handle(payload, quietContext({ jobId })));
  }

  async function workKilled(jobId: string, step: number) {
    try {
      await work(jobId, step);
      return false;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      await work(jobId, 0);
      return true;
    }
  }

  test("a plan goes on, plans each product once, and applying ends the same", { timeout: 120_000 }, async () => {
    const expected = { status: "partial", totalItems: 1_050, updated: 1_047, rejected: 3, successful: 1_047 };
    for (let step = 2; ; step += 2) {
      const runId = await prepare();
      const { jobId } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
      const diedPlanning = await workKilled(jobId ?? "", step);
      expect(await db.syncChange.count({ where: { runId } })).toBe(1_047);
      expect(await db.syncRejection.count({ where: { runId } })).toBe(3);
      const approved = await approveRun(manager, { runId });
      const diedApplying = await workKilled(approved.jobId, step);
      expect(await db.syncHistory.findUniqueOrThrow({ where: { id: runId } })).toMatchObject(expected);
      const sum = await db.product.aggregate({ _sum: { priceCents: true }, _max: { version: true } });
      expect(sum._max.version).toBe(2);
      if (!diedPlanning && !diedApplying) return;
    }
  });
});

test("a metafield of a product that has it from nobody is removed and comes back with its row", async () => {
  const [first] = await three();
  await createMetafield(first?.id ?? "", { namespace: "custom", key: "note", value: "Old", displayOrder: 7 });
  const before = await catalogueHashes();
  const selection = { ids: [first?.id ?? ""] };
  const run = await plan({ operations: [{ kind: "clear", field: "metafield:custom.note" }], selection });
  await apply(run.id);
  expect(await db.productMetafield.count()).toBe(0);
  await undoRun(run.id);
  const { metafields, products } = before;
  expect(await catalogueHashes()).toMatchObject({ metafields, products });
});
