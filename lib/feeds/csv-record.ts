/** How quotes are written inside a quoted field: doubled (RFC 4180), or behind a backslash (MySQL, Etilize). */
export type CsvDialect = "doubled" | "backslash";

/** A dialect, or all that can differ: one separator and one quote character; no quote character: none is special. */
export type CsvShape = CsvDialect | { escape: CsvDialect; delimiter: string; quote: string };

export type CsvProblem = "stray_quote" | "unclosed_quote" | "row_too_long" | "nul_byte";

/** One record, or one line that is none. */
export interface CsvRecord {
  /** The physical line it begins on, from 1. */
  line: number;
  /** Its first byte in the file. */
  offset: number;
  /** How many bytes it has there, its line end not counted. */
  bytes: number;
  /** Empty where quotes or length make it no record. */
  fields: string[];
  problem: CsvProblem | null;
}
