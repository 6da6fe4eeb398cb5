import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, inject } from "vitest";

/** Each test file has a copy of the migrated database and a data folder of its own, set before anything is imported. */
const template = inject("templateDatabase");
const dataFolder = mkdtempSync(join(tmpdir(), "stockroom-test-"));
const isPostgres = template.startsWith("postgresql://");
const databaseName = `test_${process.pid}_${Date.now()}`;

process.env.STOCKROOM_DATA = dataFolder;
process.env.DATABASE_URL = isPostgres ? databaseUrl(databaseName) : `file:${join(dataFolder, "stockroom.db")}`;
if (isPostgres) {
  await onServer(`CREATE DATABASE "${databaseName}" TEMPLATE "${new URL(template).pathname.slice(1)}"`);
} else {
  copyFileSync(template, join(dataFolder, "stockroom.db"));
}

afterAll(async () => {
  const { disconnect } = await import("@/lib/db/client");
  await disconnect();
  if (isPostgres) await onServer(`DROP DATABASE "${databaseName}" WITH (FORCE)`);
  rmSync(dataFolder, { recursive: true, force: true });
});

function databaseUrl(name: string) {
  const url = new URL(template);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(sql: string) {
  const client = new pg.Client({ connectionString: databaseUrl("postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
