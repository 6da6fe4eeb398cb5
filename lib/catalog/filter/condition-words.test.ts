import { expect, test } from "vitest";
import { conditionWords, type FilterNames } from "./condition-words";

const names: FilterNames = {
  metafields: { "m.custom.width": { label: "Width", kind: "measure", hint: "" } },
  categories: { "paper/pads": "Pads" },
};

test.each([
  [{ field: "price", op: "lt", values: ["100"] }, "Price less than 100"],
  [{ field: "price", op: "between", values: ["1", "2"] }, "Price between 1 and 2"],
  [{ field: "weight", op: "gt", values: ["500"] }, "Weight more than 500 g"],
  [{ field: "brand", op: "is", values: ["HP"] }, "Brand HP"],
  [{ field: "brand", op: "any", values: ["a", "b", "c", "d", "e"] }, "Brand is any of a, b, c and 2 more"],
  [{ field: "status", op: "none", values: ["draft"] }, "Status is not draft"],
  [{ field: "image", op: "any", values: ["broken"] }, "Picture is broken"],
  [{ field: "category", op: "in", values: ["paper/pads"] }, "Category is in Pads"],
  [{ field: "updated", op: "last", values: ["7"] }, "Updated in the last 7 days"],
  [{ field: "created", op: "in", values: ["month"] }, "Added this month"],
  [{ field: "changed", op: "by", values: ["12"] }, "Changed by run 12"],
  [{ field: "m.custom.width", op: "gt", values: ["30 cm"] }, "Width more than 30 cm"],
  [{ field: "upc", op: "empty", values: [] }, "UPC or EAN is empty"],
  [{ field: "gone", op: "is", values: ["x"] }, "gone is x"],
])("a chip says what its condition demands", (condition, said) => {
  const { label, value } = conditionWords(condition, names);
  expect(`${label} ${value}`).toBe(said);
});
