import fc from "fast-check";
import { expect, test } from "vitest";
import { codeIdentity } from "@/lib/catalog/codes";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import type { FieldChange } from "./change";
import { type CatalogueProduct, diffProduct, type FeedVoice } from "./diff-product";
import { fieldHashes } from "./item-hash";

/** Random pairs of states in the tests. */
const SLICE = 500;
const PROOF = { numRuns: proofCount(SLICE), seed: proofSeed() };
const LIMIT = proofTimeout(SLICE, 10_000);
const SOURCE = "source-1";
const CATEGORIES = new Map([
  ["a", "Pens"],
  ["b", "Ink"],
]);

const word = fc.constantFrom("", "x", "Gel pen", "Ruler 30 cm");
const cents = fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: null });
const item: fc.Arbitrary<FeedProduct> = fc.record({
  record: fc.constant("product" as const),
  key: fc.constant("1"),
  at: fc.constant({ file: "a.csv", line: 2 }),
  rows: fc.constant({ "a.csv": 1 }),
  sku: fc.constant("S1"),
  fields: fc.record({
    name: fc.constantFrom("Gel pen", "Ruler"),
    description: fc.option(word, { nil: null }),
    brand: fc.option(word, { nil: null }),
    priceCents: cents,
    inventoryQuantity: cents,
  }),
  categoryKey: fc.constantFrom("a", "b", null),
  codes: fc.uniqueArray(
    fc.constantFrom("C1", "C2", "C3").map((code) => ({ type: "sprc", code })),
    {
      selector: ({ code }) => code,
    },
  ),
  matchBy: fc.constant([]),
  images: fc.uniqueArray(
    fc
      .record({ url: fc.constantFrom("1.jpg", "2.jpg"), view: fc.constantFrom("Front", "Left") })
      .map((one) => ({ ...one, altText: "", sortOrder: 0 })),
    { selector: ({ url, view }) => `${view} ${url}` },
  ),
  metafields: fc.uniqueArray(
    fc.record({
      namespace: fc.constant("custom"),
      key: fc.constantFrom("colour", "size", "line"),
      value: fc.constantFrom("Blue", "Red", "30"),
      type: fc.constantFrom("single_line_text_field", "number_integer"),
    }),
    { selector: ({ key }) => key },
  ),
});

function voice(before: FeedProduct | null, now: FeedProduct): FeedVoice {
  return {
    sourceId: SOURCE,
    said: before ? fieldHashes(before) : {},
    says: fieldHashes(now),
    mayReplace: () => true,
    category: (key) => (CATEGORIES.has(key) ? { id: key, name: CATEGORIES.get(key) ?? "" } : undefined),
    categoryName: (id) => CATEGORIES.get(id) ?? "",
  };
}

/** The product as the feed's words alone make it. */
function productOf({ fields, categoryKey, codes, images, metafields }: FeedProduct): CatalogueProduct {
  return {
    id: "p",
    sku: "S1",
    version: 1,
    categoryId: categoryKey ?? null,
    fields: { ...fields },
    fieldSources: {},
    createdBySourceId: SOURCE,
    maker: null,
    metafields: new Map(
      (metafields ?? []).map(({ namespace, key, value, type }) => [
        `${namespace}.${key}`,
        { value, type, kept: false, feedValue: null, source: null },
      ]),
    ),
    codes: new Map(codes.map((code) => [codeIdentity(code.type, code.code), code])),
    images: (images ?? []).map(({ view, url }) => ({ view, url })),
  };
}

/** Lines put into effect as applying does, on the product in memory. */
function applied(product: CatalogueProduct, lines: FieldChange[]): CatalogueProduct {
  const next: CatalogueProduct = {
    ...product,
    fields: { ...product.fields },
    metafields: new Map(product.metafields),
    codes: new Map(product.codes),
    images: [...product.images],
  };
  for (const { field, before, after, afterId, type } of lines) {
    const name = field.slice(field.indexOf(":") + 1);
    if (field === "category") next.categoryId = afterId ?? null;
    else if (field.startsWith("code:"))
      next.codes.set(codeIdentity(name, String(after)), { type: name, code: String(after) });
    else if (field.startsWith("image:") && before !== null)
      next.images = next.images.filter((image) => image.view !== name || image.url !== before);
    else if (field.startsWith("image:")) next.images.push({ view: name, url: String(after) });
    else if (field.startsWith("metafield:") && after === null) next.metafields.delete(name);
    else if (field.startsWith("metafield:"))
      next.metafields.set(name, { value: String(after), type: type ?? "", kept: false, feedValue: null, source: null });
    else next.fields[field] = after;
  }
  return next;
}

/** What two products must agree in; codes only ever come. */
function shape(product: CatalogueProduct) {
  const empty = (value: unknown) => (value === "" ? null : value);
  return {
    fields: Object.fromEntries(Object.entries(product.fields).map(([field, value]) => [field, empty(value)])),
    categoryId: product.categoryId,
    metafields: [...product.metafields].map(([name, { value, type }]) => `${name} ${type} ${value}`).sort(),
    images: product.images.map(({ view, url }) => `${view} ${url}`).sort(),
  };
}

test(
  "R22 the diff of a feed's item to the product it made is empty",
  () => {
    fc.assert(
      fc.property(item, (one) => {
        expect(diffProduct(one, productOf(one), voice(null, one)).lines).toEqual([]);
        expect(diffProduct(one, productOf(one), voice(one, one)).lines).toEqual([]);
      }),
      PROOF,
    );
    reportProof("R22", { emptyDiffs: PROOF.numRuns });
  },
  LIMIT,
);

test(
  "R22 the diff applied to the old state is the new state, and then there is no diff",
  () => {
    fc.assert(
      fc.property(item, item, (old, now) => {
        const before = productOf(old);
        const { lines } = diffProduct(now, before, voice(old, now));
        const after = applied(before, lines);
        expect(shape(after)).toEqual(shape(productOf(now)));
        for (const { type, code } of now.codes) expect(after.codes.has(codeIdentity(type, code))).toBe(true);
        expect(diffProduct(now, after, voice(now, now)).lines).toEqual([]);
        expect(diffProduct(now, after, voice(null, now)).lines).toEqual([]);
      }),
      PROOF,
    );
    reportProof("R22", { pairs: PROOF.numRuns });
  },
  LIMIT,
);
