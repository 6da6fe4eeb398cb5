import { isAscii } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import {
  type CsvFormat,
  CsvParser,
  fieldsWithLetters,
  mayHaveEscapedLetters,
  type ParsedRecord,
  spellsLetters,
} from "./csv-parser";
import type { CsvProblem, CsvRecord, CsvShape } from "./csv-record";
import { FileWindow } from "./file-window";
import type { SourceFile } from "./source-files";

export interface CsvLimits {
  chunkBytes: number;
  /** Longer than any row of sense; what is longer would have to be held whole to find its end. */
  longestRecord: number;
}

/** How much is shown of a row that is too long. */
const SHOWN_OF_TOO_LONG = 2 ** 16;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Reads a file's records through csv-parse and says where each stands. csv-parse stops at a broken quote, or takes the
 * rest of the file for one field: then the physical line it began on is refused alone, and a new parser begins on the
 * next.
 */
export class CsvReader {
  private readonly window: FileWindow;
  private format: CsvFormat | null = null;
  private parser: CsvParser | null = null;
  private parserStart = 0;
  /** The physical line at the window's start. */
  private line = 1;
  /** Of the line at the window's start, when its end has not been read yet. */
  private problem: CsvProblem | null = null;
  private isSkippingLine = false;

  constructor(
    handle: FileHandle,
    private readonly file: Pick<SourceFile, "textStart" | "decode">,
    private readonly dialect: CsvShape,
    private readonly limits: CsvLimits,
  ) {
    this.window = new FileWindow(handle, file.textStart, limits.chunkBytes);
  }

  get isAtEnd() {
    return this.window.isAtEnd;
  }

  /** Reads a chunk on; answers with the records and the broken lines that end in it. */
  async next(): Promise<CsvRecord[]> {
    const { window } = this;
    let unread = await window.grow();
    if (this.isSkippingLine && !this.skipLine()) return [];
    this.format ??= this.formatOf();
    if (!this.format) return [];
    const records: CsvRecord[] = [];
    for (;;) {
      if (!this.problem) {
        if (!this.parser) {
          this.parser = new CsvParser(this.format);
          this.parserStart = window.start;
          unread = window.bytes;
        }
        const { parsed, problem } = await this.parser.feed(unread, window.isAtEnd);
        this.place(parsed, this.format, records);
        this.problem = problem ?? (window.bytes.length > this.limits.longestRecord ? "unclosed_quote" : null);
        if (!this.problem) return records;
        this.parser = null;
      }
      const refused = this.refuseLine(this.problem);
      if (!refused) return records;
      records.push(refused);
      this.problem = null;
      if (this.isSkippingLine) return records;
    }
  }

  /** Adds where each record stands, and drops them from the window. */
  private place(parsed: ParsedRecord[], format: CsvFormat, records: CsvRecord[]) {
    const { bytes, start } = this.window;
    // What concerns few files is asked of all the bytes at once, and only where it does of each record.
    const mayHaveNul = bytes.includes(0);
    const mayNeedDecoding = !isAscii(bytes);
    const mayHaveLetters = spellsLetters(format.dialect) && mayHaveEscapedLetters(bytes);
    let position = 0;
    for (const { fields, end } of parsed) {
      const begin = this.skipBlankLines(position);
      position = this.parserStart + end - start;
      const contentEnd = this.contentEnd(begin, position);
      const record: CsvRecord = {
        line: this.line,
        offset: start + begin,
        bytes: contentEnd - begin,
        fields,
        problem: null,
      };
      if (mayHaveNul || mayNeedDecoding || mayHaveLetters) {
        const content = bytes.subarray(begin, contentEnd);
        if (mayHaveLetters) record.fields = fieldsWithLetters(content, format) ?? fields;
        if (mayNeedDecoding && !isAscii(content)) record.fields = record.fields.map(this.file.decode);
        if (mayHaveNul && content.includes(0)) record.problem = "nul_byte";
      }
      records.push(record);
      this.line += this.lineEndsIn(begin, position);
    }
    this.window.drop(this.skipBlankLines(position));
  }

  /** Refuses the physical line at the window's start; null while its end has not been read. */
  private refuseLine(problem: CsvProblem): CsvRecord | null {
    const { bytes, start, isAtEnd } = this.window;
    const refused = { line: this.line, offset: start, fields: [] };
    const end = bytes.indexOf(this.lineEnd);
    if (end === -1 && bytes.length > this.limits.longestRecord) {
      this.isSkippingLine = true;
      this.window.drop(bytes.length);
      return { ...refused, bytes: Math.min(SHOWN_OF_TOO_LONG, bytes.length), problem: "row_too_long" };
    }
    if (end === -1 && !isAtEnd) return null;
    const next = end === -1 ? bytes.length : end + 1;
    const content = this.contentEnd(0, next);
    this.window.drop(next);
    this.window.keep(this.limits.chunkBytes);
    this.line++;
    return { ...refused, bytes: content, problem };
  }

  /** Drops the rest of a line that is too long; false while its end has not been read. */
  private skipLine(): boolean {
    const end = this.window.bytes.indexOf(this.lineEnd);
    this.window.drop(end === -1 ? this.window.bytes.length : end + 1);
    if (end === -1) return false;
    this.line++;
    this.isSkippingLine = false;
    return true;
  }

  private get lineEnd() {
    return this.format?.lineEnd === "\r" ? CARRIAGE_RETURN : LINE_FEED;
  }

  /** Where the first line that isn't blank begins, lines counted on the way; csv-parse leaves blank ones out. */
  private skipBlankLines(from: number): number {
    const { bytes } = this.window;
    let position = from;
    for (;;) {
      const isCrLf =
        this.lineEnd === LINE_FEED && bytes[position] === CARRIAGE_RETURN && bytes[position + 1] === LINE_FEED;
      if (!isCrLf && bytes[position] !== this.lineEnd) return position;
      position += isCrLf ? 2 : 1;
      this.line++;
    }
  }

  /** The end of a record without its line end, if it has one. */
  private contentEnd(begin: number, end: number): number {
    const { bytes } = this.window;
    if (end === begin || bytes[end - 1] !== this.lineEnd) return end;
    const isCrLf = this.lineEnd === LINE_FEED && end - 2 >= begin && bytes[end - 2] === CARRIAGE_RETURN;
    return isCrLf ? end - 2 : end - 1;
  }

  private lineEndsIn(begin: number, end: number): number {
    const { bytes } = this.window;
    let count = 0;
    for (let at = bytes.indexOf(this.lineEnd, begin); at !== -1 && at < end; at = bytes.indexOf(this.lineEnd, at + 1))
      count++;
    return count;
  }

  /** Null: not enough has been read to tell how lines end. */
  private formatOf(): CsvFormat | null {
    const { bytes, isAtEnd } = this.window;
    const { dialect } = this;
    if (bytes.includes(LINE_FEED)) return { dialect, lineEnd: "\n" };
    const carriageReturn = bytes.indexOf(CARRIAGE_RETURN);
    // A CR that ends the chunk may be half of a CRLF.
    if (carriageReturn !== -1 && (isAtEnd || carriageReturn < bytes.length - 1)) return { dialect, lineEnd: "\r" };
    return isAtEnd || bytes.length > this.limits.longestRecord ? { dialect, lineEnd: "\n" } : null;
  }
}
