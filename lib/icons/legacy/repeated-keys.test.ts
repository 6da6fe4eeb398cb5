import { expect, test } from "vitest";
import { repeatedKeys } from "./repeated-keys";

test("keys that stand twice in one object are told, those of others are not", () => {
  const text = `{"a": {"x": 1, "x": 2}, "icons": {"a": {"b": ["a", "a"], "b": {}}, "b": "a", "a": [{"a": 1}], "\\u0061": 1, "c\\"}": 1}}`;
  expect(repeatedKeys(text, "icons")).toEqual(["a", "a"]);
  expect(repeatedKeys(`{"icons": {}}`, "icons")).toEqual([]);
  expect(repeatedKeys("[1, 2]", "icons")).toEqual([]);
});
