import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Refusal } from "../setup/refusal.mjs";

const REASONS = {
  EACCES: "it may not be written by this user",
  EPERM: "it may not be written by this user",
  EROFS: "its disk is read-only",
  ENOSPC: "its disk is full",
  ENOTDIR: "a part of the path is a file",
  ENOENT: "no folder can be made there",
};

/**
 * Makes the data folder and takes it for this process.
 * The operating system holds the lock and drops it with the process, so nothing is left to clean up after a crash.
 * @returns {{announce: (url: string) => void, release: () => void}}
 */
export function takeDataFolder(folder) {
  writable(folder);
  const note = join(folder, "instance.json");
  const lock = openLock(join(folder, "instance.lock"), note, folder);
  const announce = (url) => writeFileSync(note, JSON.stringify({ pid: process.pid, url }));
  announce(null);
  return {
    announce,
    release() {
      rmSync(note, { force: true });
      lock.close();
    },
  };
}

function writable(folder) {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const why = REASONS[error.code] ?? error.message;
    throw new Refusal(`The data folder ${folder} can't be used: ${why}. Mend that, or name another in STOCKROOM_DATA.`);
  }
}

/** One folder at a time: Node's recursive way never returns where the system makes no folders, as below /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** SQLite brings the one file lock that Node lacks; the file itself stays empty. */
function openLock(file, note, folder) {
  const Database = createRequire(import.meta.url)("better-sqlite3");
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (error.code !== "SQLITE_BUSY") throw error;
    throw new Refusal(
      `Stockroom already runs on the data folder ${folder}${holder(note)}. Stop it first, or set STOCKROOM_DATA to another folder.`,
    );
  }
}

function holder(note) {
  try {
    const { pid, url } = JSON.parse(readFileSync(note, "utf8"));
    return ` (process ${pid}${url ? `, ${url}` : ""})`;
  } catch {
    // The note is a courtesy: it may be half written at this very moment.
    return "";
  }
}
