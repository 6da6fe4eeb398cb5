import { beforeEach, expect, test } from "vitest";
import { getMergeTarget } from "@/lib/catalog/merged-product";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { catalogueHashes } from "@/lib/testing/catalogue-hash";
import { actor, actorOf, createCode, createImage, createProduct, createUser } from "@/lib/testing/factories";
import { importRows, MANY, undoRun } from "@/lib/testing/import-rows";
import { dyingContext, Killed, quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import {
  dismissGroup,
  duplicatesSummary,
  listDuplicateGroups,
  reopenGroup,
  requestDuplicates,
} from "./duplicate-groups";
import { duplicatesJob } from "./find-job";
import { listLooksLike } from "./looks-like";
import { mergeProducts } from "./merge-products";
import { previewMerge } from "./preview-merge";

beforeEach(() => resetDatabase());

const manager = actor("manager");
const find = () => duplicatesJob.handle({}, quietContext());
const open = async () => (await listDuplicateGroups(manager, { state: "open" })).rows;
const bySku = (sku: string) => db.product.findUniqueOrThrow({ where: { sku }, include: { codes: true, images: true } });
const skusOf = (group: Awaited<ReturnType<typeof open>>[number] | undefined) =>
  group?.products.map(({ sku }) => sku).sort();

/** Two feed rows that are one product, by their names and brand. */
async function twins() {
  await importRows({
    SPR1: { title: "Same pen", image: "https://x.test/a.jpg" },
    SPR2: { title: "Same pen", price: "2.50" },
  });
  await find();
  const [group] = await open();
  const [first, second] = [await bySku("SPR1"), await bySku("SPR2")];
  const versions = { [first.id]: first.version, [second.id]: second.version };
  const input = { groupId: group?.id ?? "", survivorId: first.id, loserIds: [second.id], fill: [], versions };
  return { group, first, second, input };
}

test("equal GTINs, codes, names with brands and pictures are found, each with what speaks for it", async () => {
  const pen = (sku: string, data = {}) => createProduct({ sku, name: `Pen ${sku}`, ...data });
  const [a, b] = [await pen("A"), await pen("B")];
  await createCode(a.id, { type: "upc", code: "4008496273614", gtin14: "04008496273614" });
  await createCode(b.id, { type: "upc", code: "04008496273614", gtin14: "04008496273614" });
  const [c, d] = [await pen("C"), await pen("D")];
  await createCode(c.id, { code: "HEW-1", normalized: "HEW1" });
  await createCode(d.id, { code: "HEW1", normalized: "HEW1" });
  await createProduct({ sku: "E", name: "Gel Pen", brand: "Halden" });
  await createProduct({ sku: "F", name: "gel pen", brand: "HALDEN" });
  const [g, h] = [
    await pen("G", { brand: "Halden", name: "Blue capped gel pen 0.7 mm" }),
    await pen("H", { brand: "Halden", name: "Gel pen, blue, capped, 0.7 mm" }),
  ];
  const other = await pen("I", { brand: "Halden", name: "Blue capped gel pen 0.4 mm" });
  for (const { id } of [g, h, other]) await createImage(id, { fileHash: "abc" });
  await find();
  const groups = await open();
  expect(groups.map((group) => [group.score, skusOf(group), group.evidence.map(({ words }) => words)])).toEqual([
    [0.9, ["A", "B"], ["Same UPC / EAN 4008496273614"]],
    [0.85, ["C", "D"], ["Same SPRC code HEW1"]],
    [0.7, ["E", "F"], ["Same name and brand"]],
    [0.4, ["G", "H"], ["Same picture"]],
  ]);
});

test("variants with a UPC of their own each come last, and it is told that their codes differ", async () => {
  const drum = (sku: string) => createProduct({ sku, name: "Drum C8800", brand: "Oki" });
  const [black, cyan, unknown] = [await drum("K"), await drum("C"), await drum("U")];
  await createCode(black.id, { type: "upc", code: "0051851354477", gtin14: "00051851354477" });
  await createCode(cyan.id, { type: "upc", code: "0051851354460", gtin14: "00051851354460" });
  await createProduct({ sku: "E", name: "Gel Pen", brand: "Halden" });
  await createProduct({ sku: "F", name: "Gel Pen", brand: "Halden" });
  await find();
  const [pens, drums] = await open();
  expect([skusOf(pens), pens?.score]).toEqual([["E", "F"], 0.7]);
  expect([skusOf(drums), drums?.score]).toEqual([["C", "K", "U"], 0.28]);
  expect(drums?.evidence).toEqual([
    { kind: "name", words: "Same name and brand", productIds: [black.id, cyan.id, unknown.id].sort() },
    { kind: "differ", words: "UPC / EAN differ", productIds: [black.id, cyan.id].sort() },
  ]);
  expect((await listLooksLike(manager, black.id)).map(({ words }) => words).toSorted()).toEqual([
    ["Same name and brand"],
    ["Same name and brand", "UPC / EAN differ"],
  ]);
  await createCode(cyan.id, { type: "upc", code: "0051851354477", gtin14: "00051851354477" });
  await find();
  const [again] = await open();
  expect([skusOf(again), again?.evidence.map(({ kind }) => kind).includes("differ")]).toEqual([["C", "K", "U"], false]);
});

test("pictures that are no more than near speak for products of one brand whose names are alike", async () => {
  const pen = (sku: string, name: string) => createProduct({ sku, name, brand: "Halden" });
  const [a, b, c] = [
    await pen("A", "Blue capped gel pen 0.7 mm"),
    await pen("B", "Gel pen, blue, capped, 0.7 mm"),
    await pen("C", "Stapler with metal body"),
  ];
  const hashes = ["f0e1d2c3b4a59687", "f0e1d2c3b4a59680", "f0e1d2c3b4a59683"];
  for (const [at, { id }] of [a, b, c].entries()) await createImage(id, { perceptualHash: hashes[at] });
  await find();
  const groups = await open();
  expect(groups.map((group) => [skusOf(group), group.evidence.map(({ words }) => words)])).toEqual([
    [["A", "B"], ["Pictures that look alike"]],
  ]);
  expect(await listLooksLike(actor("staff"), a.id)).toEqual([
    { product: { id: b.id, sku: "B", name: b.name }, words: ["Pictures that look alike"] },
  ]);
  expect(await listLooksLike(actor("staff"), c.id)).toEqual([]);
});

test("short codes, a maker's part number in another brand, archived products and what 21 share say nothing", async () => {
  const shared = async (data: Parameters<typeof createCode>[1], products: Parameters<typeof createProduct>[0][]) => {
    for (const product of products) await createCode((await createProduct(product)).id, data);
  };
  await shared({ code: "12", normalized: "12" }, [{}, {}]);
  await shared({ type: "mpn", code: "P-1000", normalized: "P1000" }, [{ brand: "One" }, { brand: "Two" }]);
  await shared({ code: "ABCD1", normalized: "ABCD1" }, [{}, { status: "archived" }]);
  await shared(
    { code: "FAMILY", normalized: "FAMILY" },
    Array.from({ length: 21 }, () => ({})),
  );
  expect(await find()).toMatchObject({ groups: 0, tooCommon: 1 });
});

test("a dismissed group is not found again, until it is taken back", async () => {
  const { group } = await twins();
  await dismissGroup(manager, { id: group?.id ?? "" });
  expect(await find()).toMatchObject({ groups: 0 });
  expect(await duplicatesSummary(manager)).toMatchObject({ open: 0, dismissed: 1 });
  await expect(dismissGroup(manager, { id: group?.id ?? "" })).rejects.toMatchObject({ code: "conflict" });
  await reopenGroup(manager, { id: group?.id ?? "" });
  expect(await find()).toMatchObject({ groups: 1 });
  expect(await open()).toHaveLength(1);
});

test("what is no duplicate any more leaves the report; killed anywhere, the next search ends the same", async () => {
  const { second } = await twins();
  await createProduct({ sku: "X", name: "Other", brand: "Halden" });
  await createProduct({ sku: "Y", name: "Other", brand: "Halden" });
  await updateProduct(manager, { id: second.id, changes: { name: { to: "Not the same" } }, metafields: [] });
  for (let step = 1; ; step++) {
    const died = await duplicatesJob.handle({}, dyingContext(step)).then(
      () => false,
      (error) => error instanceof Killed,
    );
    if (!died) break;
  }
  expect((await open()).map(skusOf)).toEqual([["X", "Y"]]);
});

test("PC3 a merge is previewed, moves codes, pictures and feed rows, fills what is chosen, redirects, and is undone whole", async () => {
  await importRows({
    SPR1: { title: "Same pen", colour: "" },
    SPR2: { title: "Same pen", image: "https://x.test/b.jpg" },
  });
  await importRows(
    { SPR2: { title: "Same pen", colour: "Red", image: "https://x.test/b.jpg" } },
    { sourceName: "second" },
  );
  const mira = actorOf(await createUser("manager"));
  await find();
  const [group] = await open();
  const [first, second] = [await bySku("SPR1"), await bySku("SPR2")];
  await transaction((tx) => tx.codeAlias.create({ data: { type: "key", normalized: "old", productId: second.id } }));
  const before = await catalogueHashes();
  const preview = await previewMerge(mira, { groupId: group?.id ?? "", survivorId: first.id, loserIds: [second.id] });
  expect(preview.fillable).toMatchObject([{ label: "Colour", from: "SPR2" }]);
  expect(preview.losers).toMatchObject([
    { sku: "SPR2", pictures: 1, answers: 1, codes: [{ code: "SPR2", isNew: true }] },
  ]);
  expect(preview.losers[0]?.rows.map(({ isSilent }) => isSilent)).toEqual([true, false]);
  expect(await catalogueHashes()).toEqual(before);
  const fill = preview.fillable.map(({ field }) => field);
  const { versions } = preview;
  const merged = await mergeProducts(mira, {
    groupId: group?.id ?? "",
    survivorId: first.id,
    loserIds: [second.id],
    fill,
    versions,
  });
  expect(await bySku("SPR2")).toMatchObject({ status: "archived", codes: [], images: [] });
  const survivor = await bySku("SPR1");
  expect(survivor.codes.map(({ code }) => code).sort()).toEqual(["SPR1", "SPR2"]);
  expect(survivor.images.map(({ url }) => url)).toEqual(["https://x.test/b.jpg"]);
  expect(await getMergeTarget(actor("staff"), second.id)).toEqual({ id: first.id, sku: "SPR1" });
  expect(await db.sourceItem.count({ where: { productId: first.id } })).toBe(3);
  expect((await db.codeAlias.findFirstOrThrow()).productId).toBe(first.id);
  expect(await db.syncHistory.findUnique({ where: { id: merged.runId } })).toMatchObject({
    status: "success",
    updated: 2,
  });
  expect(await undoRun(merged.runId)).toMatchObject({ status: "success", skipped: 0, jobError: null });
  expect(await catalogueHashes()).toEqual(before);
  expect(await getMergeTarget(actor("staff"), second.id)).toBeNull();
  expect(await db.productRedirect.count()).toBe(0);
  expect((await db.codeAlias.findFirstOrThrow()).productId).toBe(second.id);
  expect(await db.sourceItem.count({ where: { productId: second.id } })).toBe(2);
  expect(await open()).toHaveLength(1);
});

test("later rows of the merged product land on the survivor: another feed's speak, the same feed's leave it alone", async () => {
  const { input, first, second } = await twins();
  await mergeProducts(manager, input);
  await importRows({ SPR1: { title: "Same pen" }, SPR2: { title: "Renamed pen", price: "9.99" }, ...MANY });
  expect(await db.product.count({ where: { sku: { in: ["SPR1", "SPR2"] } } })).toBe(2);
  expect(await bySku("SPR1")).toMatchObject({ name: "Same pen", priceCents: 199, status: "active" });
  expect(await bySku("SPR2")).toMatchObject({ name: "Same pen", status: "archived" });
  await importRows({ SPR2: { title: "Said by another", price: "2.10" } }, { sourceName: "second" });
  expect(await bySku("SPR1")).toMatchObject({ name: "Said by another", priceCents: 210 });
  expect(await db.sourceItem.findMany({ where: { productId: first.id } })).toHaveLength(3);
  expect(await db.sourceItem.count({ where: { productId: second.id } })).toBe(0);
  // The merged row goes: the survivor is not missing.
  await importRows({ SPR1: { title: "Same pen" }, ...MANY });
  expect(await db.sourceItem.count({ where: { productId: first.id, missingRuns: { gt: 0 } } })).toBe(0);
});

test("of two who answer at once one merges; what changed since it was shown is not merged", async () => {
  const { input, second } = await twins();
  await updateProduct(manager, { id: second.id, changes: { name: { to: "Edited" } }, metafields: [] });
  await expect(mergeProducts(manager, input)).rejects.toMatchObject({ code: "conflict" });
  const { version } = await bySku("SPR2");
  const now = { ...input, versions: { ...input.versions, [second.id]: version } };
  const both = await Promise.allSettled([mergeProducts(manager, now), mergeProducts(manager, now)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.syncHistory.count({ where: { syncType: "merge" } })).toBe(1);
  await expect(dismissGroup(manager, { id: input.groupId })).rejects.toMatchObject({ code: "conflict" });
});

test("staff look, and search, dismiss and merge nothing", async () => {
  const { input, group } = await twins();
  const staff = actor("staff");
  const id = group?.id ?? "";
  expect((await listDuplicateGroups(staff, { state: "open" })).rows).toHaveLength(1);
  for (const refused of [
    () => requestDuplicates(staff),
    () => dismissGroup(staff, { id }),
    () => reopenGroup(staff, { id }),
    () => previewMerge(staff, input),
    () => mergeProducts(staff, input),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("of three products two are merged: the third is asked about with the survivor, and no group names a merged one", async () => {
  const pen = (sku: string, name: string) => createProduct({ sku, name, brand: "Halden" });
  const [a, b, c] = [await pen("A", "Gel pen"), await pen("B", "Gel pen"), await pen("C", "Gel pen")];
  const d = await pen("D", "Another");
  for (const { id } of [b, d]) await createCode(id, { code: "HEW-1", normalized: "HEW1" });
  await find();
  const [group] = await open();
  const versions = Object.fromEntries([a, b, c, d].map(({ id, version }) => [id, version]));
  const input = { groupId: group?.id ?? "", survivorId: a.id, loserIds: [b.id], fill: [], versions };
  const merged = await mergeProducts(manager, input);
  const left = await open();
  expect(left.map(skusOf)).toEqual([["A", "C", "D"]]);
  expect(left[0]?.evidence.map(({ kind, productIds }) => [kind, productIds])).toEqual([
    ["code", [a.id, d.id].sort()],
    ["name", [a.id, c.id].sort()],
  ]);
  expect(await db.duplicateMember.count({ where: { productId: b.id, group: { state: "open" } } })).toBe(0);
  await find();
  expect((await open()).map(skusOf)).toEqual([["A", "C", "D"]]);
  await undoRun(merged.runId);
  await find();
  expect((await open()).map(skusOf)).toEqual([["A", "B", "C", "D"]]);
});
