import { expect, test } from "vitest";
import { isDiskFull } from "./disk-full";

test.each([
  [Object.assign(new Error("no space left on device, write"), { code: "ENOSPC" }), true],
  [Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }), true],
  [new Error("The batch failed", { cause: new Error("ENOSPC: no space left on device") }), true],
  [new Error("row 7 is full of surprises"), false],
  ["ENOSPC", false],
])("a full disk is told from other failures: %s", (error, expected) => {
  expect(isDiskFull(error)).toBe(expected);
});
