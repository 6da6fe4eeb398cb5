import "server-only";
import { mkdtempSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { env } from "@/lib/env";
import { isAlive } from "@/lib/is-alive";

/** Whose it is stands in its name: machine, process, and what mkdtemp adds. */
const NAME = /^(.+)~(\d+)~[^~]+$/;

/** This process's own: an earlier one may have had its number. */
const own = new Set<string>();

/** A folder of its own for `work`, on the data folder's disk; it is removed with all that is in it, whatever happens. */
export async function withScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const root = scratchRoot();
  await mkdir(root, { recursive: true });
  // At once known as our own: the same process clears what others left, beside its jobs.
  const folder = mkdtempSync(join(root, `${hostname()}~${process.pid}~`));
  own.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    own.delete(folder);
  }
}

/** Removes what killed processes of this machine left behind: of a large feed it is as large as the feed. */
export async function clearScratch() {
  const root = scratchRoot();
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) {
    const [, host, pid] = NAME.exec(name) ?? [];
    const folder = join(root, name);
    if (host !== hostname() || own.has(folder)) continue;
    if (Number(pid) === process.pid || !isAlive(Number(pid))) await rm(folder, { recursive: true, force: true });
  }
}

function scratchRoot() {
  return join(env().dataFolder, "scratch");
}
