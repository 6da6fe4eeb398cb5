import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import { productHash } from "./item-hash";

const PRODUCT: FeedProduct = {
  record: "product",
  key: "SPR1",
  at: { file: "feed.csv", line: 2 },
  sku: "SPR1",
  fields: { name: "Pen", brand: null, priceCents: 199 },
  categoryKey: "Desk > Pens",
  codes: [
    { type: "upc", code: "012345678905" },
    { type: "mpn", code: "P-1" },
  ],
  matchBy: [],
  images: [{ url: "https://example.com/1.jpg", view: "Front", altText: "Pen — Front", sortOrder: 0 }],
  metafields: [
    { namespace: "custom", key: "ink", type: "single_line_text_field", value: "blue" },
    { namespace: "custom-2", key: "ink", type: "single_line_text_field", value: "blue" },
    { namespace: "custom", key: "ink", type: "single_line_text_field", value: "black" },
  ],
  rows: {},
  raw: () => "",
};

test("a product's hash stays what it was: another one would have every product of every source compared anew", () => {
  expect(productHash(PRODUCT)).toBe("PJFOhKfZeEBKEC-mFc-Fafgi_pegG53MTaaH15-VRhA");
});

test("neither the order of fields, codes and metafields nor the place in the file changes the hash", () => {
  const order = fc.array(fc.nat(), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(order, order, order, fc.nat(), (fields, codes, metafields, line) => {
      const other = {
        ...PRODUCT,
        at: { file: "other.csv", line },
        fields: Object.fromEntries(shuffled(Object.entries(PRODUCT.fields), fields)),
        codes: shuffled(PRODUCT.codes, codes),
        metafields: shuffled(PRODUCT.metafields ?? [], metafields),
      };
      expect(productHash(other)).toBe(productHash(PRODUCT));
    }),
  );
});

test("a word that moves from one text to the next changes the hash", () => {
  const moved = { ...PRODUCT, fields: { ...PRODUCT.fields, name: "Pe", brand: "n" } };
  expect(productHash(moved)).not.toBe(productHash(PRODUCT));
  expect(productHash({ ...PRODUCT, metafields: undefined })).not.toBe(productHash({ ...PRODUCT, metafields: [] }));
});

function shuffled<T>(items: readonly T[], order: number[]): T[] {
  return items
    .map((item, at) => ({ item, rank: order[at] ?? 0 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
