import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { startPostgres } from "./postgres-server";

declare module "vitest" {
  export interface ProvidedContext {
    /** The migrated database that each test file copies: a file's path, or a PostgreSQL URL. */
    templateDatabase: string;
  }
}

const TEMPLATE = "stockroom_template";

/** Once per engine: a migrated, empty database. */
export async function setup(project: TestProject) {
  return project.name === "postgresql" ? setupPostgres(project) : setupSqlite(project);
}

async function setupSqlite(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "stockroom-template-"));
  const file = join(folder, "template.db");
  await migrate(`file:${file}`);
  // Out of WAL, so that the file alone is the whole database and can be copied.
  const database = new Database(file);
  database.pragma("journal_mode = DELETE");
  database.close();
  project.provide("templateDatabase", file);
  return () => rmSync(folder, { recursive: true, force: true });
}

async function setupPostgres(project: TestProject) {
  const server = await startPostgres();
  try {
    await migrate(server.url(TEMPLATE));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("templateDatabase", server.url(TEMPLATE));
  return () => server.stop();
}
