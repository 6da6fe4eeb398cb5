import { rawOf } from "./csv";
import type { CsvProblem, CsvRecord } from "./csv-record";
import type { FeedRejection, RowCounts } from "./feed-record";
import type { SourceFile } from "./source-files";

export interface RowProblem {
  code: string;
  reason: string;
  column?: string;
}

const CSV_REASONS: Record<CsvProblem, string> = {
  stray_quote: "A quote stands where none can stand. Write quotes inside a field the way this format does.",
  unclosed_quote: "A quote opens a field and is never closed. Close it.",
  row_too_long: "The row is longer than any row of sense (16 MB). A line end or a quote is missing.",
  nul_byte: "The row holds a NUL byte, which no text has. The file is damaged there.",
};

/** What is wrong with a row before its content is looked at; null when nothing is. */
export function rowProblem(record: CsvRecord, columns: number): RowProblem | null {
  const { fields } = record;
  if (record.problem) return { code: record.problem, reason: CSV_REASONS[record.problem] };
  if (fields.length < columns)
    return { code: "cut_row", reason: `The row is cut: it has ${fields.length} of ${columns} columns.` };
  // Spreadsheets pad rows with empty cells; content there means a separator too many.
  if (fields.length > columns && fields.slice(columns).some((field) => field !== ""))
    return {
      code: "too_many_columns",
      reason: `The row has ${fields.length} columns instead of ${columns}: a separator too many, or a quote missing.`,
    };
  return null;
}

/** The whole row refused, and counted so. */
export function refusedRow(file: SourceFile, record: CsvRecord, problem: RowProblem, key?: string): FeedRejection {
  return {
    record: "rejection",
    severity: "error",
    at: { file: file.name, line: record.line },
    ...problem,
    key,
    raw: rawOf(file, record),
    counted: { as: "rejected", rows: { [file.name]: 1 } },
  };
}

/** The rows as they stand in the file, read when asked for: what is held until then is their places, not the rows. */
export function rawLater(file: SourceFile, rows: Pick<CsvRecord, "offset" | "bytes">[]): () => string {
  const [first] = rows;
  if (first && rows.length === 1) {
    const { offset, bytes } = first;
    return () => rawOf(file, { offset, bytes });
  }
  const places = rows.map(({ offset, bytes }) => ({ offset, bytes }));
  return () => places.map((place) => rawOf(file, place)).join("\n");
}

/** A row that says what an earlier one said: accepted, counted as repeated. */
export function repeatedRow(
  file: SourceFile,
  record: { line: number; raw: string; rows?: number },
  first: { file: string; line: number },
  key?: string,
): FeedRejection {
  const where = first.file === file.name ? `line ${first.line}` : `line ${first.line} of ${first.file}`;
  return {
    record: "rejection",
    severity: "warning",
    at: { file: file.name, line: record.line },
    code: "repeat",
    reason: `The row repeats ${where} word for word. It was counted once.`,
    key,
    raw: record.raw,
    counted: { as: "repeated", rows: { [file.name]: record.rows ?? 1 } },
  };
}

export function addRows(rows: RowCounts, file: string, count = 1) {
  rows[file] = (rows[file] ?? 0) + count;
}
