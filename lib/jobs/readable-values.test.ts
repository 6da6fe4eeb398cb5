import { expect, test } from "vitest";
import { labelOf, readableEntries, resultWords } from "./readable-values";

test.each([
  ["autoApprove", "Auto approve"],
  ["bytes_before", "Bytes before"],
  ["runId", "Run"],
  ["id", "Id"],
  ["costMicros", "Cost"],
  ["etilize.page-yield", "Etilize page yield"],
])("%s is called %s", (name, label) => {
  expect(labelOf(name)).toBe(label);
});

test("values are told in words: yes and no, figures, sizes, times, lists with their rest, groups", () => {
  expect(
    readableEntries({
      dryRun: true,
      products: 2_500,
      bytesBefore: 3_100_000,
      at: "2026-11-21T20:00:00.000Z",
      files: Array.from({ length: 12 }, (_, n) => ({ name: `file ${n}`, hash: "x" })),
      none: [],
      unknown: null,
      empty: "",
      counts: { made: 3 },
    }),
  ).toEqual([
    { name: "dryRun", label: "Dry run", value: { kind: "text", text: "yes" } },
    { name: "products", label: "Products", value: { kind: "number", value: 2_500, isBytes: false } },
    { name: "bytesBefore", label: "Bytes before", value: { kind: "number", value: 3_100_000, isBytes: true } },
    { name: "at", label: "At", value: { kind: "time", at: "2026-11-21T20:00:00.000Z" } },
    {
      name: "files",
      label: "Files",
      value: { kind: "list", items: Array.from({ length: 10 }, (_, n) => `file ${n}`), more: 2 },
    },
    { name: "none", label: "None", value: { kind: "text", text: "none" } },
    {
      name: "counts",
      label: "Counts",
      value: {
        kind: "group",
        entries: [{ name: "made", label: "Made", value: { kind: "number", value: 3, isBytes: false } }],
      },
    },
  ]);
});

test.each([null, undefined, "text", 5, [1, 2], {}])("%j has nothing to tell", (stored) => {
  expect(readableEntries(stored)).toEqual([]);
  expect(resultWords(stored)).toBeNull();
});

test("a result's line names its first figures that are not nought, the first where all are", () => {
  expect(resultWords({ made: 19, failed: 0, bytes: 1_200, note: "x" })).toBe("Made 19 · Bytes 1.2 kB");
  expect(resultWords({ made: 0, failed: 0 })).toBe("Made 0");
});

test("a name that does not say what it counts is called by its title; an amount is told in its currency's unit", () => {
  const titles = { written: "Words written" };
  expect(readableEntries({ written: 736, costMicros: 1_250_000 }, titles)).toEqual([
    { name: "written", label: "Words written", value: { kind: "number", value: 736, isBytes: false } },
    { name: "costMicros", label: "Cost", value: { kind: "text", text: "1.25" } },
  ]);
  expect(resultWords({ written: 736, recounted: false }, titles)).toBe("Words written 736");
});
