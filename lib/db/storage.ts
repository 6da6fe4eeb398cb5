import "server-only";
import { statSync } from "node:fs";
import { env } from "@/lib/env";
import { db, engine, sqliteOf, transaction } from "./client";
import { queryRows } from "./raw";

/** Pages given back in one write transaction: some milliseconds, so that nobody waits for them. */
const PAGES_PER_STEP = 500;

export interface Storage {
  /** Of the database: on SQLite its file and the log beside it. */
  bytes: number;
  /** Within it, used by nothing: new rows go there first. PostgreSQL does not tell. */
  freeBytes: number | null;
  /** How free space leaves the file. `none`: an older SQLite file, that only a whole rewrite makes smaller. */
  givesBack: "steps" | "vacuum" | "none";
}

export async function measureStorage(): Promise<Storage> {
  if (engine() === "postgresql") {
    const [row] = await queryRows<{ bytes: number }>(db, `SELECT pg_database_size(current_database()) AS "bytes"`);
    return { bytes: row?.bytes ?? 0, freeBytes: null, givesBack: "vacuum" };
  }
  const [pageSize, pages, free, mode] = await Promise.all(
    ["page_size", "page_count", "freelist_count", "auto_vacuum"].map(pragma),
  );
  const path = env().databaseUrl.slice("file:".length);
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return {
    bytes: (pageSize ?? 0) * (pages ?? 0) + log,
    freeBytes: (pageSize ?? 0) * (free ?? 0),
    givesBack: mode === 2 ? "steps" : "none",
  };
}

/**
 * Gives free space back to the disk: on SQLite in steps of 2 MB, each a transaction of its own, where the file was made
 * for it; on PostgreSQL by VACUUM, which locks nobody out. `between` is awaited before each step.
 */
export async function giveSpaceBack(tables: readonly string[], between: (left: number) => Promise<void>) {
  if (engine() === "postgresql") {
    for (const [at, table] of tables.entries()) {
      await between(tables.length - at);
      await db.$executeRawUnsafe(`VACUUM (ANALYZE) "${table}"`);
    }
    return;
  }
  if ((await pragma("auto_vacuum")) !== 2) return;
  for (let left = await pragma("freelist_count"); left > 0; ) {
    await between(left);
    await transaction(async (tx) => {
      const connection = await sqliteOf(tx);
      // A prepared statement would free one page a call.
      connection?.exec(`PRAGMA incremental_vacuum(${PAGES_PER_STEP})`);
    });
    const now = await pragma("freelist_count");
    // Somebody else's deletes may fill the list again; without progress there is nothing to wait for.
    if (now >= left) return;
    left = now;
  }
}

async function pragma(name: string): Promise<number> {
  const [row] = await queryRows<Record<string, number>>(db, `PRAGMA ${name}`);
  return Number(Object.values(row ?? {})[0] ?? 0);
}
