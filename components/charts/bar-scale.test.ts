import { describe, expect, test } from "vitest";
import { barScale } from "./bar-scale";

describe("the scale of a bar chart", () => {
  test.each([
    [[], { top: 1, isCut: false }],
    [[0, 0], { top: 1, isCut: false }],
    [[3, 70, 41], { top: 80, isCut: false }],
    [[212, 180], { top: 300, isCut: false }],
    [[14_700, 212, 300], { top: 400, isCut: true }],
    [[14_700], { top: 15_000, isCut: false }],
  ])("%j", (totals, scale) => {
    expect(barScale(totals)).toEqual(scale);
  });
});
