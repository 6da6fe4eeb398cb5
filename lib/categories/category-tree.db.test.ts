import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, createCategory, createIcon, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { catalogueTotals, getCategoryAt } from "./get-category";
import { listChildren, openTree } from "./list-children";
import { searchCategories } from "./search-categories";

const staff = actor("staff");
let clock = Date.now();

beforeEach(async () => {
  await resetDatabase();
  // Every test begins long after the counts were last taken.
  clock += 60_000;
  vi.useFakeTimers({ toFake: ["Date"], now: clock });
  await changed("categories");
});
afterEach(() => void vi.useRealTimers());

let raised = 0;
/** Versions go on rising over a reset, as they would over a restart. */
async function changed(name: "categories" | "products") {
  raised += 1;
  await transaction((tx) => tx.catalogueVersion.update({ where: { name }, data: { version: raised * 1000 } }));
}

async function sample() {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  const notebooks = await createCategory({ name: "Notebooks" }, paper);
  const officeChairs = await createCategory({ name: "Office chairs" });
  for (const categoryId of [notebooks.id, notebooks.id, paper.id, officeChairs.id, null])
    await createProduct({ categoryId });
  await createProduct({ categoryId: notebooks.id, status: "archived" });
  await changed("categories");
  await changed("products");
  return { office, paper, notebooks, officeChairs };
}

test("each level has its own counts and those of all below, archived products in neither", async () => {
  const { office, paper } = await sample();
  await createIcon({ categoryId: paper.id, status: "active" });
  expect(await listChildren(staff, null)).toMatchObject([
    { name: "Office", total: 3, own: 0, children: 1 },
    { name: "Office chairs", total: 1, own: 1, children: 0 },
  ]);
  expect(await listChildren(staff, office.id)).toMatchObject([
    { name: "Paper", total: 3, own: 1, iconId: expect.any(String) },
  ]);
  expect(await catalogueTotals(staff)).toEqual({ products: 5, archived: 1, uncategorised: 1, categories: 4 });
});

test("the first paint holds the levels on the way to the category, no more", async () => {
  const { office, paper, notebooks, officeChairs } = await sample();
  expect(Object.keys((await openTree(staff, notebooks.id)).levels)).toEqual(["", office.id, paper.id]);
  expect(Object.keys((await openTree(staff, officeChairs.id)).levels)).toEqual([""]);
  expect(await openTree(staff, null)).toMatchObject({ uncategorised: 1 });
});

test("a category is found by its path, an old path leads to the new one", async () => {
  const { paper, notebooks } = await sample();
  expect(await getCategoryAt(staff, "office/paper")).toMatchObject({
    category: { id: paper.id, hasChildren: true, above: [{ name: "Office", path: "office" }] },
  });
  await transaction((tx) => tx.categoryRedirect.create({ data: { path: "stationery/sheets", categoryId: paper.id } }));
  expect(await getCategoryAt(staff, "stationery/sheets")).toEqual({ movedTo: "office/paper" });
  expect(await getCategoryAt(staff, "stationery/sheets/notebooks")).toEqual({ movedTo: notebooks.path });
  expect(await getCategoryAt(staff, "nowhere/at/all")).toBeNull();
});

test("the search for a category puts what begins so first, and shows where each stands", async () => {
  await sample();
  expect((await searchCategories(staff, "off")).map((found) => found.name)).toEqual(["Office", "Office chairs"]);
  expect(await searchCategories(staff, "NOTE")).toMatchObject([
    { name: "Notebooks", above: ["Office", "Paper"], total: 2 },
  ]);
  expect((await searchCategories(staff, "chairs off")).map((found) => found.name)).toEqual(["Office chairs"]);
  expect(await searchCategories(staff, " ' ")).toEqual([]);
});

describe("two at once", () => {
  test("a category changed in one transaction is new to the next reader at once", async () => {
    const { office } = await sample();
    await listChildren(staff, null);
    await transaction(async (tx) => {
      await tx.category.update({ where: { id: office.id }, data: { name: "Bureau" } });
      await raiseCatalogueVersion(tx, "categories");
    });
    expect((await listChildren(staff, null))[0]?.name).toBe("Bureau");
  });

  test("what another process changed is seen, counts at the latest a second after they were last taken", async () => {
    const { notebooks } = await sample();
    expect((await listChildren(staff, null))[0]?.total).toBe(3);
    await inAnotherProcess(notebooks.id);
    expect((await listChildren(staff, notebooks.id)).map((line) => line.name)).toEqual(["Elsewhere"]);
    vi.setSystemTime(Date.now() + 1_000);
    expect((await listChildren(staff, null))[0]?.total).toBe(4);
  });
});

test("nobody without a role reads the tree", async () => {
  // No role lacks this grant today; a made-up one stands for the next.
  const visitor = actor("visitor" as "staff");
  for (const read of [
    listChildren(visitor, null),
    openTree(visitor, null),
    searchCategories(visitor, "x"),
    getCategoryAt(visitor, "x"),
  ]) {
    await expect(read).rejects.toMatchObject({ code: "forbidden" });
  }
});

/** A category under `parentId` and a product in it, by a process with its own connection and its own caches. */
async function inAnotherProcess(parentId: string) {
  const script = `
    const { createCategory, createProduct } = await import("@/lib/testing/factories");
    const { raiseCatalogueVersion } = await import("@/lib/catalog/catalogue-version");
    const { db, transaction, disconnect } = await import("@/lib/db/client");
    const parent = await db.category.findUniqueOrThrow({ where: { id: process.argv[1] } });
    const child = await createCategory({ name: "Elsewhere" }, parent);
    await createProduct({ sku: "OTHER-1", categoryId: child.id });
    await transaction(async (tx) => {
      await raiseCatalogueVersion(tx, "categories");
      await raiseCatalogueVersion(tx, "products");
    });
    await disconnect();`;
  const { databaseUrl, dataFolder } = env();
  await promisify(execFile)(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "--eval", script, parentId],
    { env: { ...process.env, DATABASE_URL: databaseUrl, STOCKROOM_DATA: dataFolder } },
  );
}
