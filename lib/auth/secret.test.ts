import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingsError } from "@/lib/env";
import { folderSecret } from "./secret";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockroom-secret-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the first use makes a secret that only its owner reads, later uses find it", () => {
  const secret = folderSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(64);
  expect(folderSecret(folder)).toBe(secret);
  expect(readFileSync(join(folder, "auth-secret"), "utf8")).toBe(secret);
  expect(statSync(join(folder, "auth-secret")).mode & 0o777).toBe(0o600);
});

test("a secret that others could read is closed to them", () => {
  folderSecret(folder);
  chmodSync(join(folder, "auth-secret"), 0o644);
  folderSecret(folder);
  expect(statSync(join(folder, "auth-secret")).mode & 0o777).toBe(0o600);
});

test.each(["", "short"])("R63 a secret cut to %j stops the sign-in instead of being used", (content) => {
  writeFileSync(join(folder, "auth-secret"), content);
  expect(() => folderSecret(folder)).toThrow(SettingsError);
});

test("R63 a folder that can't hold a secret is an error, not a start without one", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => folderSecret(join(folder, "file"))).toThrow("Set AUTH_SECRET, or mend the file.");
});
