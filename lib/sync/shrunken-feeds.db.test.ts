import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { importRows } from "@/lib/testing/import-rows";
import { proofCount, proofTimeout, reportProof, seededRandom } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";

beforeEach(() => resetDatabase());

const SLICE = 3;

test("R15 a feed that shrank or lost too many applies nothing before a person says so", {
  timeout: proofTimeout(SLICE, 60_000),
}, async () => {
  const random = seededRandom();
  const scenarios = proofCount(SLICE);
  let held = 0;
  for (let scenario = 0; scenario < scenarios; scenario++) {
    const sourceName = `source ${scenario}`;
    const count = 10 + Math.floor(random() * 30);
    const skus = Array.from({ length: count }, (_, n) => `SPR${scenario}X${n}`);
    const before = await importRows(Object.fromEntries(skus.map((sku) => [sku, {}])), { sourceName });
    expect(before.status).toBe("success");
    const kept = skus.slice(Math.floor(random() ** 2 * count));
    const run = await importRows(Object.fromEntries(kept.map((sku) => [sku, { price: "2.10" }])), { sourceName });
    const isHeld = kept.length * 10 < count * 7 || (count - kept.length) * 10 > count;
    expect([count, kept.length, run.status]).toEqual([count, kept.length, isHeld ? "review" : "success"]);
    const products = await db.product.findMany({
      where: { sku: { in: skus } },
      select: { priceCents: true, status: true },
    });
    expect(products.filter(({ status }) => status === "active")).toHaveLength(count);
    expect(products.filter(({ priceCents }) => priceCents === 210)).toHaveLength(isHeld ? 0 : kept.length);
    if (!isHeld) continue;
    held++;
    expect(run.heldReason).toMatch(/\d.*limit is/s);
    expect(await db.sourceItem.count({ where: { missingRuns: { gt: 0 }, missingSinceRunId: run.id } })).toBe(0);
  }
  reportProof("R15", { scenarios, held, appliedUnasked: 0 });
});
