import { describe, expect, test } from "vitest";
import type { FieldSource } from "@/lib/catalog/field-source";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import { Precedence } from "@/lib/feeds/precedence";
import { type CatalogueProduct, diffProduct, type FeedVoice } from "./diff-product";
import { fieldHashes } from "./item-hash";

const CONTENT = "content-source";
const ERP = "erp-source";
const PRECEDENCE = new Precedence(
  [
    { id: CONTENT, kind: "etilize" },
    { id: ERP, kind: "erp" },
    { id: "csv", kind: "shopify_csv" },
  ],
  { commerce: [], content: [], fields: {} },
);

function item(overrides: Partial<FeedProduct> = {}): FeedProduct {
  return {
    record: "product",
    key: "1",
    at: { file: "feed.csv", line: 7 },
    sku: "SPR1",
    fields: { name: "Mug" },
    codes: [],
    matchBy: [],
    rows: {},
    ...overrides,
  };
}

function product(overrides: Partial<CatalogueProduct> = {}): CatalogueProduct {
  return {
    id: "p1",
    sku: "SPR1",
    version: 1,
    categoryId: "c1",
    fields: { name: "Mug", priceCents: 1000, brand: null },
    fieldSources: {},
    createdBySourceId: CONTENT,
    maker: null,
    metafields: new Map(),
    codes: new Map(),
    images: [],
    ...overrides,
  };
}

/** A source that said `said` last and says `now`. */
function diff(
  now: FeedProduct,
  on: CatalogueProduct,
  { sourceId = CONTENT, said }: { sourceId?: string; said?: FeedProduct } = {},
) {
  const voice: FeedVoice = {
    sourceId,
    said: said ? fieldHashes(said) : {},
    says: fieldHashes(now),
    mayReplace: (field, owner) => PRECEDENCE.mayReplace(field, sourceId, owner),
    category: (key) =>
      key === "10" ? { id: "c1", name: "Kitchen" } : key === "11" ? { id: "c2", name: "Office" } : undefined,
    categoryName: (id) => (id === "c1" ? "Kitchen" : "Office"),
  };
  return diffProduct(now, on, voice);
}

const keptByPerson = (feedValue: string | number): FieldSource => ({
  by: "person",
  id: "u1",
  at: "2026-01-01T00:00:00.000Z",
  sourceId: CONTENT,
  kept: true,
  feedValue,
});

describe("what a feed's item would change", () => {
  test("saying the same again changes nothing, whoever changed the catalogue since", () => {
    const same = item({ fields: { name: "Mug" } });
    expect(diff(same, product({ fields: { name: "Cup" } }), { said: same }).lines).toEqual([]);
  });

  test("a new word replaces what the same source said", () => {
    const { lines } = diff(item({ fields: { name: "Blue mug" } }), product(), { said: item() });
    expect(lines).toEqual([{ field: "name", before: "Mug", after: "Blue mug" }]);
  });

  test("a feed value that changed there and back is no change", () => {
    const changed = item({ fields: { name: "Blue mug" } });
    expect(diff(item(), product({ fields: { name: "Mug" } }), { said: changed }).lines).toEqual([]);
  });

  test("a person's value is kept, and the feed's new one shown beside it", () => {
    const on = product({ fields: { name: "My mug" }, fieldSources: { name: keptByPerson("Mug") } });
    const { lines } = diff(item({ fields: { name: "Blue mug" } }), on, { said: item() });
    const beforeSource = keptByPerson("Mug");
    expect(lines).toEqual([{ field: "name", before: "My mug", after: "Blue mug", kept: true, beforeSource }]);
  });

  test("what the feed said already beside a kept value is told once", () => {
    const on = product({ fields: { name: "My mug" }, fieldSources: { name: keptByPerson("Blue mug") } });
    expect(diff(item({ fields: { name: "Blue mug" } }), on).lines).toEqual([]);
  });

  test("the price list says what it costs, the content feed what it is", () => {
    const fromErp = { by: "run", id: "r2", sourceId: ERP, at: "" } as const;
    const on = product({ fields: { name: "Mug", priceCents: 1000 }, fieldSources: { priceCents: fromErp } });
    expect(diff(item({ fields: { priceCents: 900 } }), on).lines).toEqual([]);
    expect(diff(item({ fields: { name: "MUG 1", priceCents: 900 } }), on, { sourceId: ERP }).lines).toEqual([
      { field: "priceCents", before: 1000, after: 900, beforeSource: fromErp },
    ]);
  });

  test("a lesser source fills what nobody has given", () => {
    expect(diff(item({ fields: { brand: "Halden" } }), product(), { sourceId: ERP }).lines).toEqual([
      { field: "brand", before: null, after: "Halden" },
    ]);
  });

  test("an unknown category leaves the product where it is, with the reason", () => {
    const { lines, reason } = diff(item({ categoryKey: "99" }), product(), { said: item({ categoryKey: "10" }) });
    expect(lines).toMatchObject([{ field: "category", before: "Kitchen", after: "99", kept: true }]);
    expect(reason).toContain("99 is not known");
  });

  test("a move names both categories; no category given takes it out", () => {
    expect(diff(item({ categoryKey: "11" }), product()).lines).toMatchObject([
      { before: "Kitchen", after: "Office", afterId: "c2" },
    ]);
    expect(diff(item({ categoryKey: null }), product()).lines).toMatchObject([{ before: "Kitchen", after: null }]);
    expect(diff(item(), product()).lines).toEqual([]);
  });

  test("metafields: added, changed, removed, each with its type; another source's stay", () => {
    const on = product({
      metafields: new Map([
        [
          "etilize.colour",
          { value: "Red", type: "single_line_text_field", kept: false, feedValue: null, source: null },
        ],
        ["etilize.gone", { value: "1", type: "number_integer", kept: false, feedValue: null, source: null }],
        [
          "custom.cws",
          {
            value: "[]",
            type: "json",
            kept: false,
            feedValue: null,
            source: { by: "run", id: "r", sourceId: "csv", at: "" },
          },
        ],
        [
          "custom.mine",
          { value: "x", type: "json", kept: false, feedValue: null, source: { by: "person", id: "u", at: "" } },
        ],
      ]),
    });
    const metafield = (key: string, value: string) => ({
      namespace: "etilize",
      key,
      value,
      type: "single_line_text_field",
    });
    const { lines } = diff(item({ metafields: [metafield("colour", "Blue"), metafield("new", "yes")] }), on);
    expect(lines.map((line) => `${line.field}: ${line.before} → ${line.after}`)).toEqual([
      "metafield:etilize.colour: Red → Blue",
      "metafield:etilize.new: null → yes",
      "metafield:etilize.gone: 1 → null",
    ]);
  });

  test("a metafield a person removed stays away; the feed's new value is remembered", () => {
    const on = product({ fieldSources: { "metafield:etilize.colour": keptByPerson("Red") } });
    const metafields = (value: string) => [
      { namespace: "etilize", key: "colour", value, type: "single_line_text_field" },
    ];
    expect(diff(item({ metafields: metafields("Red") }), on).lines).toEqual([]);
    expect(diff(item({ metafields: metafields("Blue") }), on).lines).toMatchObject([{ after: "Blue", kept: true }]);
  });

  test("codes come in once, however they are written, and none is taken away", () => {
    const on = product({ codes: new Map([["upc\u000000036000291452", { type: "upc", code: "036000291452" }]]) });
    const codes = [
      { type: "upc", code: "0036000291452" },
      { type: "mpn", code: "A-1" },
    ];
    expect(diff(item({ codes }), on).lines).toEqual([{ field: "code:mpn", before: null, after: "A-1" }]);
    expect(diff(item({ codes: [] }), on).lines).toEqual([]);
  });
});
