import { expect, test } from "vitest";
import { firstWords } from "./detail-fields";

test.each([
  ["<p>Writes <b>blue</b>,&nbsp;dries &amp; stays</p><ul><li>1</li></ul>", "Writes blue , dries & stays 1"],
  ["Holds up to 5 < 6 mm\nof paper", "Holds up to 5 < 6 mm of paper"],
  ["", ""],
  ["&unknown; stays", "&unknown; stays"],
])("%j is shown as %j", (text, shown) => {
  expect(firstWords(text)).toBe(shown);
});

test("a long text is cut, and says so", () => {
  expect(firstWords("word ".repeat(500))).toHaveLength(240);
  expect(firstWords("word ".repeat(500)).endsWith("…")).toBe(true);
});
