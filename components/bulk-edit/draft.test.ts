import { describe, expect, test } from "vitest";
import { operation } from "@/lib/bulk-edit/operation";
import { FIELD_NAMES } from "@/lib/catalog/product-fields";
import { METAFIELD_TYPES } from "@/lib/metafields/types";
import { type Draft, deedsOf, newDraft, toOperation, withField } from "./draft";

const FILLED: Partial<Draft> = {
  ...{ value: "1", by: "1", find: "a", with: "b", text: "x" },
  category: { id: "01900000-0000-7000-8000-000000000001", name: "Pens", above: [] },
};
const definition = (type: string) => ({ namespace: "custom", key: "some", name: "Some", type, validations: [] });

describe("whatever the form offers, the server takes", () => {
  test.each(FIELD_NAMES)("%s", (field) => {
    for (const deed of deedsOf({ field, definition: null })) {
      const made = operation.safeParse(toOperation(newDraft({ ...FILLED, field, deed })));
      expect(made.error?.issues, deed).toBeUndefined();
    }
  });

  test.each(METAFIELD_TYPES)("a metafield of the type %s", (type) => {
    const of = { field: "metafield", definition: definition(type) } as const;
    for (const deed of deedsOf(of)) {
      const made = operation.safeParse(toOperation(newDraft({ ...FILLED, ...of, deed })));
      expect(made.error?.issues, deed).toBeUndefined();
    }
  });
});

test("a form that is not finished is no operation yet", () => {
  expect(toOperation(newDraft({ deed: "percent" }))).toBeNull();
  expect(toOperation(newDraft({ field: "metafield" }))).toBeNull();
  expect(toOperation(newDraft({ field: "categoryId" }))).toBeNull();
  expect(toOperation(newDraft({ field: "categoryId", category: null }))).toEqual({ kind: "move", categoryId: null });
});

test("another field keeps what was typed, and what can't be done with it becomes what can", () => {
  const draft = newDraft({ deed: "percent", by: "10" });
  expect(withField(draft, "costPriceCents")).toMatchObject({ deed: "percent", by: "10" });
  expect(withField(draft, "name")).toMatchObject({ deed: "set", by: "10" });
});
