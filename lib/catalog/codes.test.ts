import { expect, test } from "vitest";
import { codeRefusal, normalizeCode, toGtin14 } from "./codes";

test.each([
  ["HEW-C2P24AN#140", "HEWC2P24AN140"],
  ["HEWC2P24AN140", "HEWC2P24AN140"],
  [" hew c2p24an/140 ", "HEWC2P24AN140"],
  ["0012345", "0012345"],
  ["12345", "12345"],
  ["BAO-06009-00", "BAO0600900"],
  ["ｃｗｓ１２", "CWS12"],
  ["straße-1", "STRASSE1"],
  ["№-#", "NO"],
  ["", ""],
])("A04 the code %j is compared as %j", (code, normalized) => {
  expect(normalizeCode(code)).toBe(normalized);
  expect(normalizeCode(normalized)).toBe(normalized);
});

test.each([
  ["12", "code too short"],
  ["1-2-3", "code too short"],
  ["", "code too short"],
  ["0012", null],
  ["BAO0600900", null],
])("A04 the code %j is refused with %j", (code, reason) => {
  expect(codeRefusal(code)).toBe(reason);
});

test.each([
  ["095205303827", "00095205303827"],
  ["0095205303827", "00095205303827"],
  ["4008496273614", "04008496273614"],
  ["4-008496-273614", "04008496273614"],
  ["96385074", "00000096385074"],
  ["10012345678902", "10012345678902"],
  ["4008496273615", null],
  ["95205303827", null],
  ["40084962736A4", null],
  ["", null],
])("the GTIN-14 of %j is %j", (code, gtin) => {
  expect(toGtin14(code)).toBe(gtin);
});
