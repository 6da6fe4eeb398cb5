import "server-only";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formatBytes } from "@/lib/format";
import { engine } from "./client";
import { isBusy, WRITE_WAIT_MS } from "./sqlite-adapter";
import { measureStorage } from "./storage";

/** What is in use is written twice before the old file goes: into a file beside it, and into the log. */
const COPIES = 2;
/** The log's own pages and what others write until the rewrite has its turn, in bytes. */
const MARGIN_BYTES = 16 * 2 ** 20;
/** Between two tries for the turn, and how long the readers of the log are waited for, in milliseconds. */
const PAUSE_MS = 25;
const LOG_WAIT_MS = 2_000;

/**
 * Writes SQLite's whole file anew, once, so that free space can be given back in steps from then on. Reads go on
 * meanwhile; writes wait. This process does nothing else until it is done.
 * @throws {AppError} `conflict` without the room for it, `unavailable` when others never stopped writing
 */
export async function rewriteDatabase() {
  if (engine() === "postgresql") return;
  await assertRoomToRewrite();
  const connection = new Database(databasePath(), { timeout: 0 });
  try {
    // The other connections keep what is temporary in memory; a whole database would not fit there.
    connection.pragma("temp_store = FILE");
    await whenNobodyWrites(() => {
      connection.pragma("auto_vacuum = INCREMENTAL");
      connection.exec("VACUUM");
    });
    // Whoever reads just now keeps the log; it is carried over later then.
    connection.pragma(`busy_timeout = ${LOG_WAIT_MS}`);
    connection.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    connection.close();
  }
}

/**
 * @param free for tests: what the disk has left, in bytes
 * @throws {AppError} `conflict` when the disk has too little room for a rewrite
 */
export async function assertRoomToRewrite(free?: number) {
  const { bytes, freeBytes } = await measureStorage();
  const needed = COPIES * (bytes - (freeBytes ?? 0)) + MARGIN_BYTES;
  const disk = await statfs(dirname(databasePath()));
  const left = free ?? disk.bavail * disk.bsize;
  if (left >= needed) return;
  throw new AppError(
    "conflict",
    `Writing the file anew needs ${formatBytes(needed)} free on the database's disk, and ${formatBytes(left)} is left there. Nothing was changed: free some space, then try again.`,
  );
}

async function whenNobodyWrites(work: () => void) {
  const deadline = Date.now() + WRITE_WAIT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > deadline) {
        const sentence = "The database was written to all the time. Nothing was changed: try again at a quiet time.";
        throw new AppError("unavailable", sentence, { cause: error });
      }
      await sleep(PAUSE_MS);
    }
  }
}

function databasePath() {
  return env().databaseUrl.slice("file:".length);
}
