import { beforeEach, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { countQueries } from "@/lib/testing/count-queries";
import { actor, createCategory } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { catalogueTotals, getCategoryAt } from "./get-category";
import { listChildren, listLevels, openTree } from "./list-children";
import { searchCategories } from "./search-categories";

const staff = actor("staff");

beforeEach(() => resetDatabase());

/** A tree of three levels, `width` to each. */
async function grow(width: number) {
  const top = await createCategory({ name: `Top ${width}` });
  const now = new Date();
  const row = (n: string, parentId: string, path: string, level: number) => {
    const id = `00000000-0000-7000-8000-${n.padStart(12, "a")}`;
    const name = `Category ${n}`;
    return {
      id,
      name,
      nameKey: name.toLowerCase(),
      slug: n,
      path: `${path}/${n}`,
      parentId,
      level,
      createdAt: now,
      updatedAt: now,
    };
  };
  const middle = Array.from({ length: width }, (_, n) => row(`${n}`, top.id, top.path, 1));
  const below = middle.flatMap((one, n) =>
    Array.from({ length: width }, (_, m) => row(`${n}0000${m}`, one.id, one.path, 2)),
  );
  await transaction(async (tx) => {
    await insertRows(tx, "Category", middle);
    await insertRows(tx, "Category", below);
    // They go on rising over a reset, as they would over a restart.
    await tx.catalogueVersion.updateMany({ data: { version: width * 1_000 } });
  });
  return {
    top,
    middle: middle[0]?.id ?? "",
    path: below[0]?.path ?? "",
    leaf: below[0]?.id ?? "",
    ids: middle.map(({ id }) => id),
  };
}

test("C6 a tree of 15,000 asks the database no more often than one of six, cold or warm", async () => {
  async function queriesOf(width: number) {
    await resetDatabase();
    const { middle, path, leaf, ids } = await grow(width);
    const count = (work: () => Promise<unknown>) => countQueries(work);
    return {
      cold: await count(() => openTree(staff, leaf)),
      warm: await count(() => openTree(staff, leaf)),
      expand: await count(() => listChildren(staff, middle)),
      levels: await count(() => listLevels(staff, ids)),
      place: await count(() => getCategoryAt(staff, path)),
      totals: await count(() => catalogueTotals(staff)),
      search: await count(() => searchCategories(staff, "category 1")),
    };
  }
  // The first to ask opens the connection.
  await queriesOf(1);
  const small = await queriesOf(2);
  expect(await queriesOf(122)).toEqual(small);
  expect(small.cold).toBeGreaterThan(0);
  expect(small.warm).toBeLessThanOrEqual(3);
});
