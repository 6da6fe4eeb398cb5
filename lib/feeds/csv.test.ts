import { parse } from "csv-parse/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readCsvText } from "@/lib/testing/read-csv";
import type { CsvDialect } from "./csv-record";

/** Chunks that cut records, quotes and characters in two, and one that cuts nothing. */
const CHUNKS = [1, 2, 3, 1000];

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
  ["a\r\nb\nc\r\n", "doubled", [["a"], ["b"], ["c"]]],
  ["x\na\rb,c\nd", "doubled", [["x"], ["a\rb", "c"], ["d"]]],
  ['"a,b","c""d"\n', "doubled", [["a,b", 'c"d']]],
  ['"a\r\nb",c\r\n', "doubled", [["a\r\nb", "c"]]],
  ['"",""\n', "doubled", [["", ""]]],
  ["\n\na\n\n", "doubled", [["a"]]],
  ["", "doubled", []],
  ["a,é,𝄞\n", "doubled", [["a", "é", "𝄞"]]],
  ['"a\\"b","c\\\\"\r\n', "backslash", [['a"b', "c\\"]]],
  ['"a\\nb","\\t\\\\n\\x",\\n\n', "backslash", [["a\nb", "\t\\nx", "\\n"]]],
  ["a\\b,c\n", "backslash", [["a\\b", "c"]]],
])("%j (%s) is %j", async (text, dialect, fields) => {
  for (const chunkBytes of CHUNKS)
    expect((await readCsvText(text, dialect, { chunkBytes })).map((record) => record.fields)).toEqual(fields);
});

test("A07 bytes of windows-1252 are read as what they mean, and offsets stay bytes", async () => {
  const bytes = iconv.encode("a™,“b”\r\n€,c\r\n", "windows-1252");
  const records = await readCsvText(bytes, "doubled", { chunkBytes: 3 });
  expect(records.map(({ fields, offset, raw }) => [fields, offset, raw])).toEqual([
    [["a™", "“b”"], 0, "a™,“b”"],
    [["€", "c"], 8, "€,c"],
  ]);
});

type Line = [number, string | null];

describe("R12 broken lines", () => {
  test.each<[string, CsvDialect, Line[]]>([
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
      'a\r\r"b\rc\r',
      "doubled",
      [
        [1, null],
        [3, "unclosed_quote"],
        [4, null],
      ],
    ],
    [
      'a\n"b',
      "doubled",
      [
        [1, null],
        [2, "unclosed_quote"],
      ],
    ],
    [
      "a\nb\0,c\nd",
      "doubled",
      [
        [1, null],
        [2, "nul_byte"],
        [3, null],
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
    [
      '"a\\"\nb\n',
      "backslash",
      [
        [1, "unclosed_quote"],
        [2, null],
      ],
    ],
  ])("a broken quote in %j (%s) costs its own line alone", async (text, dialect, expected) => {
    for (const chunkBytes of CHUNKS) {
      const records = await readCsvText(text, dialect, { chunkBytes });
      expect(records.map(({ line, problem }) => [line, problem])).toEqual(expected);
    }
  });

  test("lines and bytes are those of the file, whatever was quoted", async () => {
    const text = '\uFEFF"a\nb\r\nc",1\r\n\r\n"d",2\r\nx"\r\né,3';
    for (const chunkBytes of [1, 2, 5, 1000]) {
      const records = await readCsvText(text, "doubled", { chunkBytes });
      expect(records.map(({ line, offset }) => [line, offset])).toEqual([
        [1, 3],
        [5, 17],
        [6, 24],
        [7, 28],
      ]);
      expect(records.map(({ raw }) => raw)).toEqual(['"a\nb\r\nc",1', '"d",2', 'x"', "é,3"]);
    }
  });

  test("R11 a row without end is refused, and what follows is read", async () => {
    const text = `a,b\n${"x".repeat(5000)}\nc,d\n`;
    const records = await readCsvText(text, "doubled", { chunkBytes: 100, longestRecord: 1000 });
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [2, "row_too_long"],
      [3, null],
    ]);
  });

  test("R11 a quote that never closes is given up at the longest record, and every row behind it is read", async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `row ${index},${"y".repeat(index % 50)}\n`);
    const records = await readCsvText(`a,"b\n${rows.join("")}`, "doubled", { chunkBytes: 100, longestRecord: 1000 });
    expect(records[0]).toMatchObject({ line: 1, problem: "unclosed_quote", raw: 'a,"b' });
    expect(records.slice(1).map(({ line, raw }) => [line, `${raw}\n`])).toEqual(rows.map((row, at) => [at + 2, row]));
  });
});

const OPTIONS = { relax_column_count: true, record_delimiter: ["\r\n", "\n"], skip_empty_lines: true };
const cell = fc.string({ unit: fc.constantFrom("a", "B", "1", " ", ",", '"', "\\", "\r\n", "é"), maxLength: 8 });

test.each(["doubled", "backslash"] as const)(
  "well-formed text (%s) keeps every cell and place",
  async (dialect) => {
    const escapeWith = dialect === "doubled" ? '"' : "\\";
    const write = (text: string) =>
      dialect === "doubled" ? text.replaceAll('"', '""') : text.replace(/[\\"]/g, "\\$&");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, chunkBytes) => {
          const text = rows.map((row) => row.map((value) => `"${write(value)}"`).join(",")).join("\r\n");
          const records = await readCsvText(text, dialect, { chunkBytes });
          expect(records.map(({ fields }) => fields)).toEqual(rows);
          // What stands at each place is that record, read alone.
          for (const { raw, fields } of records)
            expect(parse(raw, { ...OPTIONS, escape: escapeWith })).toEqual([fields]);
        },
      ),
      { numRuns: 100, seed: 20261121 },
    );
  },
  60_000,
);

test("R11 whatever comes, every line is a record or part of one, and the pieces it came in don't matter", async () => {
  const mess = fc.string({ unit: fc.constantFrom("a", ",", '"', "\\", "\n", "\r\n", "\0"), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      mess,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom<CsvDialect>("doubled", "backslash"),
      async (text, chunkBytes, dialect) => {
        const whole = await readCsvText(text, dialect);
        expect(await readCsvText(text, dialect, { chunkBytes })).toEqual(whole);
        let end = 0;
        for (const { offset, bytes, raw, line } of whole) {
          expect(text.slice(end, offset).trim()).toBe("");
          expect(raw).toBe(text.slice(offset, offset + bytes));
          expect(line).toBe(text.slice(0, offset).split("\n").length);
          end = offset + bytes;
        }
        expect(text.slice(end).trim()).toBe("");
      },
    ),
    { numRuns: 200, seed: 20261121 },
  );
}, 60_000);
