import { describe, expect, test } from "vitest";
import { fieldLabel, fieldValue } from "./field-words";
import {
  countItems,
  fileBalance,
  type RunCounts,
  runFound,
  runSegments,
  runSummary,
  successRate,
  undoSummary,
} from "./run-words";

const NOTHING: RunCounts = {
  added: 0,
  changed: 0,
  missing: 0,
  waiting: 0,
  rejected: 0,
  repeated: 0,
  unchanged: 0,
  deleted: 0,
};

describe("a run in words", () => {
  test.each([
    [
      { added: 294, changed: 212, missing: 73, rejected: 5, unchanged: 14_121 },
      "212 changed, 294 added, 73 missing, 5 rejected; 14,121 unchanged",
    ],
    [{ unchanged: 14_700 }, "Nothing changed; 14,700 unchanged"],
    [{ changed: 1, repeated: 2 }, "1 changed; 2 repeated"],
    [{ waiting: 58, unchanged: 1 }, "58 to decide; 1 unchanged"],
    [{}, "Nothing changed"],
  ])("%o", (counts, words) => {
    expect(runSummary({ of: "product", counts: { ...NOTHING, ...counts } })).toBe(words);
  });

  test.each([
    [{}, { created: 3, updated: 1, unchanged: 4_200 }, "Categories: 1 changed, 3 added; 4,200 unchanged"],
    [{ rejected: 2 }, { created: 0, updated: 0, unchanged: 5 }, "Categories: 2 rejected; 5 unchanged"],
    [{}, { created: 0, updated: 0, unchanged: 5 }, "Categories: nothing changed; 5 unchanged"],
    [{}, { created: 0, updated: 0, unchanged: 0 }, "Nothing changed"],
    [{ added: 1 }, { created: 3, updated: 0, unchanged: 0 }, "1 added"],
  ])("%o with the categories %o", (counts, categories, words) => {
    expect(runSummary(runFound({ counts: { ...NOTHING, ...counts }, categories }))).toBe(words);
  });

  test("the bar's parts add up to all products and their shares to one", () => {
    const counts = {
      added: 294,
      changed: 212,
      missing: 73,
      waiting: 1,
      rejected: 5,
      repeated: 2,
      unchanged: 14_121,
      deleted: 0,
    };
    const segments = runSegments(counts);
    expect(segments.reduce((sum, segment) => sum + segment.count, 0)).toBe(countItems(counts));
    expect(segments.reduce((sum, segment) => sum + segment.share, 0)).toBeCloseTo(1, 10);
    expect(runSegments(NOTHING)).toEqual([]);
  });

  test("success is what was neither rejected nor failed; without products there is none", () => {
    expect(successRate({ ...NOTHING, added: 8, rejected: 1, unchanged: 1 }, 1)).toBe(80);
    expect(successRate(NOTHING, 0)).toBeNull();
  });

  test("a file's rows are accounted for, or the sentence says how many are not", () => {
    const file = { rowsRead: 10, rowsStaged: 4, rowsUnchanged: 3, rowsRepeated: 1, rowsRejected: 2 };
    expect(fileBalance(file)).toEqual({ isBalanced: true, words: "every row accounted for" });
    expect(fileBalance({ ...file, rowsRead: 11 }).words).toBe("1 row unaccounted for");
    expect(fileBalance({ ...file, rowsRead: 8 }).words).toBe("2 rows counted twice");
  });
});

describe("a field in words", () => {
  test.each([
    ["priceCents", "Price"],
    ["metafield:etilize.page_yield", "Page yield"],
    ["metafield:custom.a.b", "A.b"],
    ["code:cws_catalog", "CWS catalogue number"],
    ["code:house_no", "HOUSE NO code"],
    ["image:Front", "Picture, front"],
    ["somethingNew", "Something new"],
  ])("%s is %s", (field, label) => {
    expect(fieldLabel(field)).toBe(label);
  });

  test.each([
    ["priceCents", 112_900, "1,129.00"],
    ["weightGrams", 1500, "1,500 g"],
    ["inventoryQuantity", 12_000, "12,000"],
    ["missing", 0, "listed"],
    ["missing", 1, "missing"],
    ["missing", 3, "missing, 3 runs in a row"],
    ["isActive", false, "No"],
    ["name", "", ""],
    ["name", null, null],
  ])("%s %s is written %s", (field, value, words) => {
    expect(fieldValue(field, value)).toBe(words);
  });
});

test("an undo tells what went back, what was taken away and what it left", () => {
  expect(undoSummary({ updated: 2, deleted: 1, skipped: 1 })).toBe("2 put back, 1 taken away, 1 change left");
  expect(undoSummary({ updated: 0, deleted: 0, skipped: 0 })).toBe("Nothing put back");
});
