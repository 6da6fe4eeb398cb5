import { type CsvError, type Options, Parser } from "csv-parse";
import { parse } from "csv-parse/sync";
import type { CsvProblem, CsvShape } from "./csv-record";

/** What csv-parse is told of a file. A lone CR ends lines only in old files that have no other line end. */
export interface CsvFormat {
  dialect: CsvShape;
  lineEnd: "\n" | "\r";
}

/** A record as csv-parse gives it, its text a character a byte: `end` counts the bytes from where the parser began, the line end with them. */
export interface ParsedRecord {
  fields: string[];
  end: number;
}

/** Whether a format spells line ends and tabs in letters, as MySQL does inside its quotes. */
export function spellsLetters(dialect: CsvShape) {
  const shape = shapeOf(dialect);
  return shape.escape === "backslash" && shape.quote === '"';
}

function shapeOf(dialect: CsvShape) {
  return typeof dialect === "string" ? { escape: dialect, delimiter: ",", quote: '"' } : dialect;
}

function optionsOf({ dialect, lineEnd }: CsvFormat): Options<string[]> {
  const shape = shapeOf(dialect);
  const { delimiter, quote } = shape;
  return {
    delimiter,
    quote: quote || null,
    // A character a byte: quicker than UTF-8, and most records are ASCII. The others are decoded afterwards.
    encoding: "latin1",
    escape: quote ? (shape.escape === "backslash" ? "\\" : quote) : null,
    record_delimiter: lineEnd === "\n" ? ["\r\n", "\n"] : ["\r"],
    relax_column_count: true,
    skip_empty_lines: true,
  };
}

/** csv-parse from one place in a file up to the first broken quote; another one is started behind that. */
export class CsvParser {
  private readonly parser: Parser;
  private parsed: ParsedRecord[] = [];

  constructor(format: CsvFormat) {
    this.parser = new Parser({
      ...optionsOf(format),
      // Called as soon as a record ends, when the count of bytes is its own; nothing is left for the stream to queue.
      on_record: (fields: string[], { bytes }) => {
        this.parsed.push({ fields, end: bytes });
        // Rows as long as the first, or not: readers judge that. csv-parse, which takes any record for the first as
        // long as it has counted none, would make an error with a copy of the row for each that differs, and drop it.
        Object.assign(this.parser.info, { records: 0 });
        return null;
      },
    });
    // `feed` answers with the error; without a listener the stream would throw it as well.
    this.parser.on("error", () => undefined);
  }

  /** The records that end in these bytes, and the problem that stopped the parser behind them. */
  async feed(bytes: Buffer, isLast: boolean): Promise<{ parsed: ParsedRecord[]; problem: CsvProblem | null }> {
    const error =
      (bytes.length > 0 ? await this.write(bytes) : null) ??
      (isLast ? await new Promise<CsvError | null>((resolve) => this.parser.end(answer(resolve))) : null);
    const { parsed } = this;
    this.parsed = [];
    return { parsed, problem: error && problemOf(error) };
  }

  private write(bytes: Buffer) {
    return new Promise<CsvError | null>((resolve) => this.parser.write(bytes, answer(resolve)));
  }
}

/** The type of stream callbacks knows no CsvError, though csv-parse passes no other. */
function answer(resolve: (error: CsvError | null) => void) {
  return (error?: Error | null) => resolve((error as CsvError | null | undefined) ?? null);
}

/** @throws {CsvError} that is not about the file's content. */
function problemOf(error: CsvError): CsvProblem {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "unclosed_quote";
  if (error.code === "CSV_INVALID_CLOSING_QUOTE" || error.code === "INVALID_OPENING_QUOTE") return "stray_quote";
  throw error;
}

const ESCAPED_LETTER = /\\[nrt]/;
const LETTERS: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** Whether bytes may hold `\n`, `\r` or `\t` in letters; asked of many records at once, it costs next to nothing. */
export function mayHaveEscapedLetters(bytes: Buffer) {
  return bytes.includes("\\n") || bytes.includes("\\r") || bytes.includes("\\t");
}

/**
 * The fields of a record whose quoted fields spell line ends and tabs in letters, as MySQL does: csv-parse drops the
 * backslash and keeps the letter. With the character itself behind the backslash it reads them right.
 */
export function fieldsWithLetters(record: Buffer, format: CsvFormat): string[] | null {
  const text = record.toString("latin1");
  if (!ESCAPED_LETTER.test(text)) return null;
  const spelled = text.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (quoted) =>
    quoted.replace(/\\([\s\S])/g, (pair, character: string) => `\\${LETTERS[character] ?? pair.slice(1)}`),
  );
  // Without `columns` csv-parse gives arrays of text.
  const [fields] = parse(Buffer.from(spelled, "latin1"), optionsOf(format)) as unknown as string[][];
  return fields ?? null;
}
