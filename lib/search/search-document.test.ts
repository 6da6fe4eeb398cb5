import { expect, test } from "vitest";
import { compactCode, searchDocument } from "./search-document";

test("a product is found by its words, folded, each once", () => {
  const document = searchDocument({
    name: "Café Mug, café size",
    sku: "MUG-01",
    brand: "Émile",
    categoryNames: ["Kitchen", "Mugs"],
    codes: ["0 12345-67890 5", "mug 01"],
    metafieldValues: ["Blue", "210x297 mm"],
  });
  expect(document).toEqual({
    title: "cafe mug size 01",
    codes: "mug01 012345678905",
    body: "emile kitchen mugs blue 210x297 mm",
  });
});

test("prose and endless words are cut", () => {
  const { body } = searchDocument({
    name: "x",
    sku: "x",
    codes: [],
    metafieldValues: [Array.from({ length: 5000 }, (_, n) => `w${n}`).join(" "), "y".repeat(5000)],
  });
  expect(body.split(" ")).toHaveLength(600);
});

test.each([
  ["006R-90321", "006r90321"],
  [" a/b.c ", "abc"],
  ["---", ""],
])("code %s is one word", (code, word) => {
  expect(compactCode(code)).toBe(word);
});
