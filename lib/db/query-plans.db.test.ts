import { beforeAll, describe, expect, test } from "vitest";
import { createDefinition, createMetafield, createProduct } from "@/lib/testing/factories";
import { db, engine } from "./client";
import type { DemandTree, ProductDemand, ValueTest } from "./filter-conditions";
import { filterSql, type Lead, type ProductFilter } from "./product-filter";
import { queryRows } from "./raw";

// PostgreSQL plans by statistics that a test's few rows don't have; SQLite plans by the shape of the query.
const onSqlite = describe.runIf(engine() === "sqlite");

function filterOf(...demands: ProductDemand[]): ProductFilter {
  const tree: DemandTree = { join: "all", groups: [{ join: "all", demands }] };
  return { scope: { kind: "all" }, statuses: ["draft", "active"], brands: [], demands: tree };
}

async function planOf(filter: ProductFilter, lead?: Lead) {
  const { from, where, parameters } = filterSql(filter, lead);
  const sql = `EXPLAIN QUERY PLAN SELECT p."id" FROM ${from} WHERE ${where} LIMIT 10001`;
  return (await queryRows<{ detail: string }>(db, sql, ...parameters)).map(({ detail }) => detail);
}

beforeAll(async () => {
  const product = await createProduct();
  await createDefinition({ key: "color" });
  await createMetafield(product.id, { key: "color" });
});

onSqlite("C20 a filter that an index can answer never reads the whole catalogue", () => {
  const begins: ValueTest = { kind: "begins", text: "ab" };
  const equals: ValueTest = { kind: "equals", values: ["ab"] };
  test.each<[string, ProductDemand, RegExp]>([
    ["a name's beginning", { on: "column", column: "name", test: begins }, /Product_nameKey_id_idx/],
    ["a brand", { on: "column", column: "brand", test: equals }, /Product_brandKey_id_idx/],
    ["no brand", { on: "column", column: "brand", test: { kind: "known" }, isNot: true }, /Product_brandKey_id_idx/],
    ["a SKU", { on: "column", column: "sku", test: equals }, /Product_sku_key/],
    ["a price", { on: "column", column: "priceCents", test: { kind: "numbers", to: 5 } }, /Product_priceCents_id_idx/],
    [
      "no price",
      { on: "column", column: "priceCents", test: { kind: "known" }, isNot: true },
      /Product_priceCents_id_idx/,
    ],
    [
      "a quantity",
      { on: "column", column: "inventoryQuantity", test: { kind: "numbers", from: 1, to: 1 } },
      /Product_inventoryQuantity_id_idx/,
    ],
    [
      "the last days",
      { on: "column", column: "updatedAt", test: { kind: "times", from: new Date() } },
      /Product_updatedAt_id_idx/,
    ],
    ["a code", { on: "code", test: equals }, /ProductCode_normalized_type_idx/],
    ["a grade", { on: "grade", grades: ["E"] }, /ProductQuality_grade_productId_idx/],
    ["missing fields", { on: "required", isMissing: true }, /ProductQuality_missingRequired_productId_idx/],
    ["a small run", { on: "run", runId: "x", isLarge: false }, /SyncChange_runId_state_id_idx/],
    ["a category", { on: "category", subtrees: ["paper"], ids: [] }, /Product_categoryId_status_idx/],
    [
      "a metafield",
      { on: "metafield", namespace: "custom", key: "color", by: "value", test: equals },
      /SEARCH l USING .*ProductMetafield_value/,
    ],
  ])("%s", async (_, demand, index) => {
    const plan = await planOf(filterOf(demand));
    expect(plan.join("\n")).toMatch(index);
    expect(plan.filter((step) => /^SCAN p/.test(step))).toEqual([]);
  });

  test("of several conditions the one with an index leads", async () => {
    const color = { on: "metafield", namespace: "custom", key: "color", by: "value", test: equals } as const;
    const sku = { on: "column", column: "sku", test: equals } as const;
    const plan = await planOf(filterOf(color, sku));
    expect(plan[0]).toMatch(/SEARCH p USING .*Product_sku_key/);
  });

  test("a list in an index's order is read from it, whatever filters it, and asks for metafields by product", async () => {
    const color = { on: "metafield", namespace: "custom", key: "color", by: "value", test: equals } as const;
    const plan = await planOf(filterOf(color), { index: "Product_priceCents_id_idx" });
    expect(plan[0]).toMatch(/p USING INDEX Product_priceCents_id_idx/);
    expect(plan.join("\n")).toMatch(/SEARCH m .*USING .*\(productId=\? AND namespace=\? AND key=\?\)/);
  });
});

test("a filter that demands nothing is every product", () => {
  expect(filterSql({ scope: { kind: "all" }, statuses: ["draft", "active", "archived"], brands: [] }).where).toBe(
    "true",
  );
});
