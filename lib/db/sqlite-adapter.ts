import { setTimeout as sleep } from "node:timers/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import {
  DriverAdapterError,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import type Database from "better-sqlite3";

/** How long a writer waits for its turn before it gives up, in milliseconds. */
export const WRITE_WAIT_MS = 30_000;
/** SQLite blocks the whole process while it waits for a lock: reads wait this long, writers wait outside of it, in milliseconds. */
const BUSY_TIMEOUT_MS = 20;
/**
 * Pages of 4 KiB that the write-ahead log gathers before a commit carries them into the database file, which takes that
 * process some tenths of a second: the worker does it at 256 MB, so that the others, where somebody waits, never reach
 * their own limit while one runs. A million products change the same pages of their indexes again and again: what the
 * log gathers is carried over once.
 */
const WAL_PAGES = 98_304;
const WORKER_WAL_PAGES = 65_536;
/** The log's file shrinks to this once its pages are carried over, in bytes. */
const WAL_FILE_BYTES = 64 * 2 ** 20;
/** SQLite's extended result code for RAISE in a trigger. */
const SQLITE_CONSTRAINT_TRIGGER = 1811;

/** Now as this adapter writes times, milliseconds since 1970: what CURRENT_TIMESTAMP gives is text and sorts elsewhere. */
export const SQLITE_NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/** SQLite's adapter with the settings that two processes on one file need. */
export class StockroomSqlite extends PrismaBetterSqlite3 {
  /** The open connection; null until Prisma connects. */
  connection: Database.Database | null = null;
  readonly #readOnly: boolean;

  constructor(url: string, options: { readOnly: boolean; busyTimeoutMs?: number }) {
    super({ url, timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS }, { timestampFormat: "unixepoch-ms" });
    this.#readOnly = options.readOnly;
  }

  override async connect() {
    const adapter = await super.connect();
    const client = sqliteConnection(adapter);
    this.connection = client;
    if (!this.#readOnly) {
      // Of a new file alone: space that retention frees can then leave it in small steps. Costs inserts some 2 %.
      // On a file that stands the pragma would write, and a connection opened while another process writes would fail.
      const isNew = client.prepare("SELECT 1 FROM sqlite_master").get() === undefined;
      if (isNew) client.pragma("auto_vacuum = INCREMENTAL");
      client.pragma("journal_mode = WAL");
    }
    client.pragma("synchronous = FULL");
    client.pragma("foreign_keys = ON");
    // The system caches the file as well: twice as much here made a million products no quicker.
    client.pragma("cache_size = -32768");
    client.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
    client.pragma(`journal_size_limit = ${WAL_FILE_BYTES}`);
    client.pragma("temp_store = MEMORY");
    if (this.#readOnly) client.pragma("query_only = ON");
    tellTriggerRefusals(adapter);
    const turns = new Turns();
    adapter.startTransaction = () => startTransaction(adapter, client, turns);
    return adapter;
  }
}

/** Makes this connection the one that carries the log into the file. */
export function tendLog(connection: Database.Database) {
  connection.pragma(`wal_autocheckpoint = ${WORKER_WAL_PAGES}`);
}

/** A worker goes through tables from front to back and has 512 MB for everything: what it read last is enough. */
export function readSparingly(connection: Database.Database) {
  connection.pragma("cache_size = -16384");
}

/** The adapter takes a trigger's RAISE for a broken foreign key; the trigger's own words say why it refused. */
function tellTriggerRefusals(adapter: SqlDriverAdapter) {
  const tell = (error: unknown): never => {
    if (isDriverAdapterError(error) && error.cause.originalCode === "SQLITE_CONSTRAINT_TRIGGER") {
      const message = error.cause.originalMessage ?? "refused by a trigger";
      throw new DriverAdapterError({ kind: "sqlite", extendedCode: SQLITE_CONSTRAINT_TRIGGER, message });
    }
    throw error;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.queryRaw = (query) => queryRaw(query).catch(tell);
  adapter.executeRaw = (query) => executeRaw(query).catch(tell);
}

/**
 * Takes the write lock at once: every transaction here writes, and waiting is harmless only before anything was read.
 * Replaces the adapter's own, which never again lets anybody in when BEGIN or COMMIT fails.
 */
async function startTransaction(adapter: SqlDriverAdapter, client: Database.Database, turns: Turns) {
  const endTurn = await turns.take();
  try {
    await begin(client);
  } catch (error) {
    endTurn();
    throw error;
  }
  const run = (sql: string) => adapter.executeRaw({ sql, args: [], argTypes: [] });
  const end = async () => {
    // Whatever kept COMMIT or ROLLBACK from its work (a full disk, say) must not reach the next transaction.
    if (client.inTransaction) client.exec("ROLLBACK");
    endTurn();
  };
  const transaction: Transaction = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => adapter.queryRaw(query),
    async executeRaw(query) {
      if (query.sql !== "COMMIT") return adapter.executeRaw(query);
      try {
        return await adapter.executeRaw(query);
      } catch (error) {
        await end();
        throw error;
      }
    },
    commit: end,
    rollback: end,
    createSavepoint: async (name) => void (await run(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: async (name) => void (await run(`ROLLBACK TO ${name}`)),
    releaseSavepoint: async (name) => void (await run(`RELEASE SAVEPOINT ${name}`)),
  };
  return transaction;
}

/** Waits for the file's write lock without blocking the process. */
async function begin(client: Database.Database) {
  const deadline = Date.now() + WRITE_WAIT_MS;
  client.pragma("busy_timeout = 0");
  try {
    for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
      try {
        client.exec("BEGIN IMMEDIATE");
        return;
      } catch (error) {
        // Another process is writing; anything else is no matter of waiting.
        if (!isBusy(error) || Date.now() > deadline) throw error;
        await sleep(pause * (1 + Math.random()));
      }
    }
  } finally {
    client.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

/** Another process, or another connection of this one, is writing. */
export function isBusy(error: unknown) {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}

/** One at a time, in the order of asking. */
class Turns {
  #last = Promise.resolve();

  /** Resolves when it is the caller's turn, with what ends it; ending twice does no harm. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }
}

/** The better-sqlite3 connection within Prisma's adapter, which offers no other way to set pragmas. */
export function sqliteConnection(adapter: object): Database.Database {
  return Reflect.get(adapter, "client") as Database.Database;
}
