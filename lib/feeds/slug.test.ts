import { expect, test } from "vitest";
import { slugKey, suffixedKey } from "./slug";

test.each([
  ["Colour", "colour"],
  ["CWS_A", "cws_a"],
  ["Emi rfi noise filtering", "emi_rfi_noise_filtering"],
  ["Physical address extension  pae", "physical_address_extension_pae"],
  ["  Höhe (mm) ", "hohe_mm"],
  ["constructor", "constructor"],
  ["__proto__", "proto"],
  ["№ 5", "no_5"],
  ["…", ""],
  ["x".repeat(100), "x".repeat(64)],
])("the key of %j is %j", (name, key) => {
  expect(slugKey(name)).toBe(key);
});

test("a suffixed key stays within the limit", () => {
  expect(suffixedKey("colour", "3200333")).toBe("colour_3200333");
  expect(suffixedKey("x".repeat(64), "3200333")).toBe(`${"x".repeat(56)}_3200333`);
});
