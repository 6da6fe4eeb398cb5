import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CatalogueProduct } from "@/lib/sync/diff-product";
import { addDecimals, multiplyDecimals, readDecimal, roundDecimal, toEnding, writeDecimal } from "./decimal";
import { editProduct } from "./edit-product";
import type { EditWorld } from "./edited";
import { ENDINGS, operation, operations } from "./operation";

const product = (fields: CatalogueProduct["fields"] = {}, more: Partial<CatalogueProduct> = {}): CatalogueProduct => ({
  ...{ id: "p", sku: "PEN-1", version: 1, categoryId: null, createdBySourceId: "f", maker: null },
  fields: { name: "Gel pen", brand: "Halden", priceCents: 1234, status: "active", ...fields },
  ...{ fieldSources: {}, metafields: new Map(), codes: new Map(), images: [] },
  ...more,
});
const CATEGORY = "01900000-0000-7000-8000-000000000001";
const WORLD: EditWorld = {
  categoryName: (id) => (id === CATEGORY ? "Office > Pens" : undefined),
  definition: (name) =>
    name === "custom.pages" ? { name: "Pages", type: "number_integer", rules: { max: "100" } } : undefined,
};
const edit = (input: unknown, of = product()) => editProduct(operation.parse(input), of, WORLD);
const made = (input: unknown, of = product()) => {
  const edited = edit(input, of);
  return edited.outcome === "changed" ? edited.line.after : edited;
};
const price = { field: "priceCents" };

describe("C36 math on prices", () => {
  test.each([
    [{ kind: "math", how: "percent", by: "10" }, 1357],
    [{ kind: "math", how: "percent", by: "-5.5" }, 1166],
    [{ kind: "math", how: "add", by: "−5" }, 734],
    [{ kind: "math", how: "add", by: "+0,10" }, 1244],
    [{ kind: "math", how: "times", by: "2" }, 2468],
    [{ kind: "math", how: "percent", by: "10", ending: ".99" }, 1399],
    [{ kind: "math", how: "percent", by: "10", ending: ".00" }, 1400],
    [{ kind: "round", ending: ".99" }, 1199],
    [{ kind: "round", ending: ".95" }, 1195],
    [{ kind: "set", value: "9.90" }, 990],
    [{ kind: "clear" }, null],
  ])("%j makes of 12.34 %s cents", (of, cents) => {
    expect(made({ ...of, ...price })).toBe(cents);
  });

  test.each([
    [{ kind: "math", how: "add", by: "-20" }, {}, "Price would be -7.66: below 0."],
    [{ kind: "math", how: "times", by: "0" }, {}, "Price would be 0, which is not a price."],
    [
      { kind: "math", how: "percent", by: "10" },
      { priceCents: null },
      "Price is not known: there is nothing to calculate from.",
    ],
    [{ kind: "set", value: "cheap" }, {}, "Price: Enter a price like 12.50."],
    [{ kind: "math", how: "times", by: "999999999" }, {}, "Price: Enter a price like 12.50."],
  ])("%j is refused in words", (of, fields, reason) => {
    expect(edit({ ...of, ...price }, product(fields))).toEqual({ outcome: "refused", reason });
  });

  test("the arithmetic is exact, whatever the figures", () => {
    const figure = fc.integer({ min: -9_999_999, max: 9_999_999 });
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const [x, y] = [readDecimal((a / 100).toFixed(2)), readDecimal((b / 1000).toFixed(3))];
        if (!x || !y) throw new Error("no decimal");
        expect(writeDecimal(addDecimals(x, y))).toBe(String(Number(((a * 10 + b) / 1000).toFixed(3))));
        const product = BigInt(Math.round(a)) * BigInt(b);
        expect(multiplyDecimals(x, y)).toEqual({ units: product, scale: 5 });
        expect(Math.abs(Number(roundDecimal(x, 1).units) * 10 - a)).toBeLessThanOrEqual(5);
      }),
    );
  });

  test("a rounded price ends as asked, is above nothing and at most half a unit away where there is room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), fc.constantFrom(...ENDINGS), (cents, ending) => {
        const rounded = toEnding(cents, ending);
        expect(rounded % 100).toBe(Number(ending.slice(1)));
        expect(rounded).toBeGreaterThan(0);
        if (cents >= 100) expect(Math.abs(rounded - cents)).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe("C36 text", () => {
  test.each([
    [{ kind: "replace", find: "pen", with: "Pen $&" }, "Gel Pen $&"],
    [{ kind: "replace", find: "GEL", with: "Ink", matchCase: false }, "Ink pen"],
    [{ kind: "prefix", text: "New " }, "New Gel pen"],
    [{ kind: "suffix", text: ", blue" }, "Gel pen, blue"],
    [{ kind: "template", text: "{brand} {name} ({sku})" }, "Halden Gel pen (PEN-1)"],
    [{ kind: "case", to: "upper" }, "GEL PEN"],
    [{ kind: "case", to: "title" }, "Gel Pen"],
  ])("%j", (of, name) => {
    expect(made({ ...of, field: "name" })).toBe(name);
  });

  test("a prefix is not put twice, and a text that is not found is no change", () => {
    expect(edit({ kind: "prefix", field: "name", text: "Gel " })).toEqual({ outcome: "same" });
    expect(edit({ kind: "replace", field: "name", find: "Pencil", with: "Pen" })).toEqual({ outcome: "same" });
  });

  test("a template that a product can't fill refuses it", () => {
    const of = { kind: "template", field: "name", text: "{brand} {name}" };
    expect(edit(of, product({ brand: null }))).toMatchObject({ reason: "Has no brand, which the template needs." });
    expect(operation.safeParse({ ...of, text: "{colour}" }).error?.issues[0]?.message).toContain(
      "There is no {colour}",
    );
  });

  test("a name can't be taken away", () => {
    expect(operation.safeParse({ kind: "clear", field: "name" }).success).toBe(false);
    expect(edit({ kind: "replace", field: "name", find: "Gel pen", with: "" })).toMatchObject({ outcome: "refused" });
  });
});

describe("C38 category, status and metafields", () => {
  const pages = "metafield:custom.pages";
  const withPages = (value: string) =>
    product(
      {},
      {
        metafields: new Map([
          ["custom.pages", { value, type: "number_integer", kept: false, feedValue: null, source: null }],
        ]),
      },
    );

  test("a move names both categories", () => {
    expect(edit({ kind: "move", categoryId: CATEGORY })).toEqual({
      outcome: "changed",
      line: { field: "category", before: null, after: "Office > Pens", beforeId: null, afterId: CATEGORY },
    });
    expect(edit({ kind: "move", categoryId: CATEGORY }, product({}, { categoryId: CATEGORY }))).toEqual({
      outcome: "same",
    });
  });

  test("a status is set, and the same one is no change", () => {
    expect(made({ kind: "status", to: "archived" })).toBe("archived");
    expect(edit({ kind: "status", to: "active" })).toEqual({ outcome: "same" });
  });

  test("a metafield is checked by its type's codec and its definition's rules", () => {
    expect(made({ kind: "set", field: pages, value: "0012" })).toBe("12");
    expect(edit({ kind: "set", field: pages, value: "a dozen" })).toEqual({
      outcome: "refused",
      reason: "Pages: Enter a whole number like 12.",
    });
    expect(edit({ kind: "set", field: pages, value: "101" })).toEqual({
      outcome: "refused",
      reason: "Pages: Enter 100 or less.",
    });
    expect(made({ kind: "math", field: pages, how: "percent", by: "10" }, withPages("50"))).toBe("55");
    expect(made({ kind: "clear", field: pages }, withPages("50"))).toBe(null);
    expect(edit({ kind: "add", field: pages, value: "1" }, withPages("50"))).toEqual({ outcome: "same" });
    expect(edit({ kind: "prefix", field: pages, text: "x" }, withPages("50"))).toMatchObject({ outcome: "refused" });
  });

  test("C33 a feed's value is kept, a kept one goes back to what the feed says", () => {
    const kept = { by: "person", id: "u", at: "2026-01-01T00:00:00.000Z", kept: true, feedValue: 999 } as const;
    expect(edit({ kind: "keep", ...price })).toMatchObject({ line: { before: 1234, after: 1234, keeping: "keep" } });
    const held = product({}, { fieldSources: { priceCents: kept } });
    expect(edit({ kind: "keep", ...price }, held)).toEqual({ outcome: "same" });
    expect(edit({ kind: "release", ...price }, held)).toMatchObject({
      line: { after: 999, keeping: "release", beforeSource: kept },
    });
    expect(edit({ kind: "release", ...price })).toEqual({ outcome: "same" });
  });
});

test("an operation that changed a product changes it no more when done again, but for sums", () => {
  const text = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
  const again = fc.oneof(
    fc.record({ kind: fc.constant("set"), field: fc.constant("brand"), value: text }),
    fc.record({ kind: fc.constant("prefix"), field: fc.constant("name"), text }),
    fc.record({ kind: fc.constant("suffix"), field: fc.constant("brand"), text }),
    fc.record({
      kind: fc.constant("case"),
      field: fc.constant("brand"),
      to: fc.constantFrom("upper", "lower", "title", "sentence"),
    }),
    fc.record({ kind: fc.constant("round"), ending: fc.constantFrom(...ENDINGS), field: fc.constant("priceCents") }),
  );
  fc.assert(
    fc.property(again, text, fc.integer({ min: 1, max: 10_000_000 }), (of, name, priceCents) => {
      const before = product({ name: name.trim() || "x", brand: name.trim() || "x", priceCents });
      const first = edit(of, before);
      if (first.outcome !== "changed") return;
      const { field, after: value } = first.line;
      const second = edit(of, product({ ...before.fields, [field]: value }));
      // Trimmed at its end, a text may not begin or end with what was put there.
      if ("text" in of && of.text.trim() !== of.text) return;
      expect(second).toEqual({ outcome: "same" });
    }),
  );
});

test("each field is changed once, and only by what fits it", () => {
  const twice = [
    { kind: "clear", field: "brand" },
    { kind: "set", field: "brand", value: "x" },
  ];
  expect(operations.safeParse(twice).error?.issues[0]?.message).toBe("Change each field once.");
  for (const wrong of [
    { kind: "math", field: "name", how: "add", by: "1" },
    { kind: "prefix", field: "priceCents", text: "x" },
    { kind: "round", field: "weightGrams", ending: ".99" },
    { kind: "set", field: "status", value: "active" },
    { kind: "math", field: "priceCents", how: "add", by: "a lot" },
  ]) {
    expect(operation.safeParse(wrong).success).toBe(false);
  }
});
