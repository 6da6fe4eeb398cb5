import { expect, test } from "vitest";
import { amountText, readAmount } from "./amount";

test.each([
  ["", null],
  ["  ", null],
  ["0", 0],
  ["2.50", 2_500_000],
  [" 0,04 ", 40_000],
  ["0.000001", 1],
  ["1e3", undefined],
  ["-1", undefined],
  ["1.0000001", undefined],
  ["two", undefined],
])("%j is %j millionths", (typed, micros) => {
  expect(readAmount(typed)).toBe(micros);
});

test.each([0, 1, 40_000, 2_500_000, 999_999_999_999])("%i millionths are read as they are shown", (micros) => {
  expect(readAmount(amountText(micros))).toBe(micros);
});
