import { expect, test } from "vitest";
import { updateProductInput } from "./product-changes";
import { editField, FIELD_NAMES, type ProductField, parseField } from "./product-fields";

test.each<[ProductField, string, string | number | null]>([
  ["priceCents", "12.5", 1250],
  ["priceCents", "1,234.50", 123450],
  ["priceCents", "", null],
  ["costPriceCents", "0", 0],
  ["inventoryQuantity", "-3", -3],
  ["inventoryQuantity", "1,200", 1200],
  ["weightGrams", "", null],
  ["name", "  Blue mug ", "Blue mug"],
  ["description", "", ""],
  ["brand", " ", null],
])("%s: %j is read as %j", (field, typed, value) => {
  expect(parseField(field, typed)).toEqual({ ok: true, value });
});

test.each<[ProductField, string, string]>([
  ["priceCents", "0", "0 is not a price. Leave it empty if the price is unknown."],
  ["priceCents", "0.00", "0 is not a price. Leave it empty if the price is unknown."],
  ["priceCents", "12,50", "Enter a price like 12.50."],
  ["weightGrams", "1,25", "Enter a whole number like 12."],
  ["inventoryQuantity", ",", "Enter a whole number like 12."],
  ["priceCents", "12.505", "Enter a price like 12.50."],
  ["compareAtPriceCents", "-1", "Enter a price like 12.50."],
  ["priceCents", "99999999", "Enter a price below 21,000,000."],
  ["inventoryQuantity", "2.5", "Enter a whole number like 12."],
  ["weightGrams", "-1", "Enter 0 or more."],
  ["name", " ", "Enter a name."],
  ["brand", "x".repeat(201), "Shorten this to 200 characters; it has 201."],
])("%s: %j is refused in words", (field, typed, error) => {
  expect(parseField(field, typed)).toEqual({ ok: false, error });
});

test("what a form shows is read back as the same value", () => {
  const values: Record<ProductField, string | number> = {
    name: "Mug",
    shortDescription: "A mug\nfor tea",
    description: "<p>A mug</p>",
    brand: "Acme",
    manufacturer: "Acme",
    manufacturerPartNumber: "M-1",
    priceCents: 5,
    compareAtPriceCents: 105,
    costPriceCents: 100_000,
    inventoryQuantity: -1,
    weightGrams: 250,
    lengthMm: 1,
    widthMm: 2,
    heightMm: 3,
    seoTitle: "Mug",
    seoDescription: "Mugs",
    status: "active",
    categoryId: "c",
  };
  for (const field of FIELD_NAMES) {
    expect(parseField(field, editField(field, values[field]))).toEqual({ ok: true, value: values[field] });
  }
});

test.each([
  [{ priceCents: { to: 0 } }, "changes.priceCents.to"],
  [{ priceCents: { to: 1.5 } }, "changes.priceCents.to"],
  [{ priceCents: { to: "12" } }, "changes.priceCents.to"],
  [{ name: { to: null } }, "changes.name.to"],
  [{ name: { to: "  " } }, "changes.name.to"],
  [{ status: { to: "deleted" } }, "changes.status.to"],
  [{ sku: { to: "other" } }, "changes"],
])("the server refuses %j", (changes, path) => {
  const parsed = updateProductInput.safeParse({ id: "p", changes });
  expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});
