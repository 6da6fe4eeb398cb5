import { createHash } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatBytes, formatPlural } from "@/lib/format";
import type { FetchedConnection } from "../connection";
import { type FeedServer, type ListedFile, openFeedServer } from "./feed-server";
import { FetchError } from "./fetch-error";
import { fitsPattern, isUnfinishedName } from "./file-pattern";

export interface TakenFile extends ListedFile {
  /** Where its bytes lie now, whole. */
  path: string;
}

export type Taken =
  | { outcome: "taken"; files: TakenFile[]; hostKey: string | null }
  /** Nothing to take yet, and why. */
  | { outcome: "waiting"; message: string; hostKey: string | null };

export interface TakeOptions {
  signal: AbortSignal;
  onProgress: (stage: string, done: number, total: number | null) => Promise<void>;
  onRetry?: (message: string) => void;
  tries?: number;
  /** Before the second try, in milliseconds; each further one waits twice as long, give or take. */
  backoffMs?: number;
}

const TRIES = 5;
const BACKOFF_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** Looks at files that grow before they are left for the next fetch. */
const LOOKS = 6;

/**
 * Brings a source's files into `folder`, each as long as the server lists it and unchanged since; a broken line is
 * taken up where it broke. A file that still grows is never read.
 * @throws {FetchError} when the server can't be used, or every try failed
 */
export async function takeFiles(connection: FetchedConnection, folder: string, options: TakeOptions): Promise<Taken> {
  const { signal, onRetry, tries = TRIES, backoffMs = BACKOFF_MS } = options;
  await mkdir(folder, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      return await takeOnce(connection, folder, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FetchError) || !error.isPassing) throw error;
      if (attempt >= tries) throw attempt === 1 ? error : givenUp(error, attempt);
      const wait = Math.min(LONGEST_WAIT_MS, backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
      onRetry?.(`Try ${attempt} of ${tries}: ${error.message}`);
      await options.onProgress("Waiting for the server", 0, null);
      await sleep(wait, undefined, { signal });
    }
  }
}

function givenUp(error: FetchError, tries: number) {
  const message = error.message.replace(/ It is tried again( with the next fetch)?\.$/, "");
  return new FetchError(error.fault, `${message} Tried ${tries} times.`, { cause: error });
}

async function takeOnce(connection: FetchedConnection, folder: string, options: TakeOptions): Promise<Taken> {
  await options.onProgress("Connecting", 0, null);
  const server = await openFeedServer(connection, options.signal);
  try {
    const { hostKey } = server;
    const found = await settledFiles(server, connection, options);
    if (typeof found === "string") return { outcome: "waiting", message: found, hostKey };
    const files = await downloadAll(server, found, folder, options);
    await assertUnchanged(server, files);
    return { outcome: "taken", files, hostKey };
  } finally {
    await server.close();
  }
}

/** The files to take once two looks in a row find them alike, or why there is nothing to take yet. */
async function settledFiles(server: FeedServer, connection: FetchedConnection, { signal, onProgress }: TakeOptions) {
  let before = await look(server, connection);
  for (let looks = 1; ; looks++) {
    if (typeof before === "string") return before;
    await onProgress("Waiting until the files are whole", 0, null);
    await sleep(connection.settleSeconds * 1000, undefined, { signal });
    const now = await look(server, connection);
    if (typeof now === "string") return now;
    if (isAlike(before, now)) return now;
    if (looks >= LOOKS)
      return `The files still grow or change: ${namesOf(unlike(before, now))}. They are taken once they rest.`;
    before = now;
  }
}

async function look(
  server: FeedServer,
  { pattern, take, doneMarker }: FetchedConnection,
): Promise<ListedFile[] | string> {
  const { files: all, folders } = await server.list();
  if (doneMarker && !all.some((file) => fitsPattern(baseName(file), doneMarker))) {
    return `The delivery is not marked as done: there is no ${doneMarker} yet.`;
  }
  const files = chooseFiles(all, { pattern, take, doneMarker });
  if (files.length === 0) return nothingFound(all, folders, pattern);
  const empty = files.filter((file) => file.bytes === 0);
  if (empty.length > 0) return `${namesOf(empty)} is still empty. It is taken once it has content.`;
  return files;
}

/** What a fetch would take of a listing, by name. */
export function chooseFiles(
  all: ListedFile[],
  { pattern, take, doneMarker }: Pick<FetchedConnection, "pattern" | "take" | "doneMarker">,
): ListedFile[] {
  const files = all
    .filter((file) => !isUnfinishedName(baseName(file)) && fitsPattern(baseName(file), pattern))
    .filter((file) => !doneMarker || !fitsPattern(baseName(file), doneMarker))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (take === "all") return files;
  const newest = files.toSorted(
    (a, b) => (b.modifiedAt?.getTime() ?? 0) - (a.modifiedAt?.getTime() ?? 0) || (a.name < b.name ? 1 : -1),
  );
  return newest.slice(0, 1);
}

function baseName({ name }: ListedFile) {
  return name.split("/").at(-1) ?? name;
}

function nothingFound(all: ListedFile[], folders: string[], pattern: string) {
  if (all.length === 0) {
    return folders.length > 0
      ? `Nothing to fetch: ${foldersAlone(folders)}.`
      : "The folder is empty. Nothing to fetch yet.";
  }
  const there = `${formatPlural(all.length, "file")} there: ${namesOf(all)}`;
  return pattern ? `No finished file fits ${pattern}. ${there}.` : `No finished file yet. ${there}.`;
}

function isAlike(before: ListedFile[], now: ListedFile[]) {
  return before.length === now.length && unlike(before, now).length === 0;
}

function unlike(before: ListedFile[], now: ListedFile[]) {
  return now.filter((file) => {
    const former = before.find((other) => other.name === file.name);
    return !former || former.bytes !== file.bytes || former.stamp !== file.stamp;
  });
}

/** What to do where a folder holds folders and no file, without a full stop. */
export function foldersAlone(folders: string[]): string {
  const names = namesOf(folders.map((name) => ({ name })));
  return `there are only folders there: ${names}. Enter the one the feed lies in, or take files from folders below too`;
}

function namesOf(files: { name: string }[]) {
  const names = files.slice(0, 3).map((file) => file.name);
  return files.length > 3 ? `${names.join(", ")} and ${files.length - 3} more` : names.join(", ");
}

async function downloadAll(server: FeedServer, files: ListedFile[], folder: string, { onProgress }: TakeOptions) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  let isReporting = true;
  let reporting: Promise<void> = Promise.resolve();
  // Reports are queued behind one another: a job's signal ends the transfer, not a report thrown into its stream.
  const tell = () => {
    if (!isReporting) return;
    isReporting = false;
    const now = done;
    reporting = reporting
      .then(() => onProgress("Downloading", now, total))
      .finally(() => {
        isReporting = true;
      });
    reporting.catch(() => undefined);
  };
  const taken: TakenFile[] = [];
  for (const file of files) {
    const path = join(folder, partName(file));
    const startAt = await sizeOf(path);
    done += Math.min(startAt, file.bytes);
    if (startAt > file.bytes) await rm(path, { force: true });
    if (startAt !== file.bytes) {
      await server.download(file.name, {
        path,
        startAt: startAt > file.bytes ? 0 : startAt,
        onBytes: (bytes) => {
          done += bytes;
          tell();
        },
      });
    }
    await reporting;
    await assertWhole(file, path);
    taken.push({ ...file, path });
  }
  return taken;
}

/** One name per state of a file: a part of an older state is never taken up. */
function partName({ name, bytes, stamp }: ListedFile) {
  return `part-${createHash("sha256").update(`${name}\n${bytes}\n${stamp}`).digest("hex").slice(0, 32)}`;
}

async function assertWhole(file: ListedFile, path: string) {
  const bytes = await sizeOf(path);
  if (bytes === file.bytes) return;
  const amounts = `${formatBytes(bytes)} (${bytes}) of ${formatBytes(file.bytes)} (${file.bytes} bytes)`;
  if (bytes > file.bytes) {
    // More than was listed: nothing of it can be relied on.
    await rm(path, { force: true });
    throw new FetchError(
      "incomplete",
      `${file.name}: more arrived than the server lists: ${amounts}. It is tried again.`,
    );
  }
  throw new FetchError("incomplete", `${file.name}: only ${amounts} arrived. It is tried again.`);
}

/** A file that changed while it was read may be half of each state. */
async function assertUnchanged(server: FeedServer, taken: TakenFile[]) {
  const { files: now } = await server.list();
  const changed = unlike(
    now,
    taken.map(({ path: _path, ...file }) => file),
  );
  if (changed.length === 0) return;
  for (const { path } of taken) await rm(path, { force: true });
  throw new FetchError("changed", `${namesOf(changed)} changed on the server while it was fetched. It is tried again.`);
}

async function sizeOf(path: string) {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return found?.size ?? 0;
}
