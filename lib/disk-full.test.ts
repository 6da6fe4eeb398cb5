import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { isDiskFull, isOnFullDisk } from "./disk-full";

test.each([
  [Object.assign(new Error("no space left on device, write"), { code: "ENOSPC" }), true],
  [Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }), true],
  [new Error("The batch failed", { cause: new Error("ENOSPC: no space left on device") }), true],
  [new Error("row 7 is full of surprises"), false],
  ["ENOSPC", false],
])("a full disk is told from other failures: %s", (error, expected) => {
  expect(isDiskFull(error)).toBe(expected);
});

// The kernel's own folder never has room.
test.skipIf(!existsSync("/proc/self"))("a disk without room is told from one that has some", async () => {
  expect(await isOnFullDisk("/proc")).toBe(true);
  expect(await isOnFullDisk(tmpdir())).toBe(false);
});
