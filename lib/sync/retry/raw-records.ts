import { parse } from "csv-parse/sync";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { type FileDialect, USUAL_DIALECT } from "@/lib/feeds/mapping";

export type RecordShape = Pick<FileDialect, "delimiter" | "quote" | "escape" | "headerLine">;

/** How a source's rows are written: Etilize's tables by their layout, without a header; the others by their mapping. */
export function shapeOf(kind: FeedKind, dialect: FileDialect | null | undefined): RecordShape {
  return kind === "etilize" ? { ...USUAL_DIALECT, escape: "backslash", headerLine: 0 } : (dialect ?? USUAL_DIALECT);
}

const LETTERS: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** The records of a text as it stood in a file; null where quotes make it none. */
export function parseRecords(text: string, { delimiter, quote, escape: style }: RecordShape): string[][] | null {
  const spelled = style === "backslash" ? withoutLetters(text) : text;
  try {
    const options = { delimiter, quote: quote || null, escape: style === "backslash" ? "\\" : quote || null };
    // Without `columns` csv-parse gives arrays of text.
    return parse(spelled, { ...options, relax_column_count: true, skip_empty_lines: true }) as unknown as string[][];
  } catch {
    // A row is often refused for its very quotes: it is shown and mended as text then.
    return null;
  }
}

/** `\n` in letters becomes the character, as MySQL means it. */
function withoutLetters(text: string) {
  return text.replace(/"(?:[^"\\]|\\[\s\S])*"/g, (quoted) =>
    quoted.replace(/\\([\s\S])/g, (pair, character: string) => `\\${LETTERS[character] ?? pair.slice(1)}`),
  );
}

/** One record as the source writes it, without a line end. */
export function writeRecord(fields: readonly string[], shape: RecordShape): string {
  return fields.map((field) => writeField(field, shape)).join(shape.delimiter);
}

function writeField(field: string, { delimiter, quote, escape: style }: RecordShape) {
  if (quote === "") return field.replaceAll(delimiter, " ").replace(/[\r\n]+/g, " ");
  if (style === "backslash") {
    return /^-?\d{1,15}$/.test(field)
      ? field
      : `${quote}${field.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
  }
  const isPlain = !field.includes(delimiter) && !field.includes(quote) && !/[\r\n]|^\s|\s$/.test(field);
  return isPlain ? field : `${quote}${field.replaceAll(quote, quote + quote)}${quote}`;
}

/** The records of a refused text, each as it stands there; a text that is none stays whole. */
export function splitRecords(raw: string, shape: RecordShape): string[] {
  const parsed = parseRecords(raw, shape);
  if (!parsed || parsed.length < 2) return [raw];
  const lines = raw.split(/\r?\n/);
  // As many records as lines: none of them holds a line end, and each is its own line.
  return parsed.length === lines.length ? lines : parsed.map((fields) => writeRecord(fields, shape));
}

/** A reason as the last column of a download says it: the line it stood on, by which the mended row is known again. */
export function reasonCell(line: number, reason: string) {
  return `Line ${line}: ${reason}`;
}

/** The line that a download's reason column names; null for another text. */
export function lineOfReason(cell: string | undefined): number | null {
  const line = /^Line (\d{1,9}): /.exec(cell ?? "")?.[1];
  return line ? Number(line) : null;
}
