import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";

const MODULES = join(import.meta.dirname, "../node_modules");

function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest))
    throw new Error(`${name}: no version`);
  return String(manifest.version);
}

function isAtLeast(version: string, floor: string) {
  const parts = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [have, need] = [parts(version), parts(floor)];
  for (const index of [0, 1, 2]) {
    const difference = (have[index] ?? 0) - (need[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Every place in the tree where a package is installed, whoever brought it. */
function copiesOf(name: string, modules = MODULES): string[] {
  const packages = readdirSync(modules).flatMap((entry) =>
    entry.startsWith("@") ? readdirSync(join(modules, entry)).map((inner) => join(entry, inner)) : [entry],
  );
  const found = packages.filter((path) => path === name).map((path) => join(modules, path));
  const nested = packages.map((path) => join(modules, path, "node_modules")).filter((path) => existsSync(path));
  return [...found, ...nested.flatMap((path) => copiesOf(name, path))];
}

// The lowest versions without a published hole that reaches us.
test.each([
  ["next", "16.4.6"],
  ["react", "19.2.1"],
  ["next-auth", "4.24.15"],
])("%s is at least %s", (name, floor) => {
  expect(isAtLeast(versionOf(name), floor), versionOf(name)).toBe(true);
});

test("next-auth is the fourth major: the fifth's betas fail open", () => {
  expect(versionOf("next-auth")).toMatch(/^4\./);
});

test("every copy of sharp is at least 0.35.5", () => {
  for (const path of copiesOf("sharp")) {
    expect(isAtLeast(versionOf(path.slice(MODULES.length + 1)), "0.35.5"), path).toBe(true);
  }
});

test("there is one SQLite library, without the WAL-reset bug that corrupts a file used by two processes", () => {
  expect(copiesOf("better-sqlite3")).toHaveLength(1);
  const database = new Database(":memory:");
  const version = database.prepare("SELECT sqlite_version()").pluck().get();
  database.close();
  expect(isAtLeast(String(version), "3.51.3"), String(version)).toBe(true);
});
