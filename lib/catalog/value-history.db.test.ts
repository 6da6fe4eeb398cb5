import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { importRows, undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { updateProduct } from "./update-product";
import { exportValueHistory, getValueHistory } from "./value-history";

beforeEach(() => resetDatabase());

test("every price and stock a product had is told with who gave it, undos included, and as a file", async () => {
  const mira = actorOf(await createUser("manager", { firstName: "Mira", lastName: "Rossi" }));
  await importRows({ SPR1: { stock: 5 } });
  const run = await importRows({ SPR1: { price: "2.10", stock: 4, title: "Other" } });
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  await undoRun(run.id);
  await updateProduct(mira, { id, changes: { priceCents: { to: 300 }, name: { to: "Mine" } }, metafields: [] });
  const { steps, now, unknown } = await getValueHistory(actor("staff"), id);
  const told = (of: string) =>
    steps.filter(({ field }) => field === of).map(({ before, after, run: n, who }) => [before, after, n, who]);
  expect(told("priceCents")).toEqual([
    [null, 199, 1, "shopify_csv"],
    [199, 210, 2, "shopify_csv"],
    [210, 199, 3, "shopify_csv"],
    [199, 300, null, "Mira Rossi"],
  ]);
  expect(told("inventoryQuantity").map(([before, after]) => [before, after])).toEqual([
    [null, 5],
    [5, 4],
    [4, 5],
  ]);
  expect({ now, unknown }).toMatchObject({ now: { priceCents: 300, inventoryQuantity: 5 }, unknown: null });
  const csv = await text((await exportValueHistory(actor("staff"), id, "csv")).body);
  expect(csv.split("\r\n")[0]).toBe("at,field,before,after,by,run");
  expect(csv).toContain("Price,1.99,3,Mira Rossi,");
});

test("an unknown product has no history", async () => {
  await expect(getValueHistory(actor("staff"), "00000000-0000-7000-8000-000000000000")).rejects.toMatchObject({
    code: "not_found",
  });
});
