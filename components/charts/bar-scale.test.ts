import { describe, expect, test } from "vitest";
import { barScale } from "./bar-scale";

describe("the scale of a bar chart", () => {
  test.each([
    [[], { top: 1, isCut: false }],
    [[0, 0], { top: 1, isCut: false }],
    [[3, 80, 41], { top: 100, isCut: false }],
    [[212, 180], { top: 500, isCut: false }],
    [[14_700, 212, 300], { top: 500, isCut: true }],
    [[14_700], { top: 20_000, isCut: false }],
  ])("%j", (totals, scale) => {
    expect(barScale(totals)).toEqual(scale);
  });
});
