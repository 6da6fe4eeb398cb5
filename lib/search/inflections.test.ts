import { expect, test } from "vitest";
import { otherNumber } from "./inflections";

test.each([
  ["battery", "batteries"],
  ["batteries", "battery"],
  ["case", "cases"],
  ["cases", "case"],
  ["box", "boxes"],
  ["boxes", "box"],
  ["glass", "glasses"],
  ["glasses", "glass"],
  ["laptop", "laptops"],
  ["tray", "trays"],
  ["brushes", "brush"],
])("%s is also written %s", (word, other) => {
  expect(otherNumber(word)).toBe(other);
});

test.each(["a4", "aa", "210", "gas", "öl"])("%s has no other number", (word) => {
  expect(otherNumber(word)).toBeNull();
});
