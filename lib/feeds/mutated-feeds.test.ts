import fc from "fast-check";
import { expect, test } from "vitest";
import { attribute, etilizeFeed, product } from "@/lib/testing/etilize-feed";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { readFeedText } from "@/lib/testing/read-feed";
import { readCategoryJson } from "./category-json-reader";
import { readErpList } from "./erp-reader";
import { readEtilize } from "./etilize-reader";
import { FeedError } from "./feed-error";
import type { FeedReader } from "./feed-record";
import { readShopifyCsv } from "./shopify-csv-reader";

/** Malformed feeds in all: a slice here, 10,000 as a proof of its own. */
const SLICE = 600;

const SHOPIFY = [
  "Handle,Title,Body (HTML),Variant Price,Variant Barcode,Image Src,Product Category,Metafield: custom.a.b,Metafield: custom.Size[list.single_line_text]",
  'pen,Pen,"a ""pen"", blue",1.20,96385074,https://a.test/1,Office > Pens,x,1',
  "pen,,,,,https://a.test/2,,,",
  'ink,Ink,"two\nlines",2,4008496273614,,Office,,2',
  "cap,Cap,Café,3,,,,y,",
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

const FEEDS = Math.ceil(proofCount(SLICE) / 4);
const LIMIT = proofTimeout(SLICE, 60_000);

type Mutation = { at: number; length: number; insert: string; file: number };
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(1200),
  length: fc.oneof(fc.constant(0), fc.nat(40)),
  insert: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 6, unit: "binary" })),
  file: fc.nat(20),
});

function mutate(contents: Record<string, string>, mutations: Mutation[], asLatin1: boolean): Record<string, Buffer> {
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
  return Object.fromEntries(
    names.map((name) => [name, Buffer.from(mutated[name] ?? "", asLatin1 ? "latin1" : "utf8")]),
  );
}

test.each<[string, FeedReader, Record<string, string>]>([
  ["Etilize", readEtilize, ETILIZE],
  ["Shopify-shaped", readShopifyCsv, { "feed.csv": SHOPIFY }],
  ["ERP", readErpList, { "items.csv": ERP }],
  ["category", readCategoryJson, { "tree.json": CATEGORIES }],
])(
  "R10 R11 a mutated %s feed is read or refused with a sentence, and its rows add up",
  async (name, reader, contents) => {
    const told = { refusedRows: 0, refusedFiles: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (mutations, asLatin1) => {
          try {
            const feed = await readFeedText(reader, mutate(contents, mutations, asLatin1));
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
          }
        },
      ),
      { numRuns: FEEDS, seed: proofSeed(), interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: true },
    );
    reportProof("R11", { feeds: FEEDS, kind: name, ...told });
  },
  LIMIT + 30_000,
);
