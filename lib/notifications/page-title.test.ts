import { expect, test } from "vitest";
import { badgedTitle } from "./page-title";

test.each([
  ["Products · Stockroom", 2, "(2) Products · Stockroom"],
  ["(2) Products · Stockroom", 3, "(3) Products · Stockroom"],
  ["(99+) Products · Stockroom", 0, "Products · Stockroom"],
  ["Products · Stockroom", 0, "Products · Stockroom"],
  ["(A) Products", 1, "(1) (A) Products"],
])("the title %j with %i unread is %j", (title, unread, expected) => {
  expect(badgedTitle(title, { unread, isCapped: false })).toBe(expected);
});

test("a hundred and more are told as 99+", () => {
  expect(badgedTitle("Jobs", { unread: 100, isCapped: true })).toBe("(99+) Jobs");
});
