import { expect, test } from "vitest";
import {
  formatBytes,
  formatCents,
  formatDuration,
  formatMoney,
  formatPercent,
  formatPlural,
  formatRelative,
  formatTotal,
} from "./format";

const now = new Date("2026-11-07T12:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  [before(10), "just now"],
  [before(-3), "just now"],
  [before(-30), "in a moment"],
  [before(60), "1 min ago"],
  [before(59 * 60), "59 min ago"],
  [before(3_580), "1 h ago"],
  [before(23 * 3600), "23 h ago"],
  [before(86_000), "1 d ago"],
  [before(6 * 86_400), "6 d ago"],
  [before(8 * 86_400), "30 Oct"],
  [before(400 * 86_400), "3 Oct 2025"],
  [before(-300), "in 5 min"],
])("%s is %s", (date, words) => {
  expect(formatRelative(date, now, "UTC")).toBe(words);
});

test.each([
  [0, "0 B"],
  [820, "820 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [13_700_000, "13.7 MB"],
  [999_900, "1.0 MB"],
  [2_000_000_000_000_000, "2,000 TB"],
])("%d bytes are %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test.each([
  [0.03, "0 s"],
  [0.26, "0.3 s"],
  [0.42, "0.4 s"],
  [12.2, "12 s"],
  [180, "3 min"],
  [4800, "1 h 20 min"],
  [7200, "2 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(formatDuration(seconds)).toBe(words);
});

test("money has two places and its currency, and unknown is not zero", () => {
  expect(formatMoney(4995, "EUR")).toBe("49.95 EUR");
  expect(formatCents(123_456_789)).toBe("1,234,567.89");
  expect(formatMoney(null, "EUR")).toBe("–");
});

test("counts are grouped, and say when they were cut off", () => {
  expect(formatTotal({ count: 10_000, isCapped: true })).toBe("10,000+");
  expect(formatPlural(1, "product")).toBe("1 product");
  expect(formatPlural(14_700, "product")).toBe("14,700 products");
  expect(formatPercent(99.7)).toBe(">99 %");
});
