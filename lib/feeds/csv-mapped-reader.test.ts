import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { readFeedText } from "@/lib/testing/read-feed";
import { readMappedCsv } from "./csv-mapped-reader";
import { FeedError } from "./feed-error";
import { type Mapping, mapping, USUAL_DIALECT } from "./mapping";

type Columns = (Partial<Mapping["columns"][number]> & { column: string })[];

const MAPPED = mapping.parse({
  keyColumn: "No",
  skuColumn: "No",
  columns: [
    { column: "Name", target: { to: "field", field: "name" } },
    { column: "Price", target: { to: "field", field: "priceCents" } },
    { column: "EAN", target: { to: "code", type: "upc", matches: true } },
    {
      column: "Colour",
      target: { to: "metafield", namespace: "custom", key: "colour", type: "single_line_text_field" },
    },
    { column: "Group", target: { to: "category", separator: "/" } },
    { column: "Pictures", target: { to: "image", separator: "|" } },
  ],
});

function read(text: string | Buffer, mapped: Partial<Mapping> = {}) {
  return readFeedText(readMappedCsv, { "list.csv": text }, { mapping: { ...MAPPED, ...mapped } });
}

const only = (columns: Columns) => ({ columns: mapping.parse({ columns }).columns });

test("C45 a supplier's list becomes products by what its mapping says", async () => {
  const feed = await read(
    [
      "No,Name,Price,EAN,Colour,Group,Pictures,Extra",
      'A-100,Pen,"1,234.50",96385074,Blue,Office/Pens,https://a.test/1|https://a.test/2,x',
      "",
    ].join("\r\n"),
  );
  expect(feed.rejections).toEqual([]);
  expect(feed.uncounted).toEqual({ "list.csv": 0 });
  expect(feed.categories.map(({ key, parentKey }) => [key, parentKey])).toEqual([
    ["Office", null],
    ["Office > Pens", "Office"],
  ]);
  expect(feed.products[0]).toMatchObject({
    key: "A-100",
    sku: "A-100",
    at: { file: "list.csv", line: 2 },
    fields: { name: "Pen", priceCents: 123_450, upc: "96385074" },
    categoryKey: "Office > Pens",
    codes: [{ type: "upc", code: "96385074" }],
    matchBy: [{ type: "upc", code: "96385074" }],
    metafields: [{ namespace: "custom", key: "colour", value: "Blue", type: "single_line_text_field" }],
    images: [{ url: "https://a.test/1", view: "Front" }, { url: "https://a.test/2" }],
  });
});

test("C55 an empty cell says nothing, clears, or means the default, as its column's policy has it", async () => {
  const text = "No,Name,Brand,Maker,Cost\nA-100,Pen,,,\n";
  const feed = await read(
    text,
    only([
      { column: "Name", target: { to: "field", field: "name" } },
      { column: "Brand", target: { to: "field", field: "brand" }, empty: { policy: "ignore" } },
      { column: "Maker", target: { to: "field", field: "manufacturer" }, empty: { policy: "clear" } },
      { column: "Cost", target: { to: "field", field: "costPriceCents" }, empty: { policy: "default", value: "2.50" } },
    ]),
  );
  expect(feed.products[0]?.fields).toEqual({ name: "Pen", manufacturer: null, costPriceCents: 250 });
});

test("an empty price is unknown by default, and one that does not parse is refused with its line and column", async () => {
  const feed = await read("No,Name,Price\nA-100,Pen,\nA-101,Ink,n/a\nA-102,Cap,0\n", only(MAPPED.columns.slice(0, 2)));
  expect(feed.products.map(({ key, fields }) => [key, "priceCents" in fields])).toEqual([["A-100", false]]);
  expect(feed.rejections.map(({ at, column, code }) => [at.line, column, code])).toEqual([
    [3, "Price", "price_not_a_number"],
    [4, "Price", "price_zero"],
  ]);
});

test.each<[string, Mapping["dialect"] & object, string | Buffer]>([
  [
    "semicolons and decimal commas",
    { ...USUAL_DIALECT, delimiter: ";", decimal: "comma" },
    "No;Name;Price\nA-100;Stift, blau;1.234,50 €\n",
  ],
  [
    "tabs, no quotes",
    { ...USUAL_DIALECT, delimiter: "\t", quote: "" },
    "No\tName\tPrice\nA-100\tStift, blau\t1234.5\n",
  ],
  [
    "pipes and single quotes",
    { ...USUAL_DIALECT, delimiter: "|", quote: "'" },
    "No|Name|Price\nA-100|'Stift, blau'|1234.50\n",
  ],
  [
    "a header on line 3",
    { ...USUAL_DIALECT, headerLine: 3 },
    'Price list\n\nNo,Name,Price\nA-100,"Stift, blau",1234.50\n',
  ],
  [
    "UTF-16 without a mark",
    { ...USUAL_DIALECT, encoding: "utf-16le" },
    iconv.encode('No,Name,Price\nA-100,"Stift, blau",1234.50\n', "utf-16le"),
  ],
])("C44 %s are read", async (_, dialect, text) => {
  const feed = await read(text, { dialect, ...only(MAPPED.columns.slice(0, 2)) });
  expect(feed.rejections).toEqual([]);
  expect(feed.products[0]?.fields).toEqual({ name: "Stift, blau", priceCents: 123_450 });
});

test("C44 a file without a header has columns by their place", async () => {
  const dialect = { ...USUAL_DIALECT, headerLine: 0 };
  const columns = only([{ column: "Column 2", target: { to: "field", field: "name" } }]);
  const feed = await read("A-100,Pen\nA-101,Ink\n", { dialect, keyColumn: "Column 1", skuColumn: null, ...columns });
  expect(feed.products.map(({ key, fields }) => [key, fields.name])).toEqual([
    ["A-100", "Pen"],
    ["A-101", "Ink"],
  ]);
});

test("the same key twice with other content takes neither row, and every row is counted once", async () => {
  const feed = await read(
    "No,Name\nA-100,Pen\nA-100,Ink\nA-101,Cap\nA-101,Cap\n",
    only([{ column: "Name", target: { to: "field", field: "name" } }]),
  );
  expect(feed.products.map(({ key }) => key)).toEqual(["A-101"]);
  expect(feed.rejections.map(({ code }) => code).sort()).toEqual(["duplicate_key", "repeat"]);
});

test("a mapping that names a column the file lacks says which, and nothing is read", async () => {
  await expect(read("No,Name\nA-100,Pen\n")).rejects.toThrow(
    "list.csv has no column Price, which this source's mapping needs.",
  );
  await expect(readFeedText(readMappedCsv, { "list.csv": "No\n1\n" })).rejects.toThrow(
    "This source has no mapping yet",
  );
});

test("headers that repeat or are named like an object's own are columns like any other", async () => {
  const columns = only([
    { column: "__proto__", target: { to: "field", field: "name" } },
    { column: "Size #2", target: { to: "field", field: "variation" } },
    { column: "constructor", target: { to: "field", field: "brand" } },
  ]);
  const feed = await read("No,__proto__,Size,Size,constructor\nA-100,Pen,S,L,Acme\n", columns);
  expect(feed.products[0]?.fields).toEqual({ name: "Pen", variation: "L", brand: "Acme" });
});

test("C54 2,500 columns and a line of a megabyte are read", async () => {
  const header = Array.from({ length: 2_500 }, (_, at) => `c${at}`);
  const row = header.map((_, at) => (at === 1 ? "x".repeat(1_000_000) : `v${at}`));
  const columns = only([
    { column: "c1", target: { to: "field", field: "description" } },
    { column: "c2499", target: { to: "field", field: "name" } },
  ]);
  const feed = await read(`${header.join(",")}\n${row.join(",")}\n`, { keyColumn: "c0", skuColumn: null, ...columns });
  expect(feed.products[0]?.fields.name).toBe("v2499");
  expect(feed.products[0]?.fields.description).toHaveLength(1_000_000);
});

const FRAGMENTS = [
  '"',
  '""',
  ";",
  ",",
  "\n",
  "\r",
  "\r\n",
  "\0",
  "\t",
  "é",
  "\xff",
  "__proto__",
  "0",
  "-1",
  "1e9",
  "=A1()",
  " ",
];

test("R11 whatever bytes come, the list is read to its end with each row counted once, or refused with a sentence", async () => {
  const good =
    'No,Name,Price,EAN,Colour,Group,Pictures\r\nA-100,"Pen, ""blue""",1.20,96385074,Blue,Office/Pens,https://a.test/1\r\nA-101,Ink,2,4008496273614,Black,Office,\r\n';
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: fc.nat(good.length), cut: fc.nat(20), put: fc.constantFrom(...FRAGMENTS) }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom(",", ";" as const),
      async (edits, delimiter) => {
        let text = good;
        for (const { at, cut, put } of edits) text = text.slice(0, at) + put + text.slice(at + cut);
        const dialect = { ...USUAL_DIALECT, delimiter: delimiter === ";" ? (";" as const) : ("," as const) };
        try {
          const feed = await read(Buffer.from(text, "latin1"), { dialect });
          expect(Object.values(feed.uncounted).every((rows) => rows === 0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FeedError);
        }
      },
    ),
    { numRuns: 120, seed: 44 },
  );
});
