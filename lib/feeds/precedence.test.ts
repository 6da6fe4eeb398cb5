import { expect, test } from "vitest";
import { Precedence, precedenceSettings } from "./precedence";

const [content, list, csv, other] = [1, 2, 3, 4].map((n) => `0000000${n}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
  string,
];
const SOURCES = [
  { id: content, kind: "etilize" },
  { id: list, kind: "erp" },
  { id: csv, kind: "csv" },
  { id: other, kind: "etilize" },
] as const;

const precedence = (settings: object = {}) => new Precedence(SOURCES, precedenceSettings.parse(settings));

test("where nobody has said otherwise the price list rules the price, the content feed the words", () => {
  expect(precedence().mayReplace("priceCents", list, content)).toBe(true);
  expect(precedence().mayReplace("priceCents", content, list)).toBe(false);
  expect(precedence().mayReplace("name", list, content)).toBe(false);
  expect(precedence().mayReplace("metafield:custom.color", content, csv)).toBe(true);
  expect(precedence().orderOf("name")).toEqual({ steps: [[content, other], [csv], [list]], by: "format" });
});

test("two sources of one format are equals until they are put in order", () => {
  expect(precedence().mayReplace("name", content, other)).toBe(true);
  expect(precedence().mayReplace("name", other, content)).toBe(true);
  const ordered = precedence({ content: [other, content] });
  expect(ordered.mayReplace("name", content, other)).toBe(false);
  expect(ordered.orderOf("name")).toEqual({ steps: [[other], [content], [csv], [list]], by: "group" });
});

test("a field's own order beats its group's, for that field alone", () => {
  const own = precedence({ content: [content], fields: { brand: [list] } });
  expect(own.mayReplace("brand", list, content)).toBe(true);
  expect(own.orderOf("brand").by).toBe("field");
  expect(own.mayReplace("manufacturer", list, content)).toBe(false);
});

test("a source may always change what it said itself, known to the order or not", () => {
  const stranger = "00000009-0000-4000-8000-000000000000";
  expect(precedence().mayReplace("name", stranger, stranger)).toBe(true);
  expect(precedence().mayReplace("name", stranger, content)).toBe(false);
  expect(precedence().mayReplace("name", content, stranger)).toBe(true);
});
