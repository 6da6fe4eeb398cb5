import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { actor, createCategory, createProduct } from "@/lib/testing/factories";
import { type FeedRow, importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { changeCategory } from "./change-category";
import { checkCounts } from "./check-counts";

beforeEach(() => resetDatabase());

test("a tree whose counts, addresses and levels are right has no differences", async () => {
  const office = await createCategory({ name: "Office" });
  const paper = await createCategory({ name: "Paper" }, office);
  for (const categoryId of [office.id, paper.id, paper.id, null]) await createProduct({ categoryId });
  await createProduct({ categoryId: paper.id, status: "archived" });
  expect(await checkCounts(actor("staff"))).toEqual({ categories: 2, products: 4, differences: [] });
});

test("an address, a level and a category in a ring are told", async () => {
  const [one, other] = [await createCategory({ name: "One" }), await createCategory({ name: "Other" })];
  const lost = await createCategory({ name: "Lost", path: "elsewhere/lost", level: 3 }, one);
  await createProduct({ categoryId: lost.id });
  expect((await checkCounts(SYSTEM)).differences).toEqual([
    { path: "elsewhere/lost", what: "path", shown: "elsewhere/lost", right: "one/lost" },
    { path: "elsewhere/lost", what: "level", shown: 3, right: 1 },
  ]);
  await transaction(async (tx) => {
    await tx.category.update({ where: { id: one.id }, data: { parentId: other.id } });
    await tx.category.update({ where: { id: other.id }, data: { parentId: one.id } });
  });
  const { differences } = await checkCounts(SYSTEM);
  const unreached = differences.filter(({ what }) => what === "reached from the top").map(({ path }) => path);
  expect(unreached).toEqual(["elsewhere/lost", "one", "other"]);
});

test("C7 counts are right whenever one looks, while feeds come in and people change the tree", {
  timeout: 120_000,
}, async () => {
  const rows = (price: string): Record<string, FeedRow> =>
    Object.fromEntries(
      Array.from({ length: 120 }, (_, n) => [`SPR${n}`, { price, category: `Office > Shelf ${n % 7} > Box ${n % 3}` }]),
    );
  let isOver = false;
  const work = (async () => {
    await importRows(rows("1.00"));
    const shelves = await db.category.findMany({ where: { level: 1 }, orderBy: { path: "asc" } });
    const [first, second, third] = shelves.map(({ id }) => id);
    const move = { kind: "move", id: first ?? "", parentId: second ?? "" } as const;
    const merge = { kind: "merge", id: second ?? "", intoId: third ?? "" } as const;
    await Promise.all([
      importRows(rows("2.00"), { sourceName: "another" }),
      (async () => {
        await changeCategory(SYSTEM, { operation: move });
        await changeCategory(SYSTEM, { operation: merge });
      })(),
    ]);
  })().finally(() => {
    isOver = true;
  });
  let looks = 0;
  while (!isOver) {
    expect((await checkCounts(SYSTEM)).differences).toEqual([]);
    looks += 1;
    // Others get their turn between two looks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await work;
  expect(looks).toBeGreaterThan(5);
  expect(await checkCounts(SYSTEM)).toMatchObject({ products: 120, differences: [] });
});

test("nobody without a role counts", async () => {
  await expect(checkCounts(actor("visitor" as "staff"))).rejects.toMatchObject({ code: "forbidden" });
});
