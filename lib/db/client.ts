import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { PrismaClient as PostgresClient } from "@/prisma/generated/postgresql/client";
import { type Prisma, PrismaClient } from "@/prisma/generated/sqlite/client";
import { StockroomSqlite } from "./sqlite-adapter";

export type Engine = "sqlite" | "postgresql";
export type Db = PrismaClient;
/** Inside a transaction. */
export type Tx = Prisma.TransactionClient;
/** What a read can run on: the shared client or a transaction. */
export type Reader = Db | Tx;

/** How long a writer waits for its turn before it gives up, in milliseconds. */
const WRITE_WAIT_MS = 30_000;

interface Connections {
  url: string;
  engine: Engine;
  reader: PrismaClient;
  writer: PrismaClient;
}

// Next loads a module once per bundle; the connections are one per process.
const holder = globalThis as typeof globalThis & { stockroomDb?: Connections };

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

/**
 * Runs `work` in one write transaction, waiting for its turn without blocking the process.
 * On SQLite one writer at a time holds the lock from the start (BEGIN IMMEDIATE), so nothing read inside can be stale.
 * @throws {AppError} `unavailable` when the turn did not come within 30 seconds.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const { writer } = connections();
  const deadline = Date.now() + WRITE_WAIT_MS;
  for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await writer.$transaction(work, { maxWait: WRITE_WAIT_MS, timeout: 300_000 });
    } catch (error) {
      // The lock is taken before any of `work` runs, so trying again repeats nothing.
      if (!isBusy(error)) throw error;
      if (Date.now() > deadline) {
        throw new AppError("unavailable", "The database is busy. Nothing was saved; try again in a minute.", {
          cause: error,
        });
      }
      await sleep(pause + Math.random() * pause);
    }
  }
}

/** Closes the connections; the next use opens them anew. */
export async function disconnect() {
  const open = holder.stockroomDb;
  holder.stockroomDb = undefined;
  if (!open) return;
  await open.reader.$disconnect();
  if (open.writer !== open.reader) await open.writer.$disconnect();
}

function connect(url: string): Connections {
  return url.startsWith("file:") ? connectSqlite(url) : connectPostgres(url);
}

function connectSqlite(url: string): Connections {
  const reader = new PrismaClient({ adapter: new StockroomSqlite(url, { readOnly: true }) });
  const writer = new PrismaClient({ adapter: new StockroomSqlite(url, { readOnly: false }) });
  return { url, engine: "sqlite", reader, writer };
}

function connectPostgres(url: string): Connections {
  const settings = env();
  const adapter = new PrismaPg({
    connectionString: url,
    max: settings.DATABASE_POOL_SIZE + settings.DATABASE_POOL_OVERFLOW,
    maxLifetimeSeconds: settings.DATABASE_POOL_RECYCLE_SECONDS,
    keepAlive: true,
  });
  // Both clients are generated from one schema that differs in the provider alone; TypeScript can't know that.
  const client = new PostgresClient({ adapter }) as unknown as PrismaClient;
  return { url, engine: "postgresql", reader: client, writer: client };
}

function isBusy(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (/SQLITE_BUSY|database is locked|SocketTimeout|Timed out during query/i.test(`${at.name} ${at.message}`)) {
      return true;
    }
  }
  return false;
}
