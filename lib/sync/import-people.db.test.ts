import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { releaseMetafield } from "@/lib/catalog/release-value";
import { updateProduct } from "@/lib/catalog/update-product";
import { db } from "@/lib/db/client";
import { deleteMetafield, setMetafield } from "@/lib/metafields/mutations";
import { actorOf, createUser } from "@/lib/testing/factories";
import { proofCount, proofTimeout, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, importFiles, workOff } from "@/lib/testing/run-import";
import { approveRun, rejectRun } from "./mutations";

const folder = await mkdtemp(join(tmpdir(), "stockroom-people-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

const HEADER =
  "Handle,Title,Vendor,Barcode,Price,Inventory,Google Shopping / Google Product Category,Product image URL,Metafield: custom.SPRC[list.single_line_text],Metafield: custom.Colour[list.single_line_text]";
let files = 0;
/** Edits beside an import in the tests. */
const EDITS = 60;

/** Imports rows of a product CSV; a row is [sprc, title, price, colour]. */
async function importRows(rows: [string, string, string, string][], options: Parameters<typeof importFiles>[2] = {}) {
  const path = join(folder, `feed-${++files}.csv`);
  const lines = rows.map(
    ([sprc, title, price, colour]) =>
      `${sprc.toLowerCase()},${title},Halden,,${price},5,Office > Pens,,${sprc},${colour}`,
  );
  await writeFile(path, [HEADER, ...lines, ""].join("\r\n"));
  return importFiles("shopify_csv", [path], options);
}

const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true } });

describe("people and feeds on one product", () => {
  test("a person's value is kept against the feed, and the feed's stands beside it", async () => {
    await importRows([["SPR100", "Gel pen", "1.99", "Blue"]]);
    const manager = actorOf(await createUser("manager"));
    const { id } = await product("SPR100");
    await updateProduct(manager, {
      id,
      changes: { name: { from: "Gel pen", to: "Gel pen, the good one" } },
      metafields: [],
    });
    const run = await importRows([["SPR100", "Gel pen 0.7", "2.49", "Blue"]]);
    expect(run).toMatchObject({ status: "success", updated: 1 });
    const after = await product("SPR100");
    expect(after).toMatchObject({ name: "Gel pen, the good one", priceCents: 249 });
    expect(after.fieldSources).toMatchObject({ name: { by: "person", kept: true, feedValue: "Gel pen 0.7" } });
    expect(await importRows([["SPR100", "Gel pen 0.7", "2.49", "Blue"]])).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test("a kept metafield goes back to what the feed said last, by the run that said it", async () => {
    await importRows([["SPR100", "Gel pen", "1.99", "Blue"]]);
    const manager = actorOf(await createUser("manager"));
    const { id } = await product("SPR100");
    const colour = { productId: id, namespace: "custom", key: "colour" };
    await setMetafield(manager, { ...colour, from: JSON.stringify(["Blue"]), to: JSON.stringify(["Navy"]) });
    const run = await importRows([["SPR100", "Gel pen", "1.99", "Green"]]);
    const [kept] = await db.productMetafield.findMany({ where: colour });
    expect(kept).toMatchObject({
      value: '["Navy"]',
      kept: true,
      feedValue: '["Green"]',
      source: { feedRunId: run.id },
    });
    await releaseMetafield(manager, colour);
    const [released] = await db.productMetafield.findMany({ where: colour });
    expect(released).toMatchObject({ value: '["Green"]', kept: false, source: { by: "run", id: run.id } });
  });

  test("a metafield a person removed stays away until the feed's own value is asked for", async () => {
    await importRows([["SPR100", "Gel pen", "1.99", "Blue"]]);
    const manager = actorOf(await createUser("manager"));
    const before = await product("SPR100");
    const value = before.metafields.find((metafield) => metafield.key === "colour")?.value ?? "";
    await deleteMetafield(manager, { productId: before.id, namespace: "custom", key: "colour", from: value });
    await importRows([["SPR100", "Gel pen", "2.10", "Blue"]]);
    const after = await product("SPR100");
    expect(after.priceCents).toBe(210);
    expect(after.metafields.map((metafield) => metafield.key)).not.toContain("colour");
  });

  test("A20 what somebody changed while a run waited returns the whole row to review, and the run says so", async () => {
    await importRows([["SPR100", "Gel pen", "1.99", "Blue"]]);
    const manager = actorOf(await createUser("manager"));
    const run = await importRows([["SPR100", "Gel pen 0.7", "2.49", "Green"]], { yes: false });
    expect(run.status).toBe("review");
    const { id } = await product("SPR100");
    await updateProduct(manager, { id, changes: { priceCents: { from: 199, to: 300 } }, metafields: [] });
    const { jobId } = await approveRun(manager, { runId: run.id });
    await workOff(jobId);
    expect(await product("SPR100")).toMatchObject({ name: "Gel pen", priceCents: 300 });
    const [change] = await db.syncChange.findMany({
      where: { runId: run.id, entity: "product" },
      include: { detail: true },
    });
    expect(change).toMatchObject({
      state: "staged",
      kind: "changed",
      answeredById: null,
      reason: "Price was 1.99 when this was approved and is 3.00 now, kept by a person: look again.",
    });
    const shown = change?.detail?.fields as { update: { field: string }[] } | undefined;
    expect(shown?.update.find(({ field }) => field === "priceCents")).toMatchObject({
      before: 300,
      after: 249,
      kept: true,
    });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "review", successful: 0 });
    const again = await approveRun(manager, { runId: run.id });
    await workOff(again.jobId);
    expect(await product("SPR100")).toMatchObject({ name: "Gel pen 0.7", priceCents: 300 });
    expect(await getEndedRun(run.id)).toMatchObject({ status: "success", successful: 1 });
  });

  test("of two managers who answer a run at once, one is told that it is answered", async () => {
    const run = await importRows([["SPR100", "Gel pen", "1.99", "Blue"]], { yes: false });
    const [one, two] = [actorOf(await createUser("manager")), actorOf(await createUser("manager"))];
    const answers = await Promise.allSettled([
      approveRun(one, { runId: run.id }),
      rejectRun(two, { runId: run.id, reason: "Wrong file" }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
    const staff = actorOf(await createUser("staff"));
    await expect(approveRun(staff, { runId: run.id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("R18 twenty people editing while feeds come in lose no edit, and none of them is refused", {
    timeout: 60_000 + proofTimeout(EDITS, 60_000),
  }, async () => {
    const people = 20;
    const each = Math.ceil(proofCount(EDITS) / people);
    const rows = (price: number): [string, string, string, string][] =>
      Array.from({ length: people }, (_, n) => [`SPR${100 + n}`, `Pen ${n}`, (price + n).toFixed(2), "Blue"]);
    await importRows(rows(10));
    const products = await db.product.findMany({ orderBy: { sku: "asc" } });
    const waited: number[] = [];
    let areEditing = true;
    const editors = products.map(async ({ id }) => {
      const manager = actorOf(await createUser("manager"));
      for (let edit = 1; edit <= each; edit++) {
        const from = edit === 1 ? "" : `edit ${edit - 1}`;
        const began = performance.now();
        await updateProduct(manager, {
          id,
          changes: { shortDescription: { from, to: `edit ${edit}` } },
          metafields: [],
        });
        waited.push(performance.now() - began);
      }
    });
    let price = 10;
    const feeds = async () => {
      do {
        price = price === 10 ? 11 : 10;
        expect(await importRows(rows(price))).toMatchObject({ status: "success", updated: people, jobError: null });
      } while (areEditing);
    };
    const feeding = feeds();
    await Promise.all(editors).finally(() => {
      areEditing = false;
    });
    await feeding;
    const after = await db.product.findMany({ orderBy: { sku: "asc" } });
    expect(after.map(({ shortDescription }) => shortDescription)).toEqual(after.map(() => `edit ${each}`));
    expect(after.map(({ priceCents }) => priceCents)).toEqual(after.map((_, n) => (price + n) * 100));
    const saved = await db.auditEntry.count({ where: { action: "product.update" } });
    expect(saved).toBe(people * each);
    const ordered = waited.toSorted((a, b) => a - b);
    const p99 = Math.round(ordered[Math.ceil(ordered.length * 0.99) - 1] ?? 0);
    reportProof("R18", {
      edits: people * each,
      lost: 0,
      refused: 0,
      saveMsP99: p99,
      saveMsMax: Math.round(ordered.at(-1) ?? 0),
    });
  });
});

describe("rows that can't be taken", () => {
  test("A11 prices that are none are row errors; no product at 0.00 exists", async () => {
    const run = await importRows([
      ["SPR101", "Pen a", "", "Blue"],
      ["SPR102", "Pen b", "N/A", "Blue"],
      ["SPR103", "Pen c", "0", "Blue"],
      ["SPR104", "Pen d", "12.49", "Blue"],
    ]);
    expect(run).toMatchObject({ status: "partial", created: 1, rejected: 3, totalItems: 4 });
    const reasons = await db.syncRejection.findMany({ where: { runId: run.id }, orderBy: { line: "asc" } });
    expect(reasons.map((row) => row.line)).toEqual([2, 3, 4]);
    expect(reasons.map((row) => row.reason).join("\n")).toMatch(/missing[\s\S]*not a number[\s\S]*zero/i);
    expect(await db.product.findMany({ select: { sku: true, priceCents: true } })).toEqual([
      { sku: "SPR104", priceCents: 1249 },
    ]);
  });

  test("A12 a key twice with different content is one error naming both lines; neither goes in", async () => {
    const run = await importRows([
      ["BAO0600900", "Pen a", "1.00", "Blue"],
      ["SPR2000", "Pen b", "2.00", "Blue"],
      ["BAO0600900", "Pen c", "3.00", "Red"],
    ]);
    expect(run).toMatchObject({ created: 1, rejected: 2, totalItems: 3 });
    const errors = await db.syncRejection.findMany({ where: { runId: run.id, severity: "error" } });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.reason).toMatch(/2\b.*4\b/);
    expect(await db.product.count()).toBe(1);
  });

  test("an identical repeat is a warning", async () => {
    const row: [string, string, string, string] = ["SPR2000", "Pen b", "2.00", "Blue"];
    const run = await importRows([row, row]);
    expect(run).toMatchObject({ status: "success", created: 1, repeated: 1, rejected: 0, totalItems: 2 });
  });

  test("a file without a product fails or waits, and marks nothing missing", async () => {
    await importRows([["SPR100", "Gel pen", "1.99", "Blue"]]);
    const run = await importRows([]);
    expect(run.status).toBe("review");
    expect(run.heldReason).toContain("no valid product");
    expect(await db.sourceItem.count({ where: { missingRuns: { gt: 0 } } })).toBe(0);
  });

  test("A14 absent once and twice is a flag; back again, the flag goes", async () => {
    const three: [string, string, string, string][] = Array.from({ length: 20 }, (_, n) => [
      `SPR${200 + n}`,
      `Pen ${n}`,
      "1.00",
      "Blue",
    ]);
    await importRows(three);
    const run = await importRows(three.slice(1));
    expect(run).toMatchObject({ missing: 1 });
    const missing = () => db.sourceItem.findFirstOrThrow({ where: { externalKey: "SPR200" } });
    expect(await missing()).toMatchObject({ missingRuns: 1, missingSinceRunId: run.id });
    const back = await importRows(three);
    expect(await missing()).toMatchObject({ missingRuns: 0, missingSinceRunId: null });
    expect(await db.syncChange.count({ where: { runId: back.id, kind: "returned" } })).toBe(1);
    expect(await db.product.count({ where: { status: "active" } })).toBe(20);
  });
});
