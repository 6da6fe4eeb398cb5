import fc from "fast-check";
import { expect, test } from "vitest";
import { type Evidence, scoreOf } from "./evidence";
import { groupProducts, pairs } from "./group-products";

const never = () => false;
const same = (...productIds: string[]): Evidence => ({ kind: "name", value: productIds.join(), productIds });

test("products that evidence links stand in one group, over others too, and every group says why", () => {
  const groups = groupProducts([same("a", "b"), same("b", "c"), same("x", "y")], never);
  expect(groups.map(({ productIds }) => productIds)).toEqual([
    ["a", "b", "c"],
    ["x", "y"],
  ]);
  expect(groups[0]?.evidence).toHaveLength(2);
});

test("two that a person said are different come back only with a third", () => {
  const isDismissed = (a: string, b: string) => a === "a" && b === "b";
  expect(groupProducts([same("a", "b")], isDismissed)).toEqual([]);
  const groups = groupProducts([same("a", "b"), same("a", "c"), same("b", "c")], isDismissed);
  expect(groups.map(({ productIds }) => productIds)).toEqual([["a", "b", "c"]]);
});

test("a long chain falls apart into what each piece of evidence says", () => {
  const ids = Array.from({ length: 40 }, (_, n) => `p${String(n).padStart(2, "0")}`);
  const chain = ids.slice(1).map((id, at) => same(ids[at] ?? "", id));
  expect(groupProducts(chain, never)).toHaveLength(39);
});

test("no product is in two groups unless a chain fell apart, and all in a group are told of by its evidence", () => {
  const id = fc.integer({ min: 0, max: 15 }).map((n) => `p${n}`);
  const found = fc.array(
    fc.uniqueArray(id, { minLength: 2, maxLength: 4 }).map((ids) => same(...ids)),
    { maxLength: 12 },
  );
  const dismissed = fc.array(fc.tuple(id, id), { maxLength: 6 });
  fc.assert(
    fc.property(found, dismissed, (evidence, not) => {
      const no = new Set(not.map(([a, b]) => [a, b].sort().join()));
      const groups = groupProducts(evidence, (a, b) => no.has(`${a},${b}`));
      const all = groups.flatMap(({ productIds }) => productIds);
      expect(new Set(all).size).toBe(all.length);
      for (const group of groups) {
        expect([...new Set(group.evidence.flatMap(({ productIds }) => productIds))].sort()).toEqual(group.productIds);
        expect(pairs(group.productIds).some(([a, b]) => !no.has(`${a},${b}`))).toBe(true);
      }
    }),
  );
});

test("more kinds of evidence are surer, the same kind twice is not", () => {
  expect(scoreOf([{ kind: "gtin" }])).toBe(0.9);
  expect(scoreOf([{ kind: "name" }, { kind: "name" }])).toBe(0.7);
  expect(scoreOf([{ kind: "gtin" }, { kind: "name" }])).toBe(0.97);
  expect(scoreOf([{ kind: "code" }, { kind: "name" }, { kind: "differ" }])).toBe(0.382);
});
