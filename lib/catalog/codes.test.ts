import fc from "fast-check";
import { expect, test } from "vitest";
import { codeRefusal, normalizeCode, toGtin14 } from "./codes";
import golden from "./codes.golden.json";

test.each(golden.normalize)("A04 the code %j is compared as %j: %s", (code, normalized) => {
  expect(normalizeCode(code ?? "")).toBe(normalized);
});

test.each(golden.refused)("A04 the code %j is refused with %j", (code, reason) => {
  expect(codeRefusal(code ?? "")).toBe(reason);
});

test.each(golden.gtin)("the GTIN-14 of %j is %j: %s", (code, gtin) => {
  expect(toGtin14(code ?? "")).toBe(gtin);
});

test("a very long code stays whole, and costs no more than its length", () => {
  expect(normalizeCode("ab-1".repeat(50_000))).toBe("AB1".repeat(50_000));
  expect(toGtin14("0".repeat(100_000))).toBeNull();
});

test("a code in its compared form is compared as itself, whatever it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (code) => {
      const once = normalizeCode(code);
      expect(normalizeCode(once)).toBe(once);
    }),
  );
});

test("no punctuation put into a code changes what it is compared as", () => {
  const mark = fc.constantFrom("-", " ", "/", "#", ".", "–", "\u00a0", "\u200b");
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{1,20}$/), fc.array(mark, { maxLength: 20 }), (code, marks) => {
      const spelled = [...code].map((letter, at) => letter + (marks[at] ?? "")).join("");
      expect(normalizeCode(spelled.toLowerCase())).toBe(code);
    }),
  );
});

test("a GTIN is the same with zeros before it, and another digit in it makes it none", () => {
  const digits = fc.stringMatching(/^[0-9]{11}$/);
  fc.assert(
    fc.property(digits, fc.nat(11), fc.integer({ min: 1, max: 9 }), (eleven, at, by) => {
      const check = Array.from({ length: 10 }, (_, digit) => `${eleven}${digit}`).find((code) => toGtin14(code));
      if (!check) throw new Error("one check digit fits every code");
      expect(toGtin14(`0${check}`)).toBe(toGtin14(check));
      const wrong = [...check].map((digit, n) => (n === at ? String((Number(digit) + by) % 10) : digit)).join("");
      expect(toGtin14(wrong)).toBeNull();
    }),
  );
});
