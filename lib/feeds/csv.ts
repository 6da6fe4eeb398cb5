import { open } from "node:fs/promises";
import { type CsvDialect, CsvScanner, type ScannedRecord } from "./csv-scanner";
import type { SourceFile } from "./source-files";

const CHUNK_BYTES = 2 ** 18;

/**
 * A file's records, in batches as the bytes come in. Fields are decoded, `text` still is bytes: `rawOf` gives it.
 * Blank lines are none. Broken lines come with their `problem` and no fields.
 */
export async function* csvBatches(
  file: SourceFile,
  dialect: CsvDialect,
  signal?: AbortSignal,
): AsyncGenerator<ScannedRecord[]> {
  const scanner = new CsvScanner(dialect, file.textStart);
  const handle = await open(file.path, "r");
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let position = file.textStart;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, position);
      position += bytesRead;
      const isLast = bytesRead === 0;
      const records = scanner.scan(buffer.toString("latin1", 0, bytesRead), isLast);
      decodeFields(records, file);
      if (records.length > 0) yield records;
      if (isLast) return;
    }
  } finally {
    await handle.close();
  }
}

function decodeFields(records: ScannedRecord[], { decode }: SourceFile) {
  for (const record of records) {
    // Most rows are plain ASCII, and asking once per row is cheaper than once per field.
    if (!/[\x80-\xff]/.test(record.text)) continue;
    for (let index = 0; index < record.fields.length; index++)
      record.fields[index] = decode(record.fields[index] ?? "");
  }
}

/** The record as it stands in the file. */
export function rawOf(file: SourceFile, record: ScannedRecord): string {
  return file.decode(record.text);
}

/** Reads a stretch of a file again, to show rows that turned out wrong later. */
export async function readRaw(file: SourceFile, offset: number, bytes: number): Promise<string> {
  const handle = await open(file.path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, offset);
    return file.decode(buffer.toString("latin1", 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/**
 * The same text in memory of its own. Cells are slices of the chunk they were read from: kept beyond their row, each
 * would keep all of it.
 */
export function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
