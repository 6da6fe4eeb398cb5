import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { attribute, etilizeFeed, product } from "@/lib/testing/etilize-feed";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { readFeedText } from "@/lib/testing/read-feed";
import { readCategoryJson } from "./category-json-reader";
import { readMappedCsv } from "./csv-mapped-reader";
import { readErpList } from "./erp-reader";
import { readEtilize } from "./etilize-reader";
import { FeedError } from "./feed-error";
import type { FeedReader } from "./feed-record";
import { mapping } from "./mapping";
import { readShopifyCsv } from "./shopify-csv-reader";

/** Malformed feeds in all: a slice here, 10,000 as a proof of its own. */
const SLICE = 400;

const SHOPIFY = [
  "Handle,Title,Body (HTML),Variant Price,Variant Barcode,Image Src,Product Category,Metafield: custom.a.b,Metafield: custom.Size[list.single_line_text]",
  'pen,Pen,"a ""pen"", blue",1.20,96385074,https://a.test/1,Office > Pens,x,1',
  "pen,,,,,https://a.test/2,,,",
  'ink,Ink,"two\nlines",2,4008496273614,,Office,,2',
  "cap,Cap,Café,3,,,,y,",
  "",
].join("\r\n");

const MAPPED = mapping.parse({
  keyColumn: "No",
  skuColumn: "No",
  columns: [
    { column: "Name", target: { to: "field", field: "name" } },
    { column: "Price", target: { to: "field", field: "priceCents" } },
    { column: "EAN", target: { to: "code", type: "upc", matches: true } },
    { column: "Group", target: { to: "category", separator: "/" } },
    { column: "Pictures", target: { to: "image", separator: "|" } },
  ],
});

const LIST = [
  "No,Name,Price,EAN,Group,Pictures,Rest",
  'A-100,"Pen, ""blue""",1.20,96385074,Office/Pens,https://a.test/1|https://a.test/2,x',
  'A-101,"two\nlines",2,4008496273614,Office,,',
  "A-102,Café,3,,,,y",
  "",
].join("\r\n");

const ERP = [
  "ItemNumber,UnitPrice,UPC,QuantityOnHand",
  "CWS100,1.20,96385074,1",
  '"BAO-06009",2,4008496273614,2',
  "CCC100,3,,3",
  "",
].join("\n");

const CATEGORIES = JSON.stringify(
  [
    { id: "a", name: "Office", path: [{ id: "a", name: "Office" }], subCategories: [{ id: "b", name: "Pens" }] },
    { id: "b", name: "Pens", parentId: "a" },
    { id: 3, name: "Ink", children: [{ id: 4, name: "Blue", children: [{ id: 5, name: "Dark" }] }] },
  ],
  null,
  1,
);

const ETILIZE = etilizeFeed({
  "EN_US_B_product.csv": [product(1), product(2), product(3)],
  "EN_US_B_productattributes.csv": [attribute(1, 10, 'a "b" \\ c'), attribute(1, 11, "x\ny"), attribute(2, 12, "1")],
  "EN_US_SKU_UPC_productskus.csv": [
    [1, "UPC", "96385074", 1, "", ""],
    [2, "UPC", "4008496273614", 1, "", ""],
  ],
});

const FRAGMENTS = [
  '"',
  '""',
  "\\",
  ",",
  "\n",
  "\r",
  "\r\n",
  "\0",
  "\uFEFF",
  "é",
  "\xff",
  "__proto__",
  "constructor",
  "0",
  "-1",
  "1e9",
  "=A1()",
  "𝄞",
  " ",
];

/** Rows of a size and a width that no supplier's have. */
const HUGE = ["x".repeat(2 ** 20), ",".repeat(2_500)];

const KINDS: [string, FeedReader, Record<string, string>][] = [
  ["Etilize", readEtilize, ETILIZE],
  ["Shopify-shaped", readShopifyCsv, { "feed.csv": SHOPIFY }],
  ["ERP", readErpList, { "items.csv": ERP }],
  ["mapped", readMappedCsv, { "list.csv": LIST }],
  ["category", readCategoryJson, { "tree.json": CATEGORIES }],
];

const FEEDS = Math.ceil(proofCount(SLICE) / KINDS.length);
const LIMIT = proofTimeout(SLICE, 60_000);
/** Longer than this is a hang, in milliseconds. */
const HANG_MS = 10_000;

type Mutation = { at: number; length: number; insert: string; file: number };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(1200),
  length: fc.oneof(fc.constant(0), fc.nat(40)),
  insert: fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...FRAGMENTS) },
    { weight: 60, arbitrary: fc.string({ maxLength: 6, unit: "binary" }) },
    { weight: 1, arbitrary: fc.constantFrom(...HUGE) },
  ),
  file: fc.nat(20),
});

/** How the text comes as bytes. */
const FORMS = {
  utf8: (text: string) => Buffer.from(text, "utf8"),
  latin1: (text: string) => Buffer.from(text, "latin1"),
  utf16le: (text: string) => iconv.encode(text, "utf-16le", { addBOM: true }),
  utf16be: (text: string) => iconv.encode(text, "utf-16be", { addBOM: true }),
  gzip: (text: string) => gzipSync(text),
  cutGzip: (text: string) => {
    const packed = gzipSync(text);
    return packed.subarray(0, Math.max(2, packed.length - 9));
  },
};
const form = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("utf8", "latin1") },
  { weight: 3, arbitrary: fc.constantFrom("utf16le", "utf16be", "gzip", "cutGzip") },
) as fc.Arbitrary<keyof typeof FORMS>;

function mutate(contents: Record<string, string>, mutations: Mutation[]): Record<string, string> {
  const names = Object.keys(contents);
  const mutated = { ...contents };
  for (const { at, length, insert, file } of mutations) {
    const name = names[file % names.length] ?? "";
    const text = mutated[name] ?? "";
    const from = at % (text.length + 1);
    // Doubling a stretch is how the same row comes twice.
    const added = insert === "0" ? text.slice(from, from + 60) : insert;
    mutated[name] = text.slice(0, from) + added + text.slice(from + length);
  }
  return mutated;
}

test.each(KINDS)(
  "R10 R11 a mutated %s feed is read or refused with a sentence, and its rows add up",
  async (name, reader, contents) => {
    const told = { refusedRows: 0, refusedFiles: 0, slowestMs: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), form, async (mutations, form) => {
        const files = Object.entries(mutate(contents, mutations)).map(([file, text]) => [file, FORMS[form](text)]);
        const began = performance.now();
        try {
          const feed = await readFeedText(reader, Object.fromEntries(files), { mapping: MAPPED });
          expect(form).not.toBe("cutGzip");
          expect(Object.values(feed.uncounted).filter((rows) => rows !== 0)).toEqual([]);
          expect(new Set(feed.products.map(({ key }) => key)).size).toBe(feed.products.length);
          told.refusedRows += feed.rejections.length;
          for (const { at, reason, raw } of feed.rejections) {
            expect(at.line).toBeGreaterThan(0);
            expect(reason).not.toBe("");
            expect(raw).not.toBe("");
          }
        } catch (error) {
          if (!(error instanceof FeedError)) throw error;
          told.refusedFiles++;
        } finally {
          told.slowestMs = Math.max(told.slowestMs, Math.round(performance.now() - began));
        }
      }),
      { numRuns: FEEDS, seed: proofSeed(), interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: true },
    );
    expect(told.slowestMs).toBeLessThan(HANG_MS);
    reportProof("R11", { feeds: FEEDS, kind: name, ...told });
  },
  LIMIT + 30_000,
);
