import { expect, test } from "vitest";
import { searchTerms } from "./search-terms";

/** As one would write it: `a b*` and `|` between ways or spellings. */
function show(typed: string) {
  const ways = searchTerms(typed);
  return ways
    ?.map((way) =>
      way
        .map((part) => part.map((all) => all.map((t) => t.word + (t.isPrefix ? "*" : "")).join("+")).join("|"))
        .join(" "),
    )
    .join(" || ");
}

test.each([
  ["toner", "toner*"],
  ["Toner Cartr", "toner cartr*"],
  ["toner ", "toner"],
  ["Café a", "cafe a"],
  ["006R-90321", "006r+90321*|006r90321*"],
  ["xerox 006R-90321 black", "xerox 006r+90321|006r90321 black*"],
  ["0 12345 67890 5", "0 12345 67890 5 || 012345678905*"],
  ["210x297/80", "210x297+80*|210x29780*"],
])("%s asks for %s", (typed, asked) => {
  expect(show(typed)).toBe(asked);
});

test.each(["", "  ", "--- ''", '"*"'])("%j has nothing to look for", (typed) => {
  expect(searchTerms(typed)).toBeNull();
});
