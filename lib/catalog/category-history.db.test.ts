import { beforeEach, expect, test } from "vitest";
import { changeCategory } from "@/lib/categories/change-category";
import { db } from "@/lib/db/client";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { listCategoryHistory } from "./product-history";

beforeEach(() => resetDatabase());

test("a category's history tells feeds' and people's changes with each value before and after, undos included", async () => {
  const mira = actorOf(await createUser("manager", { firstName: "Mira", lastName: "Rossi" }));
  await importRows({ SPR1: {} });
  const { id } = await db.category.findFirstOrThrow({ where: { name: "Pens" } });
  const renamed = await changeCategory(mira, { operation: { kind: "rename", id, name: "Writing" } });
  await undoRun(renamed.runId);
  const { events, older } = await listCategoryHistory(actor("staff"), id);
  expect(events.map(({ who, run, what }) => [who, run, what])).toEqual([
    ["the system", 3, "took back"],
    ["Mira Rossi", 2, "undone"],
    ["shopify_csv", 1, "created"],
  ]);
  const name = (at: number) => events[at]?.lines.find(({ field }) => field === "name");
  expect(name(1)).toMatchObject({ before: "Pens", after: "Writing" });
  expect(name(0)).toMatchObject({ before: "Writing", after: "Pens" });
  expect(older).toBeNull();
});
