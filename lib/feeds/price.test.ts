import { expect, test } from "vitest";
import { parsePrice } from "./price";

test.each([
  ["12.49", 1249],
  [" 12.49 ", 1249],
  ["$12.49", 1249],
  ["12", 1200],
  ["12.4", 1240],
  ["12.4900", 1249],
  [".99", 99],
  ["1,234.50", 123450],
  ["1234567.89", 123456789],
  ["0.07", 7],
])("the price %j is %d cents", (text, cents) => {
  expect(parsePrice(text)).toEqual({ cents });
});

test.each([
  ["", "price missing"],
  ["  ", "price missing"],
  ["N/A", "not a number"],
  ["12,49", "not a number"],
  ["1,23.50", "not a number"],
  ["12.49 USD", "not a number"],
  ["1e3", "not a number"],
  [".", "not a number"],
  ["$", "not a number"],
  ["١٢", "not a number"],
  ["0", "zero not allowed"],
  ["0.00", "zero not allowed"],
  ["-12.49", "negative not allowed"],
  ["-$1", "negative not allowed"],
  ["12.345", "more than two decimals"],
  ["99999999999", "too large"],
])("A11 the price %j is refused: %s", (text, problem) => {
  expect(parsePrice(text)).toEqual({ problem });
});
