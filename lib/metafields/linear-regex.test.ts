import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "./linear-regex";

function matches(pattern: string, text: string) {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.error);
  return compiled.test(text);
}

const atom = fc.constantFrom(
  "a",
  "b",
  "c",
  ".",
  "\\d",
  "\\w",
  "[ab]",
  "[^a]",
  "[a\\]b]",
  "\\.",
  "\\b",
  "^",
  "$",
  "\\p{L}",
  "é",
);
const { pattern } = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc
    .array(tie("part"), { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.constantFrom("", "|").map((between) => parts.join(between))),
  part: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc
      .tuple(tie("pattern"), fc.constantFrom("", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"))
      .map(([inner, quantifier]) => `(${inner})${quantifier}`),
  ),
}));
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "1", ".", " ", "]", "é", "😀"), maxLength: 8 });

test("says of every text what JavaScript's own engine says", () => {
  fc.assert(
    fc.property(pattern, text, (source, sample) => {
      expect(matches(source, sample)).toBe(new RegExp(source, "u").test(sample));
    }),
    { seed: 7, numRuns: 1_500 },
  );
});

test.each(["(a+)+$", "^(a|a)*$", "^(a|aa)+$", "a*a*a*a*a*a*b", "(.*)*x", "(a?){100}a{100}$"])(
  "%s takes no exponential time",
  (source) => {
    expect(matches(source, `${"a".repeat(2_000)}!`)).toBe(false);
  },
);

describe("what can't be matched so is refused in words", () => {
  test.each([
    ["(a", "This is no pattern: check its brackets and escapes."],
    ["[z-a]", "This is no pattern: check its brackets and escapes."],
    ["(?=a)b", "Look-around and flags within a pattern can't be used: Shopify does not know them."],
    ["(?<!a)b", "Look-around and flags within a pattern can't be used: Shopify does not know them."],
    ["(a)\\1", "Back-references can't be used: Shopify does not know them."],
    ["(?<n>a)\\k<n>", "Back-references can't be used: Shopify does not know them."],
    ["(a{1000}){1000}", "This pattern is too long when written out."],
    ["a{100000}", "This pattern is too long when written out."],
    ["a".repeat(501), "Shorten this to 500 characters."],
  ])("%s", (source, error) => {
    expect(compilePattern(source)).toEqual({ ok: false, error });
  });
});
