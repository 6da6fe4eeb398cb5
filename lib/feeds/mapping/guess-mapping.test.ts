import { expect, test } from "vitest";
import { USUAL_DIALECT } from "../mapping";
import { mappingProblem } from "./check-mapping";
import { detectDialect, dialectWords } from "./detect-dialect";
import { guessMapping } from "./guess-mapping";
import { plainNumber } from "./read-cell";
import { ColumnCounter } from "./sample-columns";

function columnsOf(header: string[], rows: string[][]) {
  const counter = new ColumnCounter();
  for (const name of header) counter.add(name, name, "column");
  for (const row of rows) {
    counter.countRow();
    row.forEach((cell, at) => {
      counter.count(header[at] ?? "", cell);
    });
  }
  return counter.end();
}

test("a list's columns are guessed by their headers, and the guess can be saved as it is", () => {
  const header = ["Item No.", "Title", "MSRP", "Qty", "UPC/EAN", "Brand", "Desc", "Category", "Image URL", "Colour"];
  const rows = [
    [
      "A-1",
      "Pen",
      "1.20",
      "3",
      "96385074",
      "Acme",
      "A pen",
      "Office | Pens",
      "https://a.test/1|https://a.test/2",
      "Blue",
    ],
    ["A-2", "Ink", "2.00", "4", "4008496273614", "Acme", "Ink", "Office", "https://a.test/3", "Red"],
  ];
  const guess = guessMapping(columnsOf(header, rows));
  expect(guess).toMatchObject({ keyColumn: "Item No.", skuColumn: "Item No." });
  expect(Object.fromEntries(guess.columns.map(({ column, target }) => [column, target]))).toEqual({
    Title: { to: "field", field: "name" },
    MSRP: { to: "field", field: "priceCents" },
    Qty: { to: "field", field: "inventoryQuantity" },
    "UPC/EAN": { to: "code", type: "upc", matches: true },
    Brand: { to: "field", field: "brand" },
    Desc: { to: "field", field: "description" },
    Category: { to: "category", by: "create", separator: "|" },
    "Image URL": { to: "image", separator: "|" },
    Colour: { to: "metafield", namespace: "custom", key: "colour", type: "single_line_text_field", separator: "" },
  });
  expect(mappingProblem("csv", guess)).toBeNull();
});

test("two columns never go to one field", () => {
  const guess = guessMapping(columnsOf(["SKU", "Name", "Title", "Price", "List price"], [["A-1", "a", "b", "1", "2"]]));
  expect(mappingProblem("csv", guess)).toBeNull();
});

test("a length is guessed where its header names the unit, and left to a person where it does not", () => {
  const header = ["SKU", "Length (cm)", "Width in.", "Height"];
  const guess = guessMapping(columnsOf(header, [["A-1", "12.5", "3", "2"]]));
  expect(Object.fromEntries(guess.columns.map(({ column, target }) => [column, target]))).toMatchObject({
    "Length (cm)": { to: "field", field: "lengthMm", unit: "cm" },
    "Width in.": { to: "field", field: "widthMm", unit: "in" },
    Height: { to: "metafield", key: "height" },
  });
});

test.each([
  ["a;b;c\n1;x;2,50\n2;y;3,75\n", { delimiter: ";", decimal: "comma", headerLine: 1 }],
  ['a,b\n"x, y",2\n', { delimiter: ",", decimal: "point" }],
  ["a\tb\nx, y, z\t2\n", { delimiter: "\t" }],
  ["a|b\n'x|y'|2\n'z'|3\n", { delimiter: "|", quote: "'" }],
  ["Our list, 2026\n\na,b,c\n1,2,3\n4,5,6\n", { headerLine: 3 }],
  ["100,Pen,1.20\n101,Ink,2.00\n", { headerLine: 0 }],
  ['a,b\n"x \\"y\\" z",2\n', { escape: "backslash" }],
  ["", {}],
] as const)("%j is written as %j", (text, expected) => {
  expect(detectDialect(text)).toMatchObject({ ...USUAL_DIALECT, ...expected });
});

test("a dialect is told as a sentence", () => {
  expect(dialectWords({ ...USUAL_DIALECT, delimiter: ";", decimal: "comma" }, "windows-1252")).toBe(
    'Semicolons between columns, " quotes, Windows-1252, the header on line 1, decimal comma.',
  );
});

test.each([
  ["1,234.50", "point", "1234.50"],
  ["12,49", "point", null],
  ["12,49", "comma", "12.49"],
  ["1.234,50 €", "comma", "1234.50"],
  ["1.234", "comma", "1234"],
  ["1.23", "comma", null],
  ["USD 5", "point", "5"],
  ["-3", "point", "-3"],
  ["1e9", "point", null],
  ["n/a", "point", null],
] as const)("%s with a decimal %s is %s", (text, decimal, expected) => {
  expect(plainNumber(text, decimal)).toBe(expected);
});
