import fc from "fast-check";
import { expect, test } from "vitest";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { readFeedText } from "@/lib/testing/read-feed";
import { readMappedCsv } from "./csv-mapped-reader";
import { readErpList } from "./erp-reader";
import type { FeedReader } from "./feed-record";
import { mapping } from "./mapping";
import { readShopifyCsv } from "./shopify-csv-reader";

const SLICE = 90;

const MAPPED = mapping.parse({
  keyColumn: "No",
  skuColumn: "No",
  columns: [
    { column: "Name", target: { to: "field", field: "name" } },
    { column: "Price", target: { to: "field", field: "priceCents" } },
  ],
});

interface Format {
  reader: FeedReader;
  header: string;
  /** A good row; `text` is a quoted cell that may hold line ends. */
  good: (key: number, text: string) => string;
  /** Rows that can't be taken, by the code they must be refused with. */
  bad: Record<string, (key: number, text: string) => string>;
}

const FORMATS: Record<string, Format> = {
  mapped: {
    reader: readMappedCsv,
    header: "No,Name,Price",
    good: (key, text) => `A-${key},${text},1.20`,
    bad: {
      cut_row: (key, text) => `A-${key},${text}`,
      too_many_columns: (key, text) => `A-${key},${text},1.20,x`,
      price_not_a_number: (key, text) => `A-${key},${text},n/a`,
      price_zero: (key, text) => `A-${key},${text},0`,
      nul_byte: (key, text) => `A-${key},${text},1\0`,
      stray_quote: (key, text) => `A-${key},${text}x,1.20`,
    },
  },
  erp: {
    reader: readErpList,
    header: "ItemNumber,Name,UPC,ListPrice,QuantityOnHand",
    good: (key, text) => `CWS${key},${text},,1.20,1`,
    bad: {
      cut_row: (key, text) => `CWS${key},${text},`,
      too_many_columns: (key, text) => `CWS${key},${text},,1.20,1,x`,
      price_not_a_number: (key, text) => `CWS${key},${text},,n/a,1`,
      price_zero: (key, text) => `CWS${key},${text},,0,1`,
      nul_byte: (key, text) => `CWS${key},${text},,1\0,1`,
      stray_quote: (key, text) => `CWS${key},${text}x,,1,1`,
    },
  },
  shopify: {
    reader: readShopifyCsv,
    header: "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]",
    good: (key, text) => `pen-${key},${text},,1.20,SPR${key}`,
    bad: {
      cut_row: (key, text) => `pen-${key},${text},`,
      too_many_columns: (key, text) => `pen-${key},${text},,1.20,SPR${key},x`,
      price_not_a_number: (key, text) => `pen-${key},${text},,n/a,SPR${key}`,
      price_zero: (key, text) => `pen-${key},${text},,0,SPR${key}`,
      nul_byte: (key, text) => `pen-${key},${text},,1\0,SPR${key}`,
      stray_quote: (key, text) => `pen-${key},${text}x,,1,SPR${key}`,
    },
  },
};

/** A quoted cell whose line ends are none of the file's rows. */
const quoted = fc
  .array(fc.constantFrom("Pen", ", blue", "\n", "\r\n", '""', " é"), { minLength: 1, maxLength: 5 })
  .map((parts) => `"Pen ${parts.join("")}"`);
const row = fc.record({ text: quoted, plant: fc.nat(30) });

test.each(Object.entries(FORMATS))(
  "R12 in a %s feed every planted error is told with its physical line, and every good row is taken",
  async (kind, { reader, header, good, bad }) => {
    const codes = Object.keys(bad);
    const feeds = Math.ceil(proofCount(SLICE) / Object.keys(FORMATS).length);
    let planted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.constantFrom("\n", "\r\n"),
        async (rows, lineEnd) => {
          let text = header + lineEnd;
          const expected: string[] = [];
          let taken = 0;
          for (const [at, { text: cell, plant }] of rows.entries()) {
            const line = text.split("\n").length;
            const code = codes[plant];
            // Behind a stray quote nobody can say which line ends are a cell's.
            const whole = code === "stray_quote" ? '"Pen"' : cell;
            const written = code === undefined ? good(1_000 + at, whole) : bad[code]?.(1_000 + at, whole);
            if (code === undefined) taken++;
            else expected.push(`${line} ${code}`);
            text += written + lineEnd;
          }
          const feed = await readFeedText(reader, { "list.csv": text }, { mapping: MAPPED });
          const errors = feed.rejections.filter(({ severity }) => severity === "error");
          expect(errors.map(({ at, code }) => `${at.line} ${code}`).toSorted()).toEqual(expected.toSorted());
          expect(errors.every(({ at, reason }) => at.file === "list.csv" && /\w.*\.$/.test(reason))).toBe(true);
          expect(feed.products).toHaveLength(taken);
          expect(Object.values(feed.uncounted)).toEqual([0]);
          planted += expected.length;
        },
      ),
      { numRuns: feeds, seed: proofSeed() },
    );
    reportProof("R12", { kind, feeds, planted, exact: planted });
  },
  proofTimeout(SLICE, 60_000),
);
