import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Engine } from "./client";

const LOCK_FILE = "migration_lock.toml";

/** Where the migrations of an engine lie: found from here upwards, since a bundle lies elsewhere than this file. */
export function migrationsFolder(engine: Engine): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, "prisma/migrations", engine);
    if (existsSync(join(found, LOCK_FILE))) return found;
    if (folder === dirname(folder)) throw new Error(`prisma/migrations/${engine} is missing from the installation`);
  }
}

/** A folder of Prisma's layout: `<timestamp>_<name>/migration.sql` beside `migration_lock.toml`. */
export function readMigrations(folder: string): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: LOCK_FILE, content: readFileSync(join(folder, LOCK_FILE), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames(folder).map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, path, "migration.sql"), "utf8") },
      },
    })),
  };
}

/** Oldest first. */
export function migrationNames(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
