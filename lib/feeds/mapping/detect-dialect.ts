import { parse } from "csv-parse/sync";
import type { Encoding } from "../encoding";
import { type FileDialect, USUAL_DIALECT } from "../mapping";

const DELIMITERS = [",", ";", "\t", "|"] as const satisfies FileDialect["delimiter"][];
/** Records that a guess is made from. */
const LOOKED_AT = 60;

/** How a file is written, judged by its first records; a person may say otherwise. */
export function detectDialect(text: string): FileDialect {
  const quote = quoteOf(text);
  const backslashed = /\\"/.test(text) && !/[^,;\t|\n]""[^,;\t|\n]/.test(text);
  const form = { quote, escape: backslashed ? ("backslash" as const) : ("doubled" as const) };
  let best: { delimiter: FileDialect["delimiter"]; records: string[][]; lines: number[]; score: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const { records, lines } = recordsOf(text, { ...form, delimiter });
    const score = scoreOf(records);
    if (!best || score > best.score) best = { delimiter, records, lines, score };
  }
  if (!best) return USUAL_DIALECT;
  const header = headerAt(best.records);
  return {
    ...USUAL_DIALECT,
    ...form,
    delimiter: best.delimiter,
    headerLine: header === null ? 0 : (best.lines[header] ?? 1),
    decimal: decimalOf(best.records.slice((header ?? -1) + 1), best.delimiter),
  };
}

/** A single quote is a quote only where no double one is and it opens and closes cells. */
function quoteOf(text: string): FileDialect["quote"] {
  if (text.includes('"')) return '"';
  for (const quote of ["'", "`"] as const) {
    const opened = text.match(new RegExp(`(^|[,;\\t|\\n])${quote}`, "g"))?.length ?? 0;
    const closed = text.match(new RegExp(`${quote}($|[,;\\t|\\r\\n])`, "g"))?.length ?? 0;
    if (opened > 1 && opened === closed) return quote;
  }
  return '"';
}

function recordsOf(
  text: string,
  { delimiter, quote, escape: escaping }: Pick<FileDialect, "delimiter" | "quote" | "escape">,
) {
  const lines: number[] = [];
  const read = parse(text, {
    delimiter,
    quote: quote || null,
    escape: quote ? (escaping === "backslash" ? "\\" : quote) : null,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: LOOKED_AT,
    on_record: (record: string[], { lines: end }) => {
      // `lines` counts to the record's end: its first line is as many line breaks above as it holds.
      lines.push(end - record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0));
      return record;
    },
  });
  return { records: read as unknown as string[][], lines }; // without `columns` csv-parse gives arrays of text
}

/** Many columns, and the same number of them in each record. */
function scoreOf(records: string[][]): number {
  const columns = commonLength(records);
  if (columns < 2) return 0;
  const alike = records.filter((record) => record.length === columns).length / records.length;
  return alike * alike * (1 + Math.log2(columns));
}

function commonLength(records: string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** The first record as long as most are, when no cell of it is a number; null: there is no header. */
function headerAt(records: string[][]): number | null {
  const columns = commonLength(records);
  const at = records.findIndex((record) => record.length === columns);
  const cells = (records[at] ?? []).map((cell) => cell.trim());
  if (cells.length === 0) return 0;
  return cells.some((cell) => /^[-+$€£]?\d[\d.,]*$/.test(cell)) ? null : at;
}

function decimalOf(records: string[][], delimiter: string): FileDialect["decimal"] {
  let commas = 0;
  let points = 0;
  for (const cell of records.flat()) {
    const text = cell.trim();
    if (/^-?\d{1,3}(\.\d{3})*,\d{1,2}(\s*€)?$/.test(text)) commas++;
    else if (/^-?\d{1,3}(,?\d{3})*\.\d{1,2}$/.test(text)) points++;
  }
  return commas > points && (delimiter !== "," || commas > 0) ? "comma" : "point";
}

const DELIMITER_WORDS: Record<FileDialect["delimiter"], string> = {
  ",": "Commas",
  ";": "Semicolons",
  "\t": "Tabs",
  "|": "Pipes",
};
const ENCODING_WORDS: Record<Encoding, string> = {
  "utf-8": "UTF-8",
  "utf-8-bom": "UTF-8 with a mark",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

/** A dialect as a sentence. */
export function dialectWords(dialect: FileDialect, encoding: Encoding): string {
  const { delimiter, quote, escape: escaping, headerLine, decimal } = dialect;
  const quotes =
    quote === "" ? "no quotes" : `${quote} quotes${escaping === "backslash" ? " escaped by a backslash" : ""}`;
  const header = headerLine === 0 ? "no header" : `the header on line ${headerLine}`;
  return `${DELIMITER_WORDS[delimiter]} between columns, ${quotes}, ${ENCODING_WORDS[encoding]}, ${header}, decimal ${decimal}.`;
}
