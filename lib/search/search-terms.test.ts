import { expect, test } from "vitest";
import {
  anyWord,
  besideWords,
  longBeginnings,
  type SearchTerms,
  type Spelling,
  searchTerms,
  wholeWords,
  withoutOneWord,
} from "./search-terms";

/** As one would write it: `a b*` and `|` between ways or spellings. */
function show(terms: SearchTerms | null) {
  const spelling = ({ words }: Spelling) => words.map((one) => one.word + (one.isPrefix ? "*" : "")).join("+");
  return terms?.map(({ parts }) => parts.map((part) => part.map(spelling).join("|")).join(" ")).join(" || ");
}

test.each([
  ["toner", "toner*"],
  ["head set", "head|heads set* || headset*"],
  ["Toner Cartr", "toner|toners cartr* || tonercartr*"],
  ["toner ", "toner|toners"],
  ["laptop cases", "laptop|laptops|notebook cases*|case || laptopcases*"],
  ["Café a", "cafe|cafes a || cafea*"],
  ["006R-90321", "006r+90321*|006r90321*"],
  [
    "xerox 006R-90321 black",
    "xerox|xeroxes 006r+90321|006r90321 black* || xerox006r90321 black* || xerox|xeroxes 006r90321black*",
  ],
  ["0 12345 67890 5", "0 12345 67890 5 || 012345678905*|0012345678905|00012345678905"],
  ["210x297/80", "210x297+80*|210x29780*"],
])("%s asks for %s", (typed, asked) => {
  expect(show(searchTerms(typed))).toBe(asked);
});

test.each(["", "  ", "--- ''", '"*"'])("%j has nothing to look for", (typed) => {
  expect(searchTerms(typed)).toBeNull();
});

test("to the letter, a word has no other name", () => {
  expect(show(searchTerms("usb stick "))).toContain("usb+flash+drive");
  expect(show(searchTerms("usb stick ", { isLiteral: true }))).toBe("usb|usbs stick|sticks || usbstick");
});

test("where nothing has every word, one may be missing, then all but one", () => {
  const terms = searchTerms("red pen box ") ?? [];
  expect(show(withoutOneWord(terms))).toBe("pen|pens box|boxes || red|reds box|boxes || red|reds pen|pens");
  expect(show(anyWord(terms))).toBe("red|reds || pen|pens || box|boxes");
  expect(withoutOneWord(searchTerms("pen") ?? [])).toBeNull();
});

test("a long beginning is asked for as the known words that begin so", () => {
  const terms = searchTerms("red tonercart") ?? [];
  expect(longBeginnings(terms)).toEqual(["tonercart", "redtonercart"]);
  expect(show(wholeWords(terms, ["tonercartridge", "toner"]))).toBe(
    "red|reds tonercart|tonercartridge || redtonercart",
  );
  expect(longBeginnings(searchTerms("to") ?? [])).toEqual([]);
  expect(show(wholeWords(searchTerms("to") ?? [], ["toner"]))).toBe("to*");
});

test("words beside the search stand in every way of it", () => {
  expect(show(besideWords(searchTerms("head set ") ?? [], ["audio"]))).toBe(
    "head|heads set|sets audio || headset audio",
  );
});
