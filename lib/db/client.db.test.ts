import { expect, test } from "vitest";
import { resetDatabase } from "@/lib/testing/reset";
import { db, engine, transaction } from "./client";

test("the database is the engine's own and migrated", async () => {
  expect(engine()).toBe(process.env.STOCKROOM_TEST_ENGINE);
  expect(await db.catalogueVersion.count()).toBe(2);
  await transaction((tx) => tx.configuration.create({ data: { key: "a", value: "b" } }));
  await resetDatabase();
  expect(await db.configuration.count()).toBe(0);
  expect(await db.catalogueVersion.count()).toBe(2);
});
