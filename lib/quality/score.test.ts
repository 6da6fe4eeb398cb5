import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradeOf, type QualityFacts, scoreProduct, WHOLE_DESCRIPTION } from "./score";

const WHOLE: QualityFacts = {
  name: "Stapler, black, 20 sheets",
  sku: "ST-20",
  descriptionLength: 300,
  hasPrice: true,
  hasCategory: true,
  hasBrand: true,
  hasCode: true,
  hasPicture: true,
  expected: [],
};
const metafield = (key: string, isRequired: boolean, isThere: boolean) => ({
  namespace: "custom",
  key,
  name: key,
  isRequired,
  isThere,
});

test("a product with everything is 100 and A, with nothing to do", () => {
  expect(scoreProduct(WHOLE)).toEqual({ score: 100, grade: "A", missingRequired: 0, reasons: [] });
});

test("a product with nothing but a SKU is E, and is told what to do, the weightiest first", () => {
  const bare = scoreProduct({
    ...WHOLE,
    name: "ST-20",
    descriptionLength: 0,
    hasPrice: false,
    hasCategory: false,
    hasBrand: false,
    hasCode: false,
    hasPicture: false,
  });
  expect(bare).toMatchObject({ score: 0, grade: "E" });
  expect(bare.reasons.map(({ field }) => field)).toEqual([
    "description",
    "images",
    "priceCents",
    "categoryId",
    "name",
    "brand",
    "code",
  ]);
});

test("half a description earns half its points", () => {
  const { reasons, score } = scoreProduct({ ...WHOLE, descriptionLength: WHOLE_DESCRIPTION / 2 });
  expect(score).toBe(85);
  expect(reasons).toEqual([
    { field: "description", label: "Describe it in 200 characters or more", isRequired: false, points: 14.3 },
  ]);
});

describe("metafields asked for", () => {
  test("a required one counts twice an expected one", () => {
    const lacksRequired = scoreProduct({
      ...WHOLE,
      expected: [metafield("a", true, false), metafield("b", false, true)],
    });
    const lacksExpected = scoreProduct({
      ...WHOLE,
      expected: [metafield("a", true, true), metafield("b", false, false)],
    });
    expect([lacksRequired.score, lacksExpected.score]).toEqual([80, 90]);
    expect([lacksRequired.missingRequired, lacksExpected.missingRequired]).toEqual([1, 0]);
  });

  test("one that is required and missing keeps a product from A and B, and stands first", () => {
    const many = Array.from({ length: 9 }, (_, n) => metafield(`m${n}`, true, n > 0));
    const quality = scoreProduct({ ...WHOLE, hasBrand: false, expected: many });
    expect(quality).toMatchObject({ score: 91, grade: "C", missingRequired: 1 });
    expect(quality.reasons[0]).toMatchObject({ field: "metafield:custom.m0", isRequired: true });
  });
});

test.each([
  [100, 0, "A"],
  [90, 0, "A"],
  [89, 0, "B"],
  [75, 0, "B"],
  [60, 0, "C"],
  [40, 0, "D"],
  [39, 0, "E"],
  [95, 1, "C"],
  [50, 3, "D"],
])("%i points with %i missing are %s", (score, missing, grade) => {
  expect(gradeOf(score, missing)).toBe(grade);
});

const facts = fc.record({
  name: fc.string(),
  sku: fc.string({ minLength: 1 }),
  descriptionLength: fc.nat(1_000),
  hasPrice: fc.boolean(),
  hasCategory: fc.boolean(),
  hasBrand: fc.boolean(),
  hasCode: fc.boolean(),
  hasPicture: fc.boolean(),
  expected: fc.array(
    fc.record({
      namespace: fc.constant("custom"),
      key: fc.string(),
      name: fc.string(),
      isRequired: fc.boolean(),
      isThere: fc.boolean(),
    }),
  ),
});

test("the points to gain and the score make 100, and filling a gap never costs a point", () => {
  fc.assert(
    fc.property(facts, (product) => {
      const { score, reasons } = scoreProduct(product);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      const toGain = reasons.reduce((sum, reason) => sum + reason.points, 0);
      expect(Math.abs(score + toGain - 100)).toBeLessThan(1 + 0.1 * (reasons.length + 1));
      for (const flag of ["hasPrice", "hasCategory", "hasBrand", "hasCode", "hasPicture"] as const) {
        expect(scoreProduct({ ...product, [flag]: true }).score).toBeGreaterThanOrEqual(score);
      }
      const filled = product.expected.map((one) => ({ ...one, isThere: true }));
      expect(scoreProduct({ ...product, expected: filled }).score).toBeGreaterThanOrEqual(score);
    }),
    { seed: 7 },
  );
});
