import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldChange } from "../change";
import { allowingRules, type Rule, type RuledChange } from "./approval-rule";
import { DEFAULT_RULES } from "./default-rules";

function rule(data: Partial<Rule> & { field: string }): Rule {
  return { name: data.field, sourceId: null, maxIncreasePercent: null, maxDecreasePercent: null, ...data };
}

function update(lines: FieldChange[], data: Partial<RuledChange> = {}): RuledChange {
  return { entity: "product", action: "update", kind: "changed", lines, ...data };
}

const line = (field: string, before: FieldChange["before"], after: FieldChange["after"]) => ({ field, before, after });

describe("A18 the rules of a fresh shop", () => {
  test.each([
    ["a price of 12.49 to 15.49, up 24.0 %, waits", [line("priceCents", 1249, 1549)], null],
    ["a price of 12.49 to 13.49, up 8.0 %, passes", [line("priceCents", 1249, 1349)], "Price within 10 %"],
    ["a price exactly 10 % up passes", [line("priceCents", 1000, 1100)], "Price within 10 %"],
    ["a price a cent beyond 10 % down waits", [line("priceCents", 1000, 899)], null],
    ["stock from 100 to 45, down 55 %, waits", [line("inventoryQuantity", 100, 45)], null],
    ["stock from 100 to 50 passes", [line("inventoryQuantity", 100, 50)], "Stock within 50 %"],
    ["stock from nothing known waits", [line("inventoryQuantity", null, 5)], null],
    ["stock from 0 waits: that is no percentage", [line("inventoryQuantity", 0, 5)], null],
    ["a price that goes away waits", [line("priceCents", 1249, null)], null],
    [
      "price and stock within both limits pass by both rules",
      [line("priceCents", 1249, 1349), line("inventoryQuantity", 10, 12)],
      "Price within 10 %, Stock within 50 %",
    ],
    ["a new name beside an allowed price waits", [line("priceCents", 1249, 1349), line("name", "a", "b")], null],
    ["content waits", [line("description", "a", "b")], null],
    ["a status waits", [line("status", "active", "archived")], null],
  ])("%s", (_, lines, expected) => {
    expect(allowingRules(update(lines), DEFAULT_RULES)).toBe(expected);
  });

  test("a new product, a move, a missing and a returned one wait", () => {
    const created = update([line("priceCents", null, 100)], { action: "create", kind: "new" });
    const moved = update([line("category", "Pens", "Ink")], { kind: "moved" });
    const missing = update([line("missing", 0, 1)], { kind: "missing" });
    const returned = update([line("missing", 1, 0)], { kind: "returned" });
    for (const change of [created, moved, missing, returned]) expect(allowingRules(change, DEFAULT_RULES)).toBeNull();
  });
});

describe("groups", () => {
  test.each([
    ["content", line("shortDescription", "", "x")],
    ["metafields", line("metafield:etilize.color", "a", "b")],
    ["codes", line("code:sprc", null, "SPR1")],
    ["codes", line("upc", null, "012345678905")],
    ["images", line("image:Front", null, "a.jpg")],
    ["category", line("category", "a", "b")],
    ["metafield:etilize.color", line("metafield:etilize.color", "a", "b")],
  ])("%s allows its own", (field, one) => {
    expect(allowingRules(update([one]), [rule({ field })])).toBe(field);
    expect(allowingRules(update([one]), [rule({ field: "inventoryQuantity" })])).toBeNull();
  });

  test("missing is not returned", () => {
    const back = update([line("missing", 2, 0)], { kind: "returned" });
    expect(allowingRules(back, [rule({ field: "missing" })])).toBeNull();
    expect(allowingRules(back, [rule({ field: "returned" })])).toBe("returned");
  });

  test("content covers no price, stock or status", () => {
    for (const field of ["priceCents", "costPriceCents", "inventoryQuantity", "status"])
      expect(allowingRules(update([line(field, 1, 1)]), [rule({ field: "content" })])).toBeNull();
  });

  test("a change of the tree needs the rule for categories, whatever it is made of", () => {
    const change = update([line("name", "Pens", "Ink")], { entity: "category" });
    expect(allowingRules(change, [rule({ field: "content" })])).toBeNull();
    expect(allowingRules(change, [rule({ field: "category" })])).toBe("category");
  });
});

const anyLine = fc.record({
  field: fc.constantFrom(
    "priceCents",
    "inventoryQuantity",
    "name",
    "category",
    "missing",
    "code:x",
    "image:F",
    "status",
  ),
  before: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
  after: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
});

test("without a rule nothing passes, and a kept or undecided line lets nothing pass", () => {
  const all = ["content", "metafields", "codes", "images", "category", "missing", "returned", "new", "status"];
  const every = [...all, "priceCents", "inventoryQuantity"].map((field) => rule({ field }));
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), (lines) => {
      expect(allowingRules(update(lines), [])).toBeNull();
      expect(allowingRules(update(lines), every)).not.toBeNull();
      expect(allowingRules(update(lines, { kind: "ambiguous" }), every)).toBeNull();
      const kept = lines.map((one, at) => ({ ...one, kept: at === 0 }));
      expect(allowingRules(update(kept), every)).toBeNull();
    }),
  );
});

test("a wider limit never stops what a narrower one lets pass", () => {
  const figure = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(figure, figure, fc.float({ min: 0, max: 500, noNaN: true }), (before, after, limit) => {
      const change = update([line("priceCents", before, after)]);
      const limited = (percent: number) =>
        rule({ field: "priceCents", maxIncreasePercent: percent, maxDecreasePercent: percent });
      if (allowingRules(change, [limited(limit)])) expect(allowingRules(change, [limited(limit * 2)])).not.toBeNull();
    }),
  );
});
