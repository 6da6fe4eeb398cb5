import { expect, test } from "vitest";
import { isNewEnough } from "./node-version.mjs";

test.each([
  ["18.20.4", false],
  ["20.18.1", false],
  ["20.19.0", true],
  ["22.0.0", true],
])("Node %s: new enough is %s", (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
