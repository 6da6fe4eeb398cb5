import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { AppError } from "@/lib/errors";
import type { Engine } from "./client";
import { migrationAdapter } from "./migration-adapters";
import { migrationNames, migrationsFolder, readMigrations } from "./migrations-folder";
import { applyMigrations, markRolledBack } from "./schema-engine";

export interface MigrationStatus {
  /** In the order they were applied. */
  applied: string[];
  /** In this version's folder, not yet in the database. */
  pending: string[];
  /** In the database, not in this version's folder: a newer version was here. */
  unknown: string[];
  /** Begun and not finished. */
  unfinished: string[];
}

/**
 * Brings the database to this version's schema, making it first where it lacks. A migration that was cut off left
 * nothing behind, each being one transaction, and is applied anew.
 * @throws {AppError} `unavailable` when the database is newer than this version or a migration fails.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder(engineOf(databaseUrl))) {
  await createDatabase(databaseUrl);
  const status = await migrationStatus(databaseUrl, folder);
  refuseNewer(status);
  for (const name of status.unfinished) await markRolledBack(databaseUrl, name);
  // The usual start: nothing to do, and no engine to load for it.
  if (status.pending.length === 0) return { applied: [] };
  try {
    return { applied: await applyMigrations(databaseUrl, readMigrations(folder)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("unavailable", `A database migration failed; nothing of it was kept. ${reason}`, {
      cause: error,
    });
  }
}

/**
 * The check at every start of web and worker.
 * @throws {AppError} `unavailable` when the database is newer or older than this version, or a migration did not finish.
 */
export async function assertMigrated(databaseUrl: string, folder = migrationsFolder(engineOf(databaseUrl))) {
  const status = await migrationStatus(databaseUrl, folder);
  refuseNewer(status);
  const [unfinished] = status.unfinished;
  if (unfinished) {
    throw new AppError("unavailable", `The migration ${unfinished} did not finish. Run "stockroom migrate".`);
  }
  if (status.pending.length > 0) {
    throw new AppError("unavailable", `The database lacks ${status.pending.join(", ")}. Run "stockroom migrate".`);
  }
}

/** What Prisma's own table says of the migrations, beside the folder. */
export async function migrationStatus(
  databaseUrl: string,
  folder = migrationsFolder(engineOf(databaseUrl)),
): Promise<MigrationStatus> {
  const known = migrationNames(folder);
  const rows = await recordedMigrations(databaseUrl);
  const applied = rows.filter((row) => row.isFinished).map((row) => row.name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
    unfinished: rows.filter((row) => !row.isFinished).map((row) => row.name),
  };
}

function engineOf(databaseUrl: string): Engine {
  return databaseUrl.startsWith("file:") ? "sqlite" : "postgresql";
}

function refuseNewer({ unknown }: MigrationStatus) {
  if (unknown.length === 0) return;
  throw new AppError(
    "unavailable",
    `The database is newer than this version of Stockroom (it has ${unknown.join(", ")}). Start the newer version, or restore a backup of this one.`,
  );
}

/** Migrations that were rolled back count for nothing. */
async function recordedMigrations(databaseUrl: string): Promise<{ name: string; isFinished: boolean }[]> {
  const tables =
    engineOf(databaseUrl) === "sqlite"
      ? "SELECT count(*) FROM sqlite_master WHERE name = '_prisma_migrations'"
      : "SELECT count(*) FROM pg_class WHERE oid = to_regclass('_prisma_migrations')";
  const adapter = await migrationAdapter(databaseUrl).connect();
  try {
    const table = await adapter.queryRaw({ sql: tables, args: [], argTypes: [] });
    if (Number(table.rows[0]?.[0]) === 0) return [];
    const { rows } = await adapter.queryRaw({
      sql: `SELECT migration_name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
            FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
      args: [],
      argTypes: [],
    });
    return rows.map(([name, isFinished]) => ({ name: String(name), isFinished: Number(isFinished) === 1 }));
  } finally {
    await adapter.dispose();
  }
}

/** SQLite makes its file, but not the folder; on PostgreSQL the database is made where the user may. */
async function createDatabase(databaseUrl: string) {
  if (engineOf(databaseUrl) === "sqlite") {
    const path = databaseUrl.startsWith("file://") ? fileURLToPath(databaseUrl) : databaseUrl.slice("file:".length);
    mkdirSync(dirname(path), { recursive: true });
    return;
  }
  const own = new pg.Client({ connectionString: databaseUrl });
  try {
    await own.connect();
    return;
  } catch (error) {
    if (!hasCode(error, "3D000" /* invalid_catalog_name: no such database */)) throw unreachable(databaseUrl, error);
  } finally {
    await own.end();
  }
  const server = new URL(databaseUrl);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8'`);
  } catch (error) {
    if (hasCode(error, "42P04" /* duplicate_database: another process was quicker */)) return;
    throw new AppError("unavailable", `The database "${name}" does not exist and could not be created.`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

function unreachable(databaseUrl: string, cause: unknown) {
  const { host } = new URL(databaseUrl);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError("unavailable", `PostgreSQL at ${host} can't be reached: ${reason}.`, { cause });
}

function hasCode(error: unknown, code: string) {
  return error instanceof Error && "code" in error && error.code === code;
}
