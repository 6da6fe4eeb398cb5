import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { dirname } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { env, setSqliteTempFolder } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { PrismaClient as PostgresClient } from "@/prisma/generated/postgresql/client";
import { type Prisma, PrismaClient } from "@/prisma/generated/sqlite/client";
import { ReaderThreads } from "./reader-threads";
import { readSparingly, StockroomSqlite, tendLog, WRITE_WAIT_MS } from "./sqlite-adapter";

export type Engine = "sqlite" | "postgresql";
export type Db = PrismaClient;
/** Inside a transaction. */
export type Tx = Prisma.TransactionClient;
/** What a read can run on: the shared client or a transaction. */
export type Reader = Db | Tx;

/** The longest that one transaction may take, in milliseconds: a batch takes seconds, so beyond it something hangs. */
const TRANSACTION_TIMEOUT_MS = 300_000;

interface Connections {
  url: string;
  engine: Engine;
  reader: PrismaClient;
  writer: PrismaClient;
  /** SQLite's adapters behind the two; null on PostgreSQL. */
  sqlite: { reader: StockroomSqlite; writer: StockroomSqlite } | null;
}

// Next loads a module once per bundle; the connections are one per process.
const holder = globalThis as typeof globalThis & { stockroomDb?: Connections; stockroomReaders?: ReaderThreads };

function connections(): Connections {
  holder.stockroomDb ??= connect(env().databaseUrl);
  return holder.stockroomDb;
}

export function engine(): Engine {
  return connections().engine;
}

/** The client for reads. Writes go through `transaction`: on SQLite this connection refuses them. */
export const db: Db = new Proxy({} as Db, {
  get: (_, property) => Reflect.get(connections().reader, property),
});

const guards = new AsyncLocalStorage<(tx: Tx) => Promise<void>>();

/**
 * Runs `work`; every `transaction` begun within it runs `guard` first and writes nothing when that throws.
 * So a job whose lease went to another worker can't write, wherever in `lib` its next write stands.
 */
export function withGuard<T>(guard: (tx: Tx) => Promise<void>, work: () => Promise<T>): Promise<T> {
  return guards.run(guard, work);
}

/**
 * Runs `work` in one write transaction, waiting for its turn without blocking the process.
 * On SQLite one writer at a time holds the lock from the start (BEGIN IMMEDIATE), so nothing read inside can be stale.
 * Inside `work` use only `tx`: a second `transaction` would wait for this one.
 * @throws {AppError} `unavailable` when the turn did not come within 30 seconds.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let hasBegun = false;
  const guard = guards.getStore();
  const begun = async (tx: Tx) => {
    hasBegun = true;
    await guard?.(tx);
    return work(tx);
  };
  try {
    return await connections().writer.$transaction(begun, { maxWait: WRITE_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS });
  } catch (error) {
    if (hasBegun || !isBusy(error)) throw error;
    throw new AppError("unavailable", "The database is busy. Nothing was saved; try again in a minute.", {
      cause: error,
    });
  }
}

/** SQLite's own connection that a client or transaction runs on; null on PostgreSQL. */
export async function sqliteOf(on: Reader) {
  const { sqlite, reader } = connections();
  if (!sqlite) return null;
  const isShared = on === db || on === reader;
  if (isShared && !sqlite.reader.connection) await reader.$connect();
  return (isShared ? sqlite.reader : sqlite.writer).connection;
}

/** SQLite's threads for long reads. @throws {Error} on PostgreSQL, which reads beside this process anyway */
export function readerThreads(): ReaderThreads {
  const { sqlite, url } = connections();
  if (!sqlite) throw new Error("PostgreSQL has no reading threads.");
  holder.stockroomReaders ??= new ReaderThreads(sqliteFile(url));
  return holder.stockroomReaders;
}

/** Lets this process carry SQLite's write-ahead log into the file: the worker's part, nobody waits for it. */
export async function tendWriteAheadLog() {
  const { sqlite, reader, writer } = connections();
  if (!sqlite) return;
  if (!sqlite.reader.connection) await reader.$connect();
  if (!sqlite.writer.connection) await writer.$connect();
  if (sqlite.writer.connection) tendLog(sqlite.writer.connection);
  if (sqlite.reader.connection) readSparingly(sqlite.reader.connection);
}

/** Closes the connections; the next use opens them anew. */
export async function disconnect() {
  const open = holder.stockroomDb;
  holder.stockroomDb = undefined;
  const threads = holder.stockroomReaders;
  holder.stockroomReaders = undefined;
  await threads?.close();
  if (!open) return;
  await open.reader.$disconnect();
  if (open.writer !== open.reader) await open.writer.$disconnect();
}

function connect(url: string): Connections {
  return url.startsWith("file:") ? connectSqlite(url) : connectPostgres(url);
}

function connectSqlite(url: string): Connections {
  // On the database's own disk, whose room can be looked at beforehand.
  setSqliteTempFolder(dirname(sqliteFile(url)));
  const sqlite = {
    reader: new StockroomSqlite(url, { readOnly: true }),
    writer: new StockroomSqlite(url, { readOnly: false }),
  };
  const reader = new PrismaClient({ adapter: sqlite.reader });
  const writer = new PrismaClient({ adapter: sqlite.writer });
  return { url, engine: "sqlite", reader, writer, sqlite };
}

function sqliteFile(url: string) {
  return url.slice("file:".length);
}

function connectPostgres(url: string): Connections {
  const settings = env();
  const adapter = new PrismaPg({
    connectionString: url,
    max: settings.DATABASE_POOL_SIZE + settings.DATABASE_POOL_OVERFLOW,
    maxLifetimeSeconds: settings.DATABASE_POOL_RECYCLE_SECONDS,
    keepAlive: true,
    // Times without a zone are UTC, also those that the server itself fills in.
    options: "-c TimeZone=UTC",
  });
  // Both clients are generated from one schema that differs in the provider alone; TypeScript can't know that.
  const client = new PostgresClient({ adapter }) as unknown as PrismaClient;
  return { url, engine: "postgresql", reader: client, writer: client, sqlite: null };
}

/** No turn or no connection in time, in the words of Prisma (P2028) or SQLite. */
function isBusy(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (/P2028|SQLITE_BUSY|database is locked|Unable to start a transaction/.test(`${codeOf(at)} ${at.message}`))
      return true;
  }
  return false;
}

function codeOf(error: Error) {
  return "code" in error ? String(error.code) : "";
}
