import "server-only";
import { AppError } from "@/lib/errors";
import { csvBatches } from "@/lib/feeds/csv";
import type { CsvRecord } from "@/lib/feeds/csv-record";
import { ETILIZE_COLUMNS, etilizeTableOf } from "@/lib/feeds/etilize-tables";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { headedBatches } from "@/lib/feeds/headed-csv";
import type { FileDialect } from "@/lib/feeds/mapping";
import type { SourceFile } from "@/lib/feeds/source-files";
import { nameOf, type RowToTry, type TriedRow } from "./compose-retry";
import { lineOfReason, type RecordShape, writeRecord } from "./raw-records";

interface UploadedRows {
  /** Which lines of the uploaded files are which refused rows. */
  tried: TriedRow[];
  /** Refused rows as they come back. */
  mended: RowToTry[];
  /** Rows that name no refused one. */
  added: { file: string; text: string }[];
}

/**
 * Tells which refused rows a mended download brings back: by the line that its reason column names. The reason is left
 * out of what is read.
 * @throws {AppError} `invalid_input` when a file is none of the run's
 */
export async function readUploadedRows(
  files: SourceFile[],
  rows: RowToTry[],
  kind: FeedKind,
  shape: RecordShape,
  dialect: FileDialect | null,
  signal: AbortSignal,
): Promise<UploadedRows> {
  const found: UploadedRows = { tried: [], mended: [], added: [] };
  if (files.length === 0) throw new AppError("invalid_input", "There is no CSV file in what was uploaded.");
  for (const file of files) {
    const refused = refusedOf(file, files.length, rows);
    if (kind === "etilize") await readTable(file, refused, shape, found, signal);
    else await readHeaded(file, refused, dialect, found, signal);
  }
  return found;
}

/** The refused rows that a file may bring back; a single file may have been renamed. */
function refusedOf(file: SourceFile, files: number, rows: RowToTry[]) {
  const own = rows.filter((row) => row.file === file.name || row.file.endsWith(`/${file.name}`));
  const names = new Set(rows.map((row) => row.file));
  return own.length === 0 && files === 1 && names.size === 1 ? rows : own;
}

function byLine(refused: RowToTry[], line: number | null) {
  return line === null ? [] : refused.filter((row) => row.line === line);
}

async function readHeaded(
  file: SourceFile,
  refused: RowToTry[],
  dialect: FileDialect | null,
  found: UploadedRows,
  signal: AbortSignal,
) {
  for await (const { header, rows } of headedBatches(file, signal, dialect)) {
    const reasonAt = header.findLastIndex((name) => name.toLowerCase() === "reason");
    for (const record of rows) {
      for (const { id } of byLine(refused, lineOfReason(record.fields[reasonAt])))
        found.tried.push([nameOf(file), record.line, id]);
    }
  }
}

async function readTable(
  file: SourceFile,
  refused: RowToTry[],
  shape: RecordShape,
  found: UploadedRows,
  signal: AbortSignal,
) {
  const table = etilizeTableOf(file.name);
  const columns = table ? ETILIZE_COLUMNS[table].length : 0;
  const texts = new Map<number, string[]>();
  for (const record of await tableRecords(file, signal)) {
    const line = lineOfReason(record.fields[columns]);
    const text = writeRecord(record.fields.slice(0, columns), shape);
    if (byLine(refused, line).length === 0 || line === null) found.added.push({ file: file.name, text });
    else texts.set(line, [...(texts.get(line) ?? []), text]);
  }
  for (const row of refused) {
    const text = texts.get(row.line);
    if (text) found.mended.push({ ...row, text: text.join("\n") });
  }
}

/** Spreadsheets double quotes where Etilize writes a backslash before them: whichever reads without a problem. */
async function tableRecords(file: SourceFile, signal: AbortSignal): Promise<CsvRecord[]> {
  const read = async (dialect: "backslash" | "doubled") => {
    const records: CsvRecord[] = [];
    for await (const batch of csvBatches(file, dialect, signal)) records.push(...batch);
    return records;
  };
  const own = await read("backslash");
  if (own.every((record) => record.problem === null)) return own;
  const doubled = await read("doubled");
  return doubled.every((record) => record.problem === null) ? doubled : own;
}
