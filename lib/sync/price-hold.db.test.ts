import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { importRows } from "@/lib/testing/import-rows";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";

beforeEach(() => resetDatabase());

/** Changes of price in the tests. */
const SLICE = 100;
const PRODUCTS = 50;
/** The usual factor beyond which a price waits. */
const FACTOR = 3;

const money = (cents: number) => (cents / 100).toFixed(2);

/** A new price beside the old one: at the limit, one cent beyond it, or anywhere. */
function newPrice(before: number, mayJump: boolean): fc.Arbitrary<number> {
  const within = fc.integer({ min: Math.ceil(before / FACTOR), max: before * FACTOR });
  const atLimit = fc.constantFrom(before * FACTOR, Math.ceil(before / FACTOR));
  const beyond = fc.oneof(
    fc.constant(before * FACTOR + 1),
    fc.integer({ min: before * FACTOR + 1, max: before * 100 }),
    fc.integer({ min: 1, max: Math.max(1, Math.ceil(before / FACTOR) - 1) }),
  );
  const usual = fc.oneof(within, atLimit);
  return mayJump ? fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: beyond }) : usual;
}

const isBeyond = (before: number, after: number) => Math.max(before, after) > Math.min(before, after) * FACTOR;

test("R16 of random diffs of prices no run with one beyond the factor writes any, and no other is held", {
  timeout: proofTimeout(SLICE, 60_000),
}, async () => {
  const skus = Array.from({ length: PRODUCTS }, (_, n) => `SPR${1_000 + n}`);
  const pricesNow = async () =>
    new Map(
      (await db.product.findMany({ select: { sku: true, priceCents: true } })).map((one) => [
        one.sku,
        one.priceCents ?? 0,
      ]),
    );
  const feed = (prices: number[]) =>
    importRows(Object.fromEntries(skus.map((sku, at) => [sku, { price: money(prices[at] ?? 0) }])));
  const first = fc.sample(fc.integer({ min: 100, max: 50_000 }), { numRuns: PRODUCTS, seed: proofSeed() });
  await feed(first);
  const found = { diffs: 0, held: 0, applied: 0 };
  for (let round = 0; found.diffs < proofCount(SLICE); round++) {
    const before = await pricesNow();
    const old = skus.map((sku) => before.get(sku) ?? 0);
    const [wanted = []] = fc.sample(fc.tuple(...old.map((price) => newPrice(price, round % 2 === 0))), {
      numRuns: 1,
      seed: proofSeed() + round,
    });
    const run = await feed(wanted);
    const after = await pricesNow();
    const jumps = wanted.filter((price, at) => isBeyond(old[at] ?? 0, price)).length;
    found.diffs += PRODUCTS;
    found[jumps > 0 ? "held" : "applied"]++;
    expect([jumps > 0, run.status]).toEqual([jumps > 0, jumps > 0 ? "review" : "success"]);
    expect(skus.map((sku) => after.get(sku))).toEqual(jumps > 0 ? old : wanted);
  }
  reportProof("R16", { diffs: found.diffs, runsHeld: found.held, runsApplied: found.applied, leaked: 0 });
});
