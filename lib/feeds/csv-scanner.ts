import { Finder, NOT_FOUND } from "./finder";

/** How quotes are written inside a quoted field: doubled (RFC 4180), or behind a backslash (MySQL, Etilize). */
export type CsvDialect = "doubled" | "backslash";

export type CsvProblem = "stray_quote" | "unclosed_quote" | "row_too_long";

/** One record, or one line that is none. Text is latin1: a character is a byte of the file. */
export interface ScannedRecord {
  /** The physical line it begins on, from 1. */
  line: number;
  /** Its first byte in the file. */
  offset: number;
  /** The record as it stands in the file, without its line end. */
  text: string;
  fields: string[];
  problem: CsvProblem | null;
}

/** Longer than any row of sense; what is longer would have to be held whole to find its end. */
const LONGEST_RECORD = 16 * 2 ** 20;
/** How much is kept of a row that is too long. */
const KEPT_OF_TOO_LONG = 2 ** 16;

const QUOTE = 34;
const COMMA = 44;
const CARRIAGE_RETURN = 13;
const BACKSLASH = 92;

/**
 * Cuts text that arrives in chunks into CSV records.
 *
 * Written here because what a feed's report needs no parser of npm gives: the first physical line and the exact bytes
 * of every record, and going on behind a broken one. A quote that never closes costs its own line alone: reading
 * resumes on the next, where csv-parse, papaparse and udsv swallow the rest of the file. The tests hold it equal to
 * csv-parse on everything well-formed, in both dialects.
 */
export class CsvScanner {
  private text = "";
  private position = 0;
  private line = 1;
  /** File offset of `text[0]`. */
  private base: number;
  private lineEnd: "\n" | "\r" | null = null;
  private isSkippingLine = false;
  private readonly newlines = new Finder();
  private readonly quotes = new Finder();
  private readonly commas = new Finder();

  constructor(
    private readonly dialect: CsvDialect,
    textStart = 0,
    private readonly longestRecord = LONGEST_RECORD,
  ) {
    this.base = textStart;
  }

  /** The records that are whole now. With `isLast` nothing follows and what is left is a record. */
  scan(chunk: string, isLast: boolean): ScannedRecord[] {
    this.base += this.position;
    this.text = this.text.slice(this.position) + chunk;
    this.position = 0;
    this.lineEnd ??= lineEndOf(this.text, isLast);
    const records: ScannedRecord[] = [];
    if (this.lineEnd === null) {
      if (this.text.length <= this.longestRecord) return records;
      this.lineEnd = "\n";
    }
    this.newlines.reset(this.text, this.lineEnd);
    this.quotes.reset(this.text, '"');
    this.commas.reset(this.text, ",");
    for (;;) {
      const record = this.next(isLast);
      if (record === null) return records;
      if (record.text !== "" || record.problem) records.push(record);
    }
  }

  private next(isLast: boolean): ScannedRecord | null {
    if (this.isSkippingLine && !this.skipLine(isLast)) return null;
    const start = this.position;
    if (start >= this.text.length) return null;
    const end = this.newlines.from(start);
    if (end === NOT_FOUND && !isLast) return this.text.length - start > this.longestRecord ? this.tooLong() : null;
    if (this.quotes.from(start) >= Math.min(end, this.text.length)) {
      const text = this.text.slice(start, this.contentEnd(start, end));
      return this.take(text, text.split(","), end, 1);
    }
    return this.quotedRecord(start, isLast);
  }

  /** A record with quotes: walked field by field. Null when the text ends inside it. */
  private quotedRecord(start: number, isLast: boolean): ScannedRecord | null {
    const fields: string[] = [];
    let position = start;
    let end = this.newlines.from(start);
    for (;;) {
      if (this.text.charCodeAt(position) === QUOTE) {
        const close = this.closingQuote(position + 1);
        if (close === -1) return this.unfinished(start, isLast);
        fields.push(this.unescape(this.text.slice(position + 1, close)));
        position = close + 1;
        end = this.newlines.from(position);
        const isCutHere = end === NOT_FOUND && !isLast && position + 1 >= this.text.length;
        if (isCutHere) return this.unfinished(start, isLast);
        if (position === this.contentEnd(position, end)) break;
        if (this.text.charCodeAt(position) !== COMMA) return this.broken(start, "stray_quote");
        position++;
      } else {
        end = this.newlines.from(position);
        if (end === NOT_FOUND && !isLast) return this.unfinished(start, isLast);
        const contentEnd = this.contentEnd(position, end);
        const fieldEnd = Math.min(this.commas.from(position), contentEnd);
        if (this.quotes.from(position) < fieldEnd) return this.broken(start, "stray_quote");
        fields.push(this.text.slice(position, fieldEnd));
        if (fieldEnd === contentEnd) break;
        position = fieldEnd + 1;
      }
    }
    const text = this.text.slice(start, this.contentEnd(start, end));
    return this.take(text, fields, end, this.newlines.countIn(text) + 1);
  }

  /** The quoted field runs past what is here: wait for more, or give up on the line. */
  private unfinished(start: number, isLast: boolean): ScannedRecord | null {
    if (!isLast && this.text.length - start <= this.longestRecord) return null;
    return this.broken(start, "unclosed_quote");
  }

  /** Refuses the first physical line alone: reading resumes on the next. */
  private broken(start: number, problem: CsvProblem): ScannedRecord {
    const end = this.newlines.from(start);
    // A line longer than all that is held is dealt with as too long.
    if (end === NOT_FOUND && this.text.length - start > this.longestRecord) return this.tooLong();
    return { ...this.take(this.text.slice(start, this.contentEnd(start, end)), [], end, 1), problem };
  }

  private tooLong(): ScannedRecord {
    const text = this.text.slice(this.position, this.position + KEPT_OF_TOO_LONG);
    this.isSkippingLine = true;
    return { line: this.line, offset: this.base + this.position, text, fields: [], problem: "row_too_long" };
  }

  private skipLine(isLast: boolean): boolean {
    const end = this.newlines.from(this.position);
    if (end === NOT_FOUND) {
      this.position = this.text.length;
      this.isSkippingLine = !isLast;
      return isLast;
    }
    this.position = end + 1;
    this.line++;
    this.isSkippingLine = false;
    return true;
  }

  private take(text: string, fields: string[], end: number, lines: number): ScannedRecord {
    const record = { line: this.line, offset: this.base + this.position, text, fields, problem: null };
    this.line += lines;
    this.position = end === NOT_FOUND ? this.text.length : end + 1;
    return record;
  }

  /** Where the line's content ends: before LF, CRLF, CR or the end of the text. */
  private contentEnd(from: number, end: number): number {
    if (end === NOT_FOUND) return this.text.length;
    return end > from && this.lineEnd === "\n" && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
  }

  private closingQuote(from: number): number {
    let position = from;
    for (;;) {
      const quote = this.quotes.from(position);
      if (quote === NOT_FOUND) return -1;
      if (this.dialect === "doubled") {
        if (this.text.charCodeAt(quote + 1) !== QUOTE) return quote;
        position = quote + 2;
      } else {
        let escapes = quote;
        while (escapes > position && this.text.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
        if ((quote - escapes) % 2 === 0) return quote;
        position = quote + 1;
      }
    }
  }

  private unescape(text: string): string {
    if (this.dialect === "doubled") return text.includes('"') ? text.replaceAll('""', '"') : text;
    return text.includes("\\") ? text.replace(/\\([\s\S])/g, unescaped) : text;
  }
}

/** As MySQL reads `\n`, `\r` and `\t`; before anything else a backslash only guards. */
function unescaped(_match: string, character: string) {
  if (character === "n") return "\n";
  if (character === "r") return "\r";
  return character === "t" ? "\t" : character;
}

/** Old files end lines with CR alone; there, and only there, a lone CR is a line end. Null: can't be told yet. */
function lineEndOf(text: string, isLast: boolean): "\n" | "\r" | null {
  if (text.includes("\n")) return "\n";
  const carriageReturn = text.indexOf("\r");
  // A CR that ends the chunk may be half of a CRLF.
  if (carriageReturn !== -1 && (isLast || carriageReturn < text.length - 1)) return "\r";
  return isLast ? "\n" : null;
}
