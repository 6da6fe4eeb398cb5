import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance } from "./edit-distance";

test.each([
  ["toner", "toner", 0],
  ["tonre", "toner", 1],
  ["catridge", "cartridge", 1],
  ["keybord", "keyboard", 1],
  ["hedphnes", "headphones", 2],
  ["mouse", "monitor", 3],
])("from %s to %s it is %i, told up to 2", (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

test("any one edit is one away at most, whichever way it is looked at", () => {
  fc.assert(
    fc.property(word, fc.nat(8), fc.constantFrom("", "x", "yz"), (text, at, instead) => {
      const edited = text.slice(0, at) + instead + text.slice(at + instead.length);
      const most = instead.length === 2 ? 2 : 1;
      if (instead === "" && at >= text.length) return;
      expect(editDistance(text, edited, 3)).toBeLessThanOrEqual(most);
      expect(editDistance(edited, text, 3)).toBe(editDistance(text, edited, 3));
    }),
  );
});
