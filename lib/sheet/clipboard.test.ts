import fc from "fast-check";
import { expect, test } from "vitest";
import { clipboardHtml, readClipboard, writeClipboard } from "./clipboard";

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', "\t", "\n", "a", " ", ","), maxLength: 8 }),
);
const clean = cell.map((text) => text.replace(/\0|\r/g, ""));

test("C40 whatever is copied is pasted as it was, quotes, tabs and line breaks too", () => {
  const block = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([width, height]) =>
      fc.array(fc.array(clean, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    )
    // One empty cell is an empty clipboard; an empty last row can't be told from the line break behind the rows.
    .filter((rows) => rows.at(-1)?.join("") !== "");
  fc.assert(
    fc.property(block, (rows) => {
      expect(readClipboard(writeClipboard(rows))).toEqual(rows);
      expect(readClipboard(`${writeClipboard(rows)}\r\n`)).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test("C40 no text from a clipboard breaks the reading, and none of its letters is lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', "\t", "\n", "\r", "x", "é"), maxLength: 40 }), (text) => {
      const letters = (of: string) => [...of].filter((sign) => sign === "x" || sign === "é").length;
      expect(letters(readClipboard(text).flat().join(""))).toBe(letters(text));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  [
    "a\tb\r\nc\td\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ['"two\nlines"\tx', [["two\nlines", "x"]]],
  ['5" pipe\t7"', [['5" pipe', '7"']]],
  ['"Best" pen\tx', [['"Best" pen', "x"]]],
  ['"say ""hi"""', [['say "hi"']]],
  ["a\t\t\n", [["a", "", ""]]],
  ["", [[""]]],
])("%j as Excel writes it", (text, rows) => {
  expect(readClipboard(text)).toEqual(rows);
});

test("a copied table holds no markup of the catalogue's", () => {
  expect(clipboardHtml([["<b>1 & 2</b>", "x\ny"]])).toBe(
    "<table><tr><td>&lt;b&gt;1 &amp; 2&lt;/b&gt;</td><td>x<br>y</td></tr></table>",
  );
});
