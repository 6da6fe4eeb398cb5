import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv-line";
import { differenceWords, doingWords, fieldDifferences } from "./doing-words";
import { forecastGrowth } from "./forecast";
import { refusalWords } from "./refusal-words";

test("what differs between two settings is told by its path, and what does not is left out", () => {
  const before = { schedule: { cron: "0 2 * * *", timeZone: "UTC" }, version: 1 };
  const after = { schedule: { cron: "0 4 * * *", timeZone: "UTC" }, version: 2, keepFiles: 5 };
  expect(differenceWords(before, after)).toEqual(["schedule cron: 0 2 * * * → 0 4 * * *", "keep files: 5"]);
  expect(differenceWords(null, { ids: [1, 2] })).toEqual(["ids: 1, 2"]);
  expect(differenceWords(null, { field: "priceCents", force: false })).toEqual(["field: Price"]);
  expect(differenceWords({ isActive: true }, { isActive: false })).toEqual(["is active: true → false"]);
  expect(differenceWords(null, { name: "Pens", kind: "shopify_csv", note: "" })).toEqual([
    "name: Pens",
    "format: Shopify CSV",
  ]);
  expect(differenceWords({ status: "paused" }, null)).toEqual([]);
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, n]));
  expect(differenceWords({}, many).at(-1)).toBe("and 3 more");
});

test("an action nobody named is told by its own words", () => {
  expect(doingWords("job.pause")).toBe("paused");
  expect(doingWords("feed.set-fire")).toBe("set fire");
  expect(refusalWords("price_zero")).toBe("Price zero");
});

test("no text comes out of a CSV line as a formula or as another cell", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const line = csvLine([text, 1]);
      const cell = line.startsWith('"')
        ? line.slice(1, line.lastIndexOf('",')).replaceAll('""', '"')
        : line.split(",")[0];
      expect([text, `'${text}`]).toContain(cell);
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("with retention the history levels off; without it grows straight", () => {
  const forecast = forecastGrowth({ bytes: 1_000, historyBytes: 400, bytesPerDay: 10, rowDays: 90 });
  expect(forecast).toHaveLength(13);
  expect(forecast[0]).toEqual({ month: 0, everything: 1_000, withRetention: 1_000 });
  expect(forecast[12]).toEqual({ month: 12, everything: 4_650, withRetention: 600 + 900 });
  const long = forecastGrowth({ bytes: 1_000, historyBytes: 400, bytesPerDay: 10, rowDays: 400 });
  for (const { everything, withRetention } of long) expect(withRetention).toBeLessThanOrEqual(everything);
});

test("an icon that a category shows is told by its file, not by the key that machines know it by", () => {
  expect(fieldDifferences({ icon: "none", iconId: null }, { icon: "pen.png", iconId: "01a2" })).toEqual([
    "Icon: none → pen.png",
  ]);
});
