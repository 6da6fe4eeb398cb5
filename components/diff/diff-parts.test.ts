import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DiffPart, diffParts } from "./diff-parts";

const marked = (parts: DiffPart[]) => parts.map((part) => (part.changed ? `[${part.text}]` : part.text)).join("");

describe("what differs is marked", () => {
  test.each([
    ["421.95", "400.85", "4[21].[9]5", "4[00].[8]5"],
    ["No", "Yes", "[No]", "[Yes]"],
    ["3 m", "3.05 m", "3 m", "3[.05] m"],
    ["Blue pen, 12 pieces", "Black pen, 12 pieces", "[Blue] pen, 12 pieces", "[Black] pen, 12 pieces"],
    ["accomodate", "accommodate", "accomodate", "accom[m]odate"],
    ["true", "false", "[true]", "[false]"],
    ["one two three", "zero two three", "[one] two three", "[zero] two three"],
    ["", "new", "", "[new]"],
    ["same", "same", "same", "same"],
  ])("%s → %s", (before, after, markedBefore, markedAfter) => {
    const parts = diffParts(before, after);
    expect(marked(parts.before)).toBe(markedBefore);
    expect(marked(parts.after)).toBe(markedAfter);
  });

  test("both sides come back whole, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        const parts = diffParts(before, after);
        expect(parts.before.map((part) => part.text).join("")).toBe(before);
        expect(parts.after.map((part) => part.text).join("")).toBe(after);
        const kept = (side: DiffPart[]) =>
          side
            .filter((part) => !part.changed)
            .map((part) => part.text)
            .join("");
        expect(kept(parts.before)).toBe(kept(parts.after));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("a text of 100,000 words takes no noticeable time", () => {
    const long = "word ".repeat(100_000);
    const parts = diffParts(`a${long}b`, `c${long.replaceAll("word", "term")}d`);
    expect(parts.before.some((part) => part.changed)).toBe(true);
  });
});
