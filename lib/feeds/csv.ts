import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { type CsvLimits, CsvReader } from "./csv-reader";
import type { CsvRecord, CsvShape } from "./csv-record";
import { batchesFromThread } from "./csv-thread-batches";
import type { SourceFile } from "./source-files";

export const CSV_LIMITS: CsvLimits = { chunkBytes: 2 ** 18, longestRecord: 2 ** 24 };

/** Files this long are read in a thread of their own: to begin one takes as long as to read a megabyte. */
const THREAD_FROM = 2 ** 22;
/** Only the bundle of the command line and the worker has it. */
const THREAD = beside(import.meta.url, "csv-thread.js");

/**
 * A file's records, in batches as the bytes come in. Blank lines are none. Broken lines come with their `problem`, and
 * reading goes on behind them.
 */
export async function* csvBatches(
  file: SourceFile,
  dialect: CsvShape,
  signal?: AbortSignal,
  limits = CSV_LIMITS,
): AsyncGenerator<CsvRecord[]> {
  if (file.textBytes >= THREAD_FROM && existsSync(THREAD))
    yield* batchesFromThread(THREAD, file, dialect, limits, signal);
  else yield* readCsv(file, dialect, limits, signal);
}

/** The same in this thread. */
export async function* readCsv(
  file: Pick<SourceFile, "path" | "textStart" | "decode">,
  dialect: CsvShape,
  limits: CsvLimits,
  signal?: AbortSignal,
): AsyncGenerator<CsvRecord[]> {
  const handle = await open(file.path, "r");
  try {
    const reader = new CsvReader(handle, file, dialect, limits);
    while (!reader.isAtEnd) {
      signal?.throwIfAborted();
      const records = await reader.next();
      if (records.length > 0) yield records;
    }
  } finally {
    await handle.close();
  }
}

function beside(url: string, name: string) {
  return new URL(name, url);
}

/** The record as it stands in the file. */
export function rawOf(file: SourceFile, { offset, bytes }: Pick<CsvRecord, "offset" | "bytes">): string {
  return readRaw(file, offset, bytes);
}

/** Reads a stretch of a file again, to show rows that turned out wrong. Few do: holding all would cost more. */
export function readRaw(file: SourceFile, offset: number, bytes: number): string {
  const descriptor = openSync(file.path, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    const bytesRead = readSync(descriptor, buffer, 0, bytes, offset);
    return file.decode(buffer.toString("latin1", 0, bytesRead));
  } finally {
    closeSync(descriptor);
  }
}
