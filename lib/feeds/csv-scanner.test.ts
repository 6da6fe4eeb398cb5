import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvDialect, CsvScanner, type ScannedRecord } from "./csv-scanner";

/** Scans a text given in pieces of that size. */
function scan(
  text: string,
  dialect: CsvDialect = "doubled",
  size = text.length || 1,
  longest?: number,
): ScannedRecord[] {
  const scanner = new CsvScanner(dialect, 0, longest);
  const records: ScannedRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...scanner.scan(text.slice(at, at + size), false));
  return [...records, ...scanner.scan("", true)];
}

test.each<[string, CsvDialect, string[][]]>([
  [
    "a,b\r\nc,d\r\n",
    "doubled",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "a,b\nc,",
    "doubled",
    [
      ["a", "b"],
      ["c", ""],
    ],
  ],
  [
    "a,b\rc,d\r",
    "doubled",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ['"a,b","c""d"\n', "doubled", [["a,b", 'c"d']]],
  ['"a\r\nb",c\r\n', "doubled", [["a\r\nb", "c"]]],
  ['"",""\n', "doubled", [["", ""]]],
  ["\n\na\n\n", "doubled", [["a"]]],
  ["", "doubled", []],
  ['"a\\"b","c\\\\"\r\n', "backslash", [['a"b', "c\\"]]],
  ['"a\\nb"\n', "backslash", [["a\nb"]]],
  ["a\\b,c\n", "backslash", [["a\\b", "c"]]],
])("%j (%s) is %j", (text, dialect, fields) => {
  for (const size of [1, 2, 3, 1000]) expect(scan(text, dialect, size).map((record) => record.fields)).toEqual(fields);
});

test.each<[string, CsvDialect, [number, string | null][]]>([
  [
    'a\n"b\nc\nd\n',
    "doubled",
    [
      [1, null],
      [2, "unclosed_quote"],
      [3, null],
      [4, null],
    ],
  ],
  [
    'a\nb"c\nd\n',
    "doubled",
    [
      [1, null],
      [2, "stray_quote"],
      [3, null],
    ],
  ],
  [
    'a\n"b" c\n"d\ne"\nf\n',
    "doubled",
    [
      [1, null],
      [2, "stray_quote"],
      [3, null],
      [5, null],
    ],
  ],
  [
    'a\n"b\nc,"d"\ne\n',
    "doubled",
    [
      [1, null],
      [2, "stray_quote"],
      [3, null],
      [4, null],
    ],
  ],
  [
    '"a\\"\n"b"\n',
    "backslash",
    [
      [1, "stray_quote"],
      [2, null],
    ],
  ],
])("R12 a broken quote in %j (%s) costs its own line alone", (text, dialect, expected) => {
  for (const size of [1, 3, 1000])
    expect(scan(text, dialect, size).map(({ line, problem }) => [line, problem])).toEqual(expected);
});

test("R12 lines and bytes are those of the file, whatever was quoted", () => {
  const text = '"a\nb\nc",1\r\n\r\n"d",2\r\nx"\r\ne,3';
  for (const size of [1, 2, 5, 1000]) {
    const records = scan(text, "doubled", size);
    expect(records.map(({ line }) => line)).toEqual([1, 5, 6, 7]);
    for (const { offset, text: raw } of records) expect(text.slice(offset, offset + raw.length)).toBe(raw);
  }
});

test("R11 a row without end is refused, and what follows is read", () => {
  const text = `a,b\n${"x".repeat(5000)}\nc,d\n`;
  expect(scan(text, "doubled", 100, 1000).map(({ line, problem }) => [line, problem])).toEqual([
    [1, null],
    [2, "row_too_long"],
    [3, null],
  ]);
});

const OPTIONS = { relax_column_count: true, record_delimiter: ["\r\n", "\n"], skip_empty_lines: true };
const cell = fc.string({ unit: fc.constantFrom("a", "B", "1", " ", ",", '"', "\\", "\r\n", "é"), maxLength: 8 });

test.each(["doubled", "backslash"] as const)("well-formed text (%s) is read as csv-parse reads it", (dialect) => {
  const escapeWith = dialect === "doubled" ? '"' : "\\";
  const write = (text: string) => (dialect === "doubled" ? text.replaceAll('"', '""') : text.replace(/[\\"]/g, "\\$&"));
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      (rows, size) => {
        const text = rows.map((row) => row.map((value) => `"${write(value)}"`).join(",")).join("\r\n");
        // Without `columns` csv-parse gives arrays of text.
        const oracle = parse(text, { ...OPTIONS, escape: escapeWith }) as unknown as string[][];
        expect(scan(text, dialect, size).map(({ fields }) => fields)).toEqual(oracle);
        expect(oracle).toEqual(rows);
      },
    ),
    { numRuns: 300, seed: 20261121 },
  );
});

test("R11 whatever comes, every line is a record or part of one, and the pieces it came in don't matter", () => {
  const mess = fc.string({ unit: fc.constantFrom("a", ",", '"', "\\", "\n", "\r\n", "\0"), maxLength: 60 });
  fc.assert(
    fc.property(
      mess,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom<CsvDialect>("doubled", "backslash"),
      (text, size, dialect) => {
        const whole = scan(text, dialect);
        expect(scan(text, dialect, size)).toEqual(whole);
        let rest = text;
        for (const { text: raw } of [...whole].reverse()) {
          const at = rest.lastIndexOf(raw);
          expect(rest.slice(at + raw.length).trim()).toBe("");
          rest = rest.slice(0, at);
        }
        expect(rest.trim()).toBe("");
      },
    ),
    { numRuns: 500, seed: 20261121 },
  );
});
