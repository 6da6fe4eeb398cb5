import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { describeSharedData } from "@/lib/testing/shared-data";
import { distinctNames, headedBatches } from "./headed-csv";
import { type FileDialect, mapping, USUAL_DIALECT } from "./mapping";
import { detectDialect } from "./mapping/detect-dialect";
import { openSourceFiles } from "./source-files";

/** A file's rows by their headers, read as a list of kind `csv` would be. */
async function readRows(path: string, said?: Partial<FileDialect>) {
  const scratchFolder = await mkdtemp(join(tmpdir(), "stockroom-messy-"));
  try {
    const dialect = said ? { ...USUAL_DIALECT, ...said } : detectDialect(await readFile(path, "utf8"));
    const files = [{ path, name: basename(path) }];
    const input = { files, scratchFolder, knownDefinitions: new Map(), mapping: mapping.parse({ dialect }) };
    const [file] = await openSourceFiles(input, () => true);
    const rows: Record<string, string | undefined>[] = [];
    let encoding = "";
    if (file) {
      encoding = file.encoding;
      for await (const batch of headedBatches(file, undefined, dialect)) {
        const names = distinctNames(batch.header);
        for (const { fields, problem } of batch.rows) {
          expect(problem).toBeNull();
          rows.push(Object.fromEntries(names.map((name, at) => [name, fields[at]])));
        }
      }
    }
    return { rows, dialect, encoding };
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

describeSharedData("C44 files that break parsers", (path) => {
  test("csv-spectrum gives its known answers, the dialect found by itself", async () => {
    const names = await readdir(path("messy", "csv-spectrum", "csvs"));
    expect(names).toHaveLength(11);
    for (const name of names) {
      const answer = path("messy", "csv-spectrum", "json", name.replace(".csv", ".json"));
      const { rows } = await readRows(path("messy", "csv-spectrum", "csvs", name));
      const expected: Record<string, string>[] = JSON.parse(await readFile(answer, "utf8"));
      expect({ name, rows: rows.map(unified) }).toEqual({ name, rows: expected.map(unified) });
    }
  });

  test.each<[string, Record<string, string>[], Partial<FileDialect> | undefined]>([
    ["option-quote.csv", [{ a: "1", b: "some value", c: "2" }], { quote: "'" }],
    ["option-quote-escape.csv", [{ a: "1", b: "some 'escaped' value", c: "2" }], { quote: "'", escape: "backslash" }],
    ["option-escape.csv", [{ a: "1", b: 'some "escaped" value', c: "2" }], undefined],
    [
      "mac-newlines.csv",
      [
        { a: "1", b: "2", c: "3" },
        { a: "Once upon\ra time", b: "5", c: "6" },
      ],
      undefined,
    ],
    ["comment.csv", [{ a: "1", b: "2", c: "3" }], undefined],
    [
      "utf16.csv",
      [
        { a: "1", b: "2", c: "3" },
        { a: "4", b: "5", c: "ʤ" },
      ],
      {},
    ],
    [
      "utf16-big.csv",
      [
        { a: "1", b: "2", c: "3" },
        { a: "4", b: "5", c: "ʤ" },
      ],
      {},
    ],
    [
      "latin.csv",
      [
        { a: "1", b: "2", c: "3" },
        { a: "4", b: "5", c: "©" },
      ],
      undefined,
    ],
    [
      "comma-in-quote.csv",
      [{ first: "John", last: "Doe", address: "120 any st.", city: "Anytown, WW", zip: "08123" }],
      undefined,
    ],
  ])("%s is read as it was meant", async (name, expected, said) => {
    const { rows } = await readRows(path("messy", "csv-parser-fixtures", name), said);
    expect(rows.slice(0, expected.length)).toEqual(expected);
  });

  test.each<[string, Partial<FileDialect>, Record<string, string>]>([
    ["accent.csv", { delimiter: ";" }, {}],
    ["bom.csv", { delimiter: "," }, { id: "1", name: "english" }],
    ["latin1.csv", { delimiter: "," }, { id: "1", name: "english" }],
    ["skip-rows-before-headers.csv", { delimiter: ",", headerLine: 2 }, { id: "1", name: "english" }],
    ["table_unicode_headers.csv", { delimiter: "," }, { id: "1", 国人: "english" }],
  ])("how %s is written is found out", async (name, found, first) => {
    const { rows, dialect } = await readRows(path("messy", "tabulator", name));
    expect(dialect).toMatchObject(found);
    expect(rows[0]).toMatchObject(first);
  });
});

/** Line ends inside cells are kept as the file has them; the answers are written with one kind. */
function unified(row: Record<string, string | undefined>) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value?.replaceAll("\r\n", "\n")]));
}
