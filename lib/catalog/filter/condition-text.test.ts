import fc from "fast-check";
import { expect, test } from "vitest";
import type { Conditions } from "./condition";
import { readConditions, writeGroup } from "./condition-text";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !text.includes("\0"));
const condition = fc.record({
  field: word,
  op: word,
  values: fc.array(fc.oneof(word, fc.constantFrom("a,b", "x;y", "p|q", "\\", "a:b")), { maxLength: 4 }),
});
const join = fc.constantFrom("all" as const, "any" as const);
const group = fc.record({ join, conditions: fc.array(condition, { minLength: 1, maxLength: 3 }) });

test("a filter survives the address, whatever is typed into it", () => {
  fc.assert(
    fc.property(join, fc.array(group, { maxLength: 4 }), (outer, groups) => {
      const written = groups.map(writeGroup);
      const back = readConditions(written, outer);
      expect(back.refused).toEqual([]);
      // One condition alone is joined by nothing.
      const expected: Conditions = {
        join: outer,
        groups: groups.map((each) => (each.conditions.length === 1 ? { ...each, join: "all" as const } : each)),
      };
      expect(back.conditions).toEqual(expected);
    }),
  );
});

test("no text breaks the reading, and what is no condition is told as it stands", () => {
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 20 }), (texts) => void readConditions(texts, "all")));
  expect(readConditions(["price", "brand:is:HP", "a:b;c:d|e:f"], "all")).toEqual({
    conditions: { join: "all", groups: [{ join: "all", conditions: [{ field: "brand", op: "is", values: ["HP"] }] }] },
    refused: ["price", "a:b;c:d|e:f"],
  });
});

test("a filter reads as it is written", () => {
  const conditions = [
    { field: "brand", op: "any", values: ["HP", "B,O"] },
    { field: "price", op: "lt", values: ["100"] },
  ];
  expect(writeGroup({ join: "any", conditions })).toBe("brand:any:HP,B\\,O|price:lt:100");
  expect(writeGroup({ join: "all", conditions: [{ field: "m.etilize.color", op: "empty", values: [] }] })).toBe(
    "m.etilize.color:empty",
  );
});
