import { expect, test } from "vitest";
import { countValue, emptyStats, listElements, narrowestType, toMetafieldValue } from "./metafield-type";

test.each([
  [["1", "-20", "0"], "number_integer"],
  [["1", "2.5", "300.0"], "number_decimal"],
  [["9007199254740991"], "number_integer"],
  [["9007199254740993"], "single_line_text_field"],
  [["0012"], "single_line_text_field"],
  [["1,000"], "single_line_text_field"],
  [["1e3"], "single_line_text_field"],
  [["Yes", "No"], "boolean"],
  [["Yes", "Optional"], "single_line_text_field"],
  [["true"], "single_line_text_field"],
  [["a", "b\nc"], "multi_line_text_field"],
  [[], "single_line_text_field"],
])("the values %j make the type %s, and each fits it", (values, type) => {
  const stats = emptyStats();
  for (const value of values) countValue(stats, value);
  expect(narrowestType(stats)).toBe(type);
  for (const value of values) expect(toMetafieldValue(type, value)).not.toBeNull();
});

test.each([
  ["boolean", "Yes", "true"],
  ["boolean", "No", "false"],
  ["boolean", "Maybe", null],
  ["number_integer", "12", "12"],
  ["number_integer", "12 (rev. B)", null],
  ["number_decimal", "3.0", "3.0"],
  ["single_line_text_field", "a\nb", null],
  ["json", '{ "a": 1 }', '{"a":1}'],
  ["json", "{", null],
  ["url", "javascript:alert(1)", null],
  ["date", "2026", null],
  ["list.single_line_text_field", "HEWC2P24AN", '["HEWC2P24AN"]'],
])("A08 as %s, %j is %j", (type, text, value) => {
  expect(toMetafieldValue(type, text)).toBe(value);
});

test.each([
  ["Turquoise,Grey", ["Turquoise,Grey"]],
  ["110 V; 60 Hz", ["110 V; 60 Hz"]],
  ["https://a.test/1.jpg;https://a.test/2.jpg", ["https://a.test/1.jpg", "https://a.test/2.jpg"]],
  ['["Red","Blue"]', ["Red", "Blue"]],
  ["[1]", ["[1]"]],
  ["[sic", ["[sic"]],
])("the list cell %j has the elements %j", (text, elements) => {
  expect(listElements(text)).toEqual(elements);
});
