import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type SampleFeeds, writeSampleFeeds } from "@/lib/sample/write-sample-feeds";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { reportProof } from "@/lib/testing/proof";
import { importFiles } from "@/lib/testing/run-import";

const PRODUCTS = 400;

describe("two days of a supplier's feeds", () => {
  let folder: string;
  let day1: SampleFeeds;
  let day2: SampleFeeds;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stockroom-sample-"));
    day1 = await writeSampleFeeds({ folder: join(folder, "1"), day: 1, products: PRODUCTS });
    day2 = await writeSampleFeeds({ folder: join(folder, "2"), day: 2, products: PRODUCTS });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("a dry run tells what the real run then does, and writes nothing", async () => {
    const before = await catalogueHash();
    const preview = await importFiles("etilize", day1.etilize, { dryRun: true });
    expect(preview).toMatchObject({ status: "success", created: day1.expected.inFiles.products, jobError: null });
    expect(await catalogueHash()).toBe(before);
    const run = await importFiles("etilize", day1.etilize);
    expect(run).toMatchObject({ status: "success", heldReason: null, jobError: null });
    for (const count of ["totalItems", "created", "updated", "unchanged", "missing", "rejected"] as const) {
      expect(run[count], count).toBe(preview[count]);
    }
    expect(run.successful).toBe(run.created + day1.expected.categories);
  });

  test("the first day's catalogue holds what the files hold", async () => {
    const { inFiles, categories } = day1.expected;
    expect(await db.product.count()).toBe(inFiles.products);
    expect(await db.category.count()).toBe(categories);
    expect(await db.productMetafield.count()).toBe(inFiles.attributeValues);
    expect(await db.productCode.count({ where: { type: "upc" } })).toBe(inFiles.upcs);
    expect(await db.product.count({ where: { categoryId: null } })).toBe(inFiles.withoutCategory);
    expect(await db.productSearch.count()).toBe(inFiles.products);
  });

  test("the ERP list brings prices to the products its codes name; what it alone knows is held", async () => {
    const run = await importFiles("erp", [day1.erp]);
    expect(run).toMatchObject({ status: "partial", held: day1.expected.erpUnmatched, rejected: 0, jobError: null });
    expect(await db.product.count({ where: { priceCents: { not: null } } })).toBe(day1.expected.inFiles.withPrice);
    expect(await db.product.count()).toBe(day1.expected.inFiles.products);
  });

  test("R3 the same files again write nothing to the catalogue", async () => {
    for (const [kind, paths] of [
      ["etilize", day1.etilize],
      ["erp", [day1.erp]],
    ] as const)
      await importFiles(kind, [...paths]);
    const before = await catalogueHash();
    const ofTheCatalogue = { entity: { notIn: ["SyncHistory", "FeedSource", "FeedFile", "Job"] } };
    const audited = await db.auditEntry.count({ where: ofTheCatalogue });
    const again = await importFiles("etilize", day1.etilize);
    expect(again).toMatchObject({
      status: "success",
      created: 0,
      updated: 0,
      unchanged: day1.expected.inFiles.products,
    });
    expect(await db.syncChange.count({ where: { runId: again.id } })).toBe(0);
    const erp = await importFiles("erp", [day1.erp]);
    expect(erp).toMatchObject({ created: 0, updated: 0 });
    expect(await catalogueHash()).toBe(before);
    const written = await db.syncChange.count({ where: { runId: { in: [again.id, erp.id] }, state: "applied" } });
    const auditRows = (await db.auditEntry.count({ where: ofTheCatalogue })) - audited;
    expect([written, auditRows]).toEqual([0, 0]);
    reportProof("R3", { products: PRODUCTS, productRowsWritten: written, auditRows });
  });

  test("the second day's runs find what changed, and each file's rows add up", async () => {
    const changes = day2.expected.changes;
    if (!changes) throw new Error("the second day has changes");
    const run = await importFiles("etilize", day2.etilize, { yes: false });
    expect(run).toMatchObject({
      status: "review",
      missing: changes.missing.length,
      created: changes.added.length,
      jobError: null,
    });
    const kinds = await db.syncChange.groupBy({ by: ["entity", "kind"], where: { runId: run.id }, _count: true });
    const count = (entity: string, kind: string) =>
      kinds.find((row) => row.entity === entity && row.kind === kind)?._count ?? 0;
    expect(count("product", "moved")).toBe(changes.moved.length);
    expect(count("product", "changed")).toBe(changes.attributeChanged.length + changes.misfits.length);
    expect(count("category", "changed")).toBe(changes.renamedCategories.length);
    const files = await db.syncFile.findMany({ where: { runId: run.id } });
    for (const file of files) {
      const sum = file.rowsStaged + file.rowsUnchanged + file.rowsRepeated + file.rowsRejected;
      expect(sum, file.name).toBe(file.rowsRead);
    }
    const rejections = await db.syncRejection.findMany({ where: { runId: run.id, file: "EN_US_B_product.csv" } });
    const expected = day2.expected.rejections.filter((rejection) => rejection.file === "EN_US_B_product.csv");
    const found = rejections.map(({ line, severity }) => `${line} ${severity}`).sort();
    expect(found).toEqual(expected.map(({ line, severity }) => `${line} ${severity}`).sort());
  });

  test("approved, the second day is the catalogue; what went missing is still there", async () => {
    const run = await importFiles("etilize", day2.etilize);
    expect(run).toMatchObject({ status: "partial", failed: 0, skipped: 0 });
    const erp = await importFiles("erp", [day2.erp]);
    expect(erp).toMatchObject({ status: "partial", failed: 0, jobError: null });
    const { endState, changes } = day2.expected;
    expect(await db.product.count()).toBe(endState.products);
    expect(await db.productMetafield.count()).toBe(endState.attributeValues);
    expect(await db.productCode.count({ where: { type: "upc" } })).toBe(endState.upcs);
    expect(await db.product.count({ where: { priceCents: { not: null } } })).toBe(endState.withPrice);
    expect(await db.sourceItem.count({ where: { missingRuns: 1 } })).toBeGreaterThanOrEqual(
      changes?.missing.length ?? 1,
    );
    expect(await db.product.count({ where: { priceCents: { lte: 0 } } })).toBe(0);
  });
});
