import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type Database from "better-sqlite3";

/** SQLite blocks the whole process while it waits for a lock, so it waits this long and `transaction` waits the rest, in milliseconds. */
const BUSY_TIMEOUT_MS = 20;

/** Now as this adapter writes times, milliseconds since 1970: what CURRENT_TIMESTAMP gives is text and sorts elsewhere. */
export const SQLITE_NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/** SQLite's adapter with the settings that two processes on one file need. */
export class StockroomSqlite extends PrismaBetterSqlite3 {
  readonly #readOnly: boolean;

  constructor(url: string, options: { readOnly: boolean; busyTimeoutMs?: number }) {
    super({ url, timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS }, { timestampFormat: "unixepoch-ms" });
    this.#readOnly = options.readOnly;
  }

  override async connect() {
    const adapter = await super.connect();
    const client = sqliteConnection(adapter);
    // Every transaction writes: taking the lock at once makes waiting possible before anything has been read.
    const prepare = client.prepare.bind(client);
    client.prepare = ((sql: string) => prepare(sql === "BEGIN" ? "BEGIN IMMEDIATE" : sql)) as typeof client.prepare;
    if (!this.#readOnly) client.pragma("journal_mode = WAL");
    client.pragma("synchronous = FULL");
    client.pragma("foreign_keys = ON");
    client.pragma("cache_size = -65536");
    client.pragma("mmap_size = 268435456");
    client.pragma("temp_store = MEMORY");
    if (this.#readOnly) client.pragma("query_only = ON");
    return adapter;
  }
}

/** The better-sqlite3 connection within Prisma's adapter, which offers no other way to set pragmas. */
export function sqliteConnection(adapter: object): Database.Database {
  return Reflect.get(adapter, "client") as Database.Database;
}
