import { expect, test } from "vitest";
import { type TemplateEntry, templateAt } from "./template";

const entry = (path: string, key: string, data: Partial<TemplateEntry> = {}): TemplateEntry => ({
  path,
  categoryName: path,
  namespace: "custom",
  key,
  isRequired: false,
  position: 0,
  ...data,
});
const keys = (expected: { key: string }[]) => expected.map(({ key }) => key);

test("a category's products shall have what it asks and what those above it ask, from the top", () => {
  const entries = [
    entry("office/paper", "sheets", { position: 1 }),
    entry("office/paper", "grammage"),
    entry("office", "colour"),
    entry("office/pens", "ink"),
    entry("office/paperclips", "size"),
  ];
  expect(keys(templateAt("office/paper", entries, []))).toEqual(["colour", "grammage", "sheets"]);
  expect(keys(templateAt("office", entries, []))).toEqual(["colour"]);
  expect(templateAt(null, entries, [])).toEqual([]);
});

test("the nearest category decides whether it is required", () => {
  const entries = [
    entry("office", "colour", { isRequired: true }),
    entry("office/pens", "colour", { isRequired: false }),
  ];
  expect(templateAt("office/pens/gel", entries, [])).toMatchObject([{ key: "colour", isRequired: false }]);
  expect(templateAt("office/desks", entries, [])).toMatchObject([{ key: "colour", isRequired: true }]);
});

test("what every product shall have is required everywhere, also where a category only expects it", () => {
  const everywhere = [{ namespace: "custom", key: "colour" }];
  expect(templateAt(null, [], everywhere)).toEqual([
    { namespace: "custom", key: "colour", isRequired: true, askedBy: null },
  ]);
  expect(templateAt("office", [entry("office", "colour")], everywhere)).toMatchObject([
    { isRequired: true, askedBy: "office" },
  ]);
});
