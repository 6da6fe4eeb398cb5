import fc from "fast-check";
import { expect, test } from "vitest";
import { markWords } from "./mark-words";
import { searchTerms } from "./search-terms";

function marked(text: string, typed: string) {
  return markWords(text, searchTerms(typed) ?? []).map(([from, to]) => text.slice(from, to));
}

test.each([
  ["Café au lait", "cafe", ["Café"]],
  ["Toner cartridges, black", "toner cart", ["Toner", "cart"]],
  ["Batteries AAA", "battery ", ["Batteries"]],
  ["Headset", "head set", ["Headset"]],
  ["HP 006R-90321", "006R-90321", ["006R", "90321"]],
  ["Laptop", "top", []],
])("in %s, %s stands at %j", (text, typed, words) => {
  expect(marked(text, typed)).toEqual(words);
});

test("marks lie within the text, in order, apart from each other", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, typed) => {
      let end = 0;
      for (const [from, to] of markWords(text, searchTerms(typed) ?? [])) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
