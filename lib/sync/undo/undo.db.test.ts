import { beforeEach, describe, expect, test, vi } from "vitest";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { deleteMetafield, setMetafield } from "@/lib/metafields/mutations";
import { catalogueHash, catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { type FeedRow, importRows, MANY, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { BatchSize } from "../batch-size";
import { previewUndo } from "./preview-undo";
import { requestUndo } from "./request-undo";

beforeEach(() => resetDatabase());

const product = (sku: string) => db.product.findUniqueOrThrow({ where: { sku }, include: { metafields: true } });
const colourOf = (productId: string) => ({ productId, namespace: "custom", key: "colour" });

describe("C62 a run that is undone", () => {
  test("R18 R23 on a slow machine it goes back in small batches, to the same state", async () => {
    await importRows(MANY);
    const before = await catalogueHash({ versions: false });
    const run = await importRows({
      ...Object.fromEntries(Object.keys(MANY).map((key) => [key, { price: "2.10", category: `Office > ${key}` }])),
      SPR1: { category: "Garden > Hoses" },
    });
    const rows = vi.spyOn(BatchSize.prototype, "rows", "get").mockReturnValue(7);
    const learn = vi.spyOn(BatchSize.prototype, "learn");
    expect(await undoRun(run.id)).toMatchObject({ status: "success", jobError: null });
    const sizes = learn.mock.calls.map(([written]) => written);
    expect(Math.max(...sizes)).toBe(7);
    expect(sizes.reduce((sum, written) => sum + written, 0)).toBe(
      await db.syncChange.count({ where: { runId: run.id } }),
    );
    expect(await catalogueHash({ versions: false })).toBe(before);
    rows.mockRestore();
    learn.mockRestore();
  });

  test("R23 everything it changed is as it was before, provenance and the source's memory too", async () => {
    await importRows({ ...MANY, SPR1: { image: "https://a.example/1.jpg" }, SPR2: {}, SPR3: {}, SPR4: { colour: "" } });
    await transaction((tx) =>
      tx.productImage.updateMany({
        data: { altText: "Seen from the front", storagePath: "images/1.jpg", fileHash: "f" },
      }),
    );
    const [before, hashes] = [await catalogueHash({ versions: false }), await catalogueHashes()];
    const run = await importRows({
      ...MANY,
      SPR1: { image: "https://a.example/2.jpg", price: "2.10" },
      SPR2: { title: "Gel pen 0.7", category: "Office > Rulers", colour: "" },
      SPR4: { colour: "Green", stock: 9 },
      SPR5: { category: "Garden > Hoses" },
    });
    expect(run).toMatchObject({ created: 1, updated: 3, missing: 1 });
    expect(await catalogueHash({ versions: false })).not.toBe(before);
    const preview = await previewUndo(actor("manager"), run.id);
    const undone = await undoRun(run.id);
    expect(undone).toMatchObject({ status: "success", trigger: "undo", undoesRunId: run.id, jobError: null });
    expect(await catalogueHashes()).toEqual(hashes);
    expect(preview).toMatchObject({
      products: { restored: undone.updated, removed: undone.deleted, skipped: 0 },
      categories: { removed: 3, skipped: 0 },
      left: [],
    });
    expect(await db.syncHistory.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: "reverted" });
    expect(await db.syncChange.count({ where: { runId: run.id, state: "applied" } })).toBe(0);
    expect(await db.syncChange.count({ where: { runId: undone.id, state: "applied" } })).toBe(undone.successful);
  });

  test("its first import undone leaves nothing", async () => {
    const empty = await catalogueHash();
    const run = await importRows({ SPR1: {}, SPR2: {} });
    expect(await undoRun(run.id)).toMatchObject({ status: "success", deleted: 2 });
    expect(await db.category.count()).toBe(0);
    expect(await catalogueHash()).toBe(empty);
  });

  test("runs undone one after the other, last first, lead back to the beginning", async () => {
    const empty = await catalogueHash();
    const first = await importRows({ SPR1: {}, SPR2: {} });
    const second = await importRows({ SPR1: { price: "2.10" }, SPR2: { colour: "Red" } });
    await undoRun(second.id);
    expect(await undoRun(first.id)).toMatchObject({ status: "success", deleted: 2, skipped: 0 });
    expect(await catalogueHash()).toBe(empty);
  });

  test("what was changed since is left as it is, and said by whom", async () => {
    await importRows({ SPR1: {}, SPR2: {}, SPR3: {} });
    const run = await importRows({
      SPR1: { price: "2.10", title: "Gel pen 0.7" },
      SPR2: { price: "2.20" },
      SPR3: { price: "2.30" },
      SPR4: {},
    });
    const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
    const edited = await product("SPR1");
    const created = await product("SPR4");
    await updateProduct(actorOf(mira), { id: edited.id, changes: { priceCents: { to: 999 } }, metafields: [] });
    await updateProduct(actorOf(mira), { id: created.id, changes: { name: { to: "Mine" } }, metafields: [] });
    const later = await importRows({
      SPR1: { price: "2.10", title: "Gel pen 0.7" },
      SPR2: { price: "2.50" },
      SPR3: { price: "2.30" },
      SPR4: {},
    });
    const preview = await previewUndo(actor("manager"), run.id);
    const undone = await undoRun(run.id);
    expect(undone).toMatchObject({ status: "partial", updated: 2, deleted: 0, skipped: 2 });
    expect(preview.products).toEqual({ restored: 2, removed: 0, skipped: 2 });
    expect(preview.partly).toBe(1);
    expect(await product("SPR1")).toMatchObject({ priceCents: 999, name: "Gel pen" });
    expect(await product("SPR2")).toMatchObject({ priceCents: 250 });
    expect(await product("SPR3")).toMatchObject({ priceCents: 199 });
    expect(await product("SPR4")).toMatchObject({ name: "Mine" });
    const reasons = Object.fromEntries(preview.left.map(({ label, reason }) => [label, reason]));
    expect(reasons.SPR1).toMatch(/Price \(changed by Mira Rossi, /);
    expect(reasons.SPR2).toMatch(new RegExp(`Price \\(changed by shopify_csv in run ${later.number}, `));
    expect(reasons.SPR4).toMatch(/Left as it is: changed by Mira Rossi, /);
    const written = await db.syncChange.findMany({ where: { runId: undone.id, reason: { not: null } } });
    expect(Object.fromEntries(written.map((change) => [change.label, change.reason]))).toEqual(reasons);
  });

  test("kept values survive, and what the feed says beside them is what it said before", async () => {
    await importRows({ SPR1: {}, SPR2: {} });
    const manager = actorOf(await createUser("manager"));
    const { id } = await product("SPR1");
    const second = await product("SPR2");
    await updateProduct(manager, { id, changes: { name: { to: "My pen" } }, metafields: [] });
    await setMetafield(manager, { ...colourOf(id), to: JSON.stringify(["Navy"]) });
    await deleteMetafield(manager, colourOf(second.id));
    const hashes = await catalogueHashes();
    const run = await importRows({ SPR1: { title: "Gel pen 0.7", colour: "Green" }, SPR2: { colour: "Green" } });
    expect((await product("SPR1")).fieldSources).toMatchObject({ name: { feedValue: "Gel pen 0.7" } });
    expect(await undoRun(run.id)).toMatchObject({ status: "success", updated: 2 });
    const { name, metafields } = await product("SPR1");
    expect(name).toBe("My pen");
    expect(metafields.find(({ key }) => key === "colour")).toMatchObject({
      value: JSON.stringify(["Navy"]),
      kept: true,
    });
    expect(await catalogueHashes()).toEqual(hashes);
  });

  test("the same feed after the undo shows its changes again", async () => {
    await importRows({ ...MANY, SPR1: {}, SPR2: {} });
    const run = await importRows({ ...MANY, SPR1: { price: "2.10" }, SPR3: {} });
    await undoRun(run.id);
    const again = await importRows({ ...MANY, SPR1: { price: "2.10" }, SPR3: {} }, { yes: false });
    expect(again).toMatchObject({ status: "review", created: 1, updated: 1, missing: 1 });
  });

  test("a second source's own words stand, and its first word is forgotten with its run", async () => {
    const first = await importRows({ SPR1: {} });
    const other = await importRows({ SPR1: { price: "2.10" } }, { sourceName: "Second list" });
    expect(await db.sourceItem.count()).toBeGreaterThan(1);
    const left = await previewUndo(actor("manager"), first.id);
    expect(left).toMatchObject({ products: { removed: 0, skipped: 1 } });
    expect(left.left[0]?.reason).toContain("Second list speaks of it too");
    expect(left.categories).toMatchObject({ removed: 0, skipped: 2 });
    await undoRun(other.id);
    expect(await db.sourceItem.count({ where: { entity: "product" } })).toBe(1);
    await undoRun(first.id);
    expect(await db.product.count()).toBe(0);
  });
});

describe("who may undo what", () => {
  test("a run is undone once: the second try is told by which run, an undo can't be undone", async () => {
    const run = await importRows({ SPR1: {} });
    const undone = await undoRun(run.id);
    const again = requestUndo(actor("manager"), { runId: run.id });
    await expect(again).rejects.toMatchObject({
      code: "conflict",
      message: `Run ${run.number} is undone already, by run ${undone.number}.`,
    });
    const undoOfUndo = requestUndo(actor("manager"), { runId: undone.id });
    await expect(undoOfUndo).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("is an undo itself"),
    });
  });

  test("of two people who undo at once one is told that it is being undone", async () => {
    const run = await importRows({ SPR1: {} });
    const tries = [requestUndo(actor("manager"), { runId: run.id }), requestUndo(actor("admin"), { runId: run.id })];
    const results = await Promise.allSettled(tries);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("is being undone by run 2"),
    });
    expect(await db.syncHistory.count({ where: { trigger: "undo" } })).toBe(1);
  });

  test("what was never applied can't be undone, and says why", async () => {
    const waiting = await importRows({ SPR1: {} }, { yes: false });
    await expect(requestUndo(actor("manager"), { runId: waiting.id })).rejects.toMatchObject({
      code: "conflict",
      message: `Run ${waiting.number} waits for review. Answer it first, then undo what was applied.`,
    });
    const dry = await importRows({ SPR1: {} }, { dryRun: true });
    await expect(previewUndo(actor("manager"), dry.id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("staff may neither look nor undo", async () => {
    const run = await importRows({ SPR1: {} });
    await expect(previewUndo(actor("staff"), run.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(requestUndo(actor("staff"), { runId: run.id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("from 50 products on a person types what is about to happen", async () => {
    const run = await importRows(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`SPR${n}`, {}])));
    await expect(requestUndo(actor("manager"), { runId: run.id })).rejects.toMatchObject({ code: "invalid_input" });
    const confirmation = `undo run ${run.number}`;
    expect(await requestUndo(actor("manager"), { runId: run.id, confirmation })).toMatchObject({ number: 2 });
  });
});

test("a run of more than one batch is previewed and undone whole", { timeout: 240_000 }, async () => {
  const many = (change: (n: number) => FeedRow) =>
    Object.fromEntries(Array.from({ length: 1_100 }, (_, n) => [`SPR${n}`, change(n)]));
  const first = await importRows(many((n) => ({ image: `https://a.example/${n}.jpg` })));
  const hashes = await catalogueHashes();
  const second = await importRows(
    many((n) => ({ image: `https://a.example/b${n}.jpg`, title: `Pen ${n}`, colour: n % 20 === 0 ? "" : "Blue" })),
  );
  const preview = await previewUndo(actor("manager"), second.id);
  expect(preview.products).toEqual({ restored: 1_100, removed: 0, skipped: 0 });
  expect(await undoRun(second.id)).toMatchObject({ status: "success", updated: 1_100 });
  expect(await catalogueHashes()).toEqual(hashes);
  expect(await previewUndo(actor("manager"), first.id)).toMatchObject({
    products: { restored: 0, removed: 1_100, skipped: 0 },
  });
});
