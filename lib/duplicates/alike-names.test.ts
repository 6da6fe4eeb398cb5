import { expect, test } from "vitest";
import { areAlike } from "./alike-names";

test.each([
  ["blue capped gel pen, 0.7 mm", "gel pen 0.7 mm capped - blue", true],
  ["fountain pen, medium, silver", "fountain pen, fine, silver", false],
  ["gel pen, blue", "gel pen, blue, dozen", false],
  ["gel pen 0.4 mm", "gel pen 0.8 mm", false],
  ["", "", false],
])("%s and %s: %s", (a, b, isAlike) => {
  expect(areAlike(a, b)).toBe(isAlike);
});
