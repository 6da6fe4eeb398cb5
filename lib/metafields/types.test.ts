import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codecOf,
  METAFIELD_TYPES,
  type MetafieldType,
  metafieldType,
  parseMetafield,
  rulesOf,
  typedColumns,
} from "./types";

describe("what a person types becomes what Shopify stores", () => {
  test.each([
    ["single_line_text_field", "  Yellow ", "Yellow"],
    ["multi_line_text_field", "one\r\ntwo", "one\ntwo"],
    ["number_integer", "1,234", "1234"],
    ["number_integer", "-0", "0"],
    ["number_decimal", "+012.50", "12.50"],
    ["number_decimal", "9999999999999.999999999", "9999999999999.999999999"],
    ["boolean", "Yes", "true"],
    ["boolean", "0", "false"],
    ["date", "2024-02-29", "2024-02-29"],
    ["date_time", "2026-11-07 14:30", "2026-11-07T14:30:00"],
    ["date_time", "2026-11-07T14:30:00+02:00", "2026-11-07T12:30:00"],
    ["url", "https://example.com/a?b=c", "https://example.com/a?b=c"],
    ["url", "mailto:a@example.com", "mailto:a@example.com"],
    ["color", "0AF", "#00aaff"],
    ["json", ' {"a": [1, 2]} ', '{"a": [1, 2]}'],
    ["money", "eur 1,234.50", '{"amount":"1234.50","currency_code":"EUR"}'],
    ["rating", "4.5 of 1 to 5", '{"value":"4.5","scale_min":"1","scale_max":"5"}'],
    ["dimension", "25 cm", '{"value":25,"unit":"cm"}'],
    ["weight", "2.50kg", '{"value":2.5,"unit":"kg"}'],
    ["volume", "3 us_gal", '{"value":3,"unit":"us_gal"}'],
    ["list.single_line_text_field", "Red\n\nBlue", '["Red","Blue"]'],
    ["list.number_integer", "1\n2", "[1,2]"],
    ["link", "The manual https://example.com/m.pdf", '{"text":"The manual","url":"https://example.com/m.pdf"}'],
    ["product_reference", "123", "gid://shopify/Product/123"],
    [
      "list.collection_reference",
      "1\ngid://shopify/Collection/2",
      '["gid://shopify/Collection/1","gid://shopify/Collection/2"]',
    ],
    ["list.number_decimal", "1.50\n2", '["1.50","2"]'],
    ["list.weight", "1 kg\n2 lb", '[{"value":1,"unit":"kg"},{"value":2,"unit":"lb"}]'],
    ["integer", "7", "7"],
    ["string", "text", "text"],
    ["float", "7.5", "7.5"],
  ])("%s: %j is stored as %j", (type, typed, stored) => {
    expect(parseMetafield(type, typed)).toEqual({ ok: true, value: stored });
  });
});

describe("what does not fit is refused in words", () => {
  test.each([
    ["single_line_text_field", "a\nb", "Enter one line of text."],
    ["single_line_text_field", "   ", "Enter a value, or remove the metafield."],
    ["number_integer", "12.5", "Enter a whole number like 12."],
    ["number_integer", "10000000000000", "Enter a whole number like 12."],
    ["number_decimal", "12,5", "Enter a number like 12.5."],
    ["number_decimal", "1e5", "Enter a number like 12.5."],
    ["boolean", "maybe", "Choose yes or no."],
    ["date", "2026-02-30", "Enter a date like 2026-11-07."],
    ["date", "7.11.2026", "Enter a date like 2026-11-07."],
    ["date_time", "2026-11-07 25:00", "Enter a date and time like 2026-11-07 14:30."],
    ["url", "example.com", "Enter a full address like https://example.com."],
    ["url", "javascript:alert(1)", "Enter a full address like https://example.com."],
    ["color", "blue", "Enter a colour like #0a7d5c."],
    ["json", "{brand: HP}", 'Enter JSON like {"brand": "HP"}.'],
    ["money", "12.50", 'Enter an amount and its currency like "12.50 EUR".'],
    ["rating", "7 of 1 to 5", "Enter a rating from 1 to 5."],
    ["weight", "25 cm", 'Enter a number and a unit like "2.5 kg" (g, kg, oz, lb).'],
    ["weight", "25 toString", 'Enter a number and a unit like "2.5 kg" (g, kg, oz, lb).'],
    ["list.number_integer", "1\nx", '"x": Enter a whole number like 12.'],
    ["product_reference", "gid://shopify/Collection/1", "Enter Shopify's id like gid://shopify/Product/123."],
    ["link", "https://example.com", 'Enter a text and an address like "Manual https://example.com/manual.pdf".'],
    ["rich_text_field", "{}", 'Enter Shopify\'s rich text as JSON, like {"type": "root", "children": []}.'],
  ])("%s: %j", (type, typed, error) => {
    expect(parseMetafield(type, typed)).toEqual({ ok: false, error });
  });

  test.each([
    ["single_line_text_field", "abcd", { max: "3" }, "Enter 3 characters or less."],
    ["single_line_text_field", "x", { choices: '["a","b"]' }, "Choose one of a, b."],
    ["single_line_text_field", "x1", { regex: "^[a-z]+$" }, "Enter a text of the form ^[a-z]+$."],
    ["number_integer", "3", { min: "4" }, "Enter 4 or more."],
    ["number_decimal", "3.14159", { max_precision: "2" }, "Enter at most 2 decimal places."],
    ["date", "2027-01-01", { max: "2026-12-31" }, "Enter 2026-12-31 or less."],
    ["dimension", "2 m", { max: '{"value":50,"unit":"cm"}' }, "Enter 50 cm or less."],
    ["rating", "4", { scale_min: "0", scale_max: "3" }, "Enter a rating from 0 to 3."],
    ["url", "https://evil.example", { allowed_domains: '["example.com"]' }, "Enter an address at example.com."],
    ["list.number_integer", "1", { "list.min": "2" }, "Enter at least 2 values, one per line."],
    ["list.number_integer", "9", { max: "5" }, '"9": Enter 5 or less.'],
  ])("%s: %j under %j", (type, typed, rules, error) => {
    expect(parseMetafield(type, typed, rules)).toEqual({ ok: false, error });
  });
});

/** Texts that each type takes, to be stored and read again. */
const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((t) => t.trim() !== "" && !/[\r\n]/.test(t));
const whole = fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 }).map(String);
const decimals = fc.tuple(whole, fc.nat(999_999_999)).map(([n, f]) => `${n}.${f}`);
const days = fc
  .date({ min: new Date("1000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((d) => d.toISOString());
const withUnit = (...units: string[]) =>
  fc
    .tuple(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.constantFrom(...units))
    .map(([n, u]) => `${n.toFixed(3)} ${u}`);
function reference(kind: string) {
  return fc.nat().map((id) => `gid://shopify/${kind}/${id}`);
}
const lists = (element: fc.Arbitrary<string>) =>
  fc.array(element, { minLength: 1, maxLength: 9 }).map((e) => e.join("\n"));
const TYPED: Record<string, fc.Arbitrary<string>> = {
  single_line_text_field: text,
  multi_line_text_field: fc.string().filter((t) => t.trim() !== ""),
  number_integer: whole,
  number_decimal: decimals,
  boolean: fc.constantFrom("yes", "NO", "1", "0", "true"),
  date: days.map((d) => d.slice(0, 10)),
  date_time: days.map((d) => d.slice(0, 19)),
  url: fc.webUrl(),
  color: fc.stringMatching(/^#[0-9a-f]{6}$/),
  json: fc.json(),
  money: decimals.map((d) => `${d} usd`),
  rating: fc.tuple(fc.nat(4), fc.nat(9)).map(([n, f]) => `${n}.${f} of 0 to 5`),
  dimension: withUnit("mm", "cm", "m", "in", "ft", "yd"),
  weight: withUnit("g", "kg", "oz", "lb"),
  volume: withUnit("ml", "l", "us_gal", "imp_pt"),
  link: fc.tuple(text, fc.webUrl()).map(([words, address]) => JSON.stringify({ text: words, url: address })),
  rich_text_field: fc.json().map((children) => `{"type":"root","children":[${children}]}`),
  product_reference: reference("Product"),
  variant_reference: reference("ProductVariant"),
  collection_reference: reference("Collection"),
  metaobject_reference: reference("Metaobject"),
  page_reference: reference("Page"),
  file_reference: reference("MediaImage"),
};

describe("stored and read again is the same", () => {
  const typedFor = (type: MetafieldType) => {
    const scalar = TYPED[type.replace("list.", "")] ?? fc.constant("");
    return type.startsWith("list.") ? lists(scalar) : scalar;
  };
  test.each(METAFIELD_TYPES)("%s", (type) => {
    const codec = codecOf(type);
    fc.assert(
      fc.property(typedFor(type), (typed) => {
        const first = parseMetafield(type, typed);
        if (!first.ok) throw new Error(`${typed}: ${first.error}`);
        expect(codec.parse(first.value)).toEqual(first);
        expect(codec.parse(codec.edit(first.value))).toEqual(first);
        expect(codec.compare(first.value, first.value)).toBe(0);
        if (codec.isJson) expect(() => JSON.parse(first.value)).not.toThrow();
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

test.each([
  ["number_decimal", "12.5", 12.5, null],
  ["boolean", "true", 1, null],
  ["weight", '{"value":2,"unit":"kg"}', 2000, null],
  ["date", "2026-11-07", null, new Date("2026-11-07T00:00:00Z")],
  ["number_integer", "about 12", null, null],
  ["single_line_text_field", "12", null, null],
])("filters read %s %j as %j, %j", (type, stored, numberValue, dateValue) => {
  expect(typedColumns(type, stored)).toEqual({ numberValue, dateValue });
});

test("values sort by what they mean, not by their letters", () => {
  expect(codecOf("number_integer").compare("9", "10")).toBeLessThan(0);
  expect(codecOf("weight").compare('{"value":1,"unit":"kg"}', '{"value":1,"unit":"lb"}')).toBeGreaterThan(0);
  expect(codecOf("single_line_text_field").compare("Éclair", "fan")).toBeLessThan(0);
});

test("a value that misfits its type is shown and edited as it stands", () => {
  expect(codecOf("number_integer").display("about 12")).toBe("about 12");
  expect(codecOf("no_such_type").edit("kept")).toBe("kept");
});

test("only names that are types count as types", () => {
  expect(metafieldType("toString")).toBeNull();
  expect(metafieldType("order_reference")).toBeNull();
  expect(metafieldType("float")).toBe("number_decimal");
  expect(rulesOf([{ name: "min", value: "1" }, null, { name: 5 }])).toEqual({ min: "1" });
});
