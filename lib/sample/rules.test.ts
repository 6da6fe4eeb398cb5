import { expect, test } from "vitest";
import { checkDigit, isValidGtin, ownEan, ownUpc } from "./article-numbers";
import { SHAPE_NAMES } from "./pictures/shapes";
import { drawProductPicture } from "./pictures/write-pictures";
import { PRODUCT_KINDS } from "./product-kinds";
import { createRandom } from "./random";
import { fillSentence, packInTitle, shelfPriceCents, sizeInTitle } from "./wording";

test.each([
  ["400638133393", 1],
  ["03600029145", 2],
  ["9638507", 4],
])("the check digit of %s is %i", (body, digit) => {
  expect(checkDigit(body)).toBe(digit);
});

test("own article numbers are valid, other digits are not", () => {
  expect([ownUpc(0), ownUpc(9_999_999_999), ownEan(12_345)].every(isValidGtin)).toBe(true);
  expect(isValidGtin("4006381333932")).toBe(false);
  expect(isValidGtin("12345")).toBe(false);
});

test("the random numbers are the same everywhere", () => {
  const random = createRandom(1);
  expect([random.int(1, 100), random.int(1, 100), random.int(1, 100)]).toEqual([63, 1, 53]);
  expect(() => random.pick([])).toThrow(RangeError);
});

test("a sentence takes values in small letters, numbers with commas, names as they are", () => {
  const values = new Map([
    ["colour", "Dark Blue"],
    ["Page Yield", "10500"],
    ["Compatibility", "Kelvaro K45 series"],
    ["Connectivity", "USB-C"],
  ]);
  expect(fillSentence("{colour} toner, {Page Yield} pages, for {Compatibility} by {Connectivity}.", values)).toBe(
    "Dark blue toner, 10,500 pages, for Kelvaro K45 series by USB-C.",
  );
  expect(() => fillSentence("{Weight}", values)).toThrow("No value for {Weight}");
});

test.each([
  ["Capacity (fl oz)", "12", "12 fl oz"],
  ["Drawer Count", "3", "3-Drawer"],
  ["Ply", "2", "2-Ply"],
  ["Point Size", "0.7 mm", "0.7 mm"],
])("%s %s stands in a title as %s", (attribute, value, shown) => {
  expect(sizeInTitle(attribute, value)).toBe(shown);
});

test("packs are named as on a shelf", () => {
  expect([
    packInTitle(1, "Pack"),
    packInTitle(12, "Pack"),
    packInTitle(12, "Box"),
    packInTitle(1000, "Carton"),
  ]).toEqual([null, "Dozen", "Box of 12", "Carton of 1,000"]);
});

test.each([
  [0.05, 19],
  [2.44, 239],
  [18.98, 1899],
  [52.3, 5249],
  [248.7, 24_899],
])("%f dollars become %i cents on the shelf", (dollars, cents) => {
  expect(shelfPriceCents(dollars)).toBe(cents);
});

test("every shape is used, and drawn in the product's colour", () => {
  expect(new Set(PRODUCT_KINDS.map(({ shape }) => shape))).toEqual(new Set(SHAPE_NAMES));
  const blue = drawProductPicture("Writing Supplies > Pens > Gel Pens", new Map([["Color", "Blue"]]));
  const red = drawProductPicture("Writing Supplies > Pens > Gel Pens", new Map([["Color", "Red"]]));
  expect(blue).toMatch(/^<svg [^>]*width="600" height="600"/);
  expect(blue).not.toBe(red);
  expect(drawProductPicture("Nowhere", new Map())).toBeNull();
});
