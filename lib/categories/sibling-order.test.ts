import fc from "fast-check";
import { expect, test } from "vitest";
import { bySiblingOrder, joiningOrder, placeAmong, type Sibling } from "./sibling-order";

const sibling = fc.record({
  id: fc.uuid(),
  nameKey: fc.string({ maxLength: 3 }),
  sortOrder: fc.integer({ min: -3, max: 3 }),
});
const siblings = fc.uniqueArray(sibling, { minLength: 1, maxLength: 8, selector: ({ id }) => id });

const idsInOrder = (of: Sibling[]) => [...of].sort(bySiblingOrder).map(({ id }) => id);

test("a category stands where it was put, the others stay in their order, whatever their numbers were", () => {
  fc.assert(
    fc.property(siblings, fc.nat(), fc.nat(), fc.boolean(), (all, from, to, isNew) => {
      const moved = all[from % all.length] as Sibling;
      const there = isNew ? all.filter((one) => one !== moved) : all;
      const others = idsInOrder(all.filter((one) => one !== moved));
      const beforeId = others[to % (others.length + 1)] ?? null;
      const numbers = placeAmong(there, moved, beforeId);
      const after = all.map((one) => ({ ...one, sortOrder: numbers.get(one.id) ?? one.sortOrder }));
      const at = beforeId === null ? others.length : others.indexOf(beforeId);
      expect(idsInOrder(after)).toEqual([...others.slice(0, at), moved.id, ...others.slice(at)]);
      for (const [id, number] of numbers) expect(all.find((one) => one.id === id)?.sortOrder).not.toBe(number);
    }),
  );
});

test("between two numbers with room only the moved one gets another", () => {
  const of = (id: string, sortOrder: number) => ({ id, nameKey: id, sortOrder });
  const there = [of("a", 1), of("b", 1_000), of("c", 2_000)];
  expect([...placeAmong(there, of("c", 2_000), "b")]).toEqual([["c", 500]]);
  expect([...placeAmong(there, of("b", 1_000), "c")]).toEqual([]);
});

test("one that joins others is ordered by name where they are, and comes last where people ordered them", () => {
  const of = (sortOrder: number) => ({ id: String(sortOrder), nameKey: "n", sortOrder });
  expect(joiningOrder([], 7)).toBe(7);
  expect(joiningOrder([{ ...of(0), id: "x" }, of(0)], 7)).toBe(0);
  expect(joiningOrder([of(1), of(5)], 0)).toBeGreaterThan(5);
});
