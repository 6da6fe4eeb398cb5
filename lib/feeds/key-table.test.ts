import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyTable, NumberList } from "./key-table";

test("numbers any texts as a Map would", () => {
  const key = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("", "\0", "ÿ", "\ud800"),
  );
  fc.assert(
    fc.property(fc.array(key), fc.array(key), (keys, others) => {
      const table = new KeyTable();
      const numbers = new Map<string, number>();
      for (const one of keys) {
        const known = numbers.get(one);
        expect(table.put(one)).toBe(known ?? numbers.size);
        if (known === undefined) numbers.set(one, numbers.size);
      }
      expect(table.size).toBe(numbers.size);
      for (const [one, number] of numbers) expect(table.keyOf(number)).toBe(one);
      for (const one of [...keys, ...others]) expect(table.numberOf(one)).toBe(numbers.get(one));
    }),
  );
});

test("keeps 300,000 keys apart, over more than one piece of memory", () => {
  const table = new KeyTable();
  for (let n = 0; n < 300_000; n++) table.put(`SUN${1_000_000 + n}`);
  expect(table.size).toBe(300_000);
  const places = Array.from({ length: 300_000 }, (_, n) => table.numberOf(`SUN${1_000_000 + n}`) === n);
  expect(places.every(Boolean)).toBe(true);
  expect(table.numberOf("SUN999999")).toBeUndefined();
});

test("long texts are told apart to their last character", () => {
  const table = new KeyTable();
  const long = "x".repeat(100_000);
  expect([table.put(`${long}1`), table.put(`${long}2`), table.put(`${long}1`)]).toEqual([0, 1, 0]);
  expect(table.keyOf(1)).toBe(`${long}2`);
});

test("a list of numbers grows and can be changed", () => {
  const list = new NumberList(Uint16Array);
  for (let n = 0; n < 5_000; n++) list.push(n);
  list.set(4_999, 7);
  expect([list.length, list.at(0), list.at(1_024), list.at(4_998), list.at(4_999)]).toEqual([
    5_000, 0, 1_024, 4_998, 7,
  ]);
});
