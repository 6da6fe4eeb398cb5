import { beforeAll, describe, expect, test } from "vitest";
import { createDefinition, createMetafield, createProduct } from "@/lib/testing/factories";
import { db, engine, transaction } from "./client";
import type { DemandTree, ProductDemand, ValueTest } from "./filter/demand";
import { filterSql, type Lead, type ProductFilter } from "./product-filter";
import { hitsSql } from "./product-hits";
import { keyOf } from "./product-list";
import { execute, queryRows } from "./raw";

// PostgreSQL plans by statistics that a test's few rows don't have; SQLite plans by the shape of the query.
const onSqlite = describe.runIf(engine() === "sqlite");

function filterOf(...demands: ProductDemand[]): ProductFilter {
  const tree: DemandTree = { join: "all", groups: [{ join: "all", demands }] };
  return { scope: { kind: "all" }, statuses: ["draft", "active"], brands: [], demands: tree };
}

async function planOf(filter: ProductFilter, lead?: Lead) {
  const { from, where, parameters } = filterSql(filter, lead);
  return explained(`SELECT p."id" FROM ${from} WHERE ${where} LIMIT 10001`, parameters);
}

async function explained(sql: string, parameters: (string | number | Date)[]) {
  const steps = await queryRows<{ detail: string }>(db, `EXPLAIN QUERY PLAN ${sql}`, ...parameters);
  return steps.map(({ detail }) => detail);
}

beforeAll(async () => {
  const product = await createProduct();
  await createDefinition({ key: "color" });
  await createMetafield(product.id, { key: "color" });
});

onSqlite("C20 a filter that an index can answer never reads the whole catalogue", () => {
  const begins: ValueTest = { kind: "begins", text: "ab" };
  const contains: ValueTest = { kind: "contains", text: "ab" };
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
    [
      "a text anywhere in a metafield",
      { on: "metafield", namespace: "custom", key: "color", by: "value", test: contains },
      /SEARCH l USING INDEX ProductMetafield_value \(namespace=\? AND key=\?\)/,
    ],
    [
      "a metafield's figure",
      { on: "metafield", namespace: "custom", key: "color", by: "numberValue", test: { kind: "numbers", from: 3 } },
      /SEARCH l USING .*ProductMetafield_number \(namespace=\? AND key=\? AND numberValue>\?\)/,
    ],
    [
      "a metafield's date",
      { on: "metafield", namespace: "custom", key: "color", by: "dateValue", test: { kind: "times", to: new Date() } },
      /SEARCH l USING .*ProductMetafield_date \(namespace=\? AND key=\? AND dateValue<\?\)/,
    ],
    [
      "no such metafield",
      { on: "metafield", namespace: "custom", key: "color", by: "value", test: { kind: "known" }, isNot: true },
      /MERGE \(EXCEPT\)[\s\S]*Product_facts[\s\S]*COVERING INDEX ProductMetafield_value/,
    ],
    [
      "anything but a metafield's value",
      { on: "metafield", namespace: "custom", key: "color", by: "value", test: equals, isNot: true },
      /MERGE \(EXCEPT\)[\s\S]*Product_facts[\s\S]*COVERING INDEX ProductMetafield_value/,
    ],
    ["no picture", { on: "image", words: ["none"] }, /MERGE \(EXCEPT\)[\s\S]*Product_facts[\s\S]*ProductImage_shown/],
    ["a broken picture", { on: "image", words: ["broken"] }, /SCAN ProductImage USING .*ProductImage_broken/],
    ["a picture that waits", { on: "image", words: ["waiting"] }, /SCAN ProductImage USING .*ProductImage_waiting/],
    [
      "no picture that waits",
      { on: "image", words: ["waiting"], isNot: true },
      /MERGE \(EXCEPT\)[\s\S]*Product_facts[\s\S]*COVERING INDEX ProductImage_waiting/,
    ],
    [
      "no code",
      { on: "code", test: { kind: "known" }, isNot: true },
      /MERGE \(EXCEPT\)[\s\S]*ProductCode_productId_type_code_key/,
    ],
  ])("%s", async (_, demand, index) => {
    const plan = await planOf(filterOf(demand));
    expect(plan.join("\n")).toMatch(index);
    expect(plan.filter((step) => /^SCAN p/.test(step))).toEqual([]);
  });

  test.each<[string, ProductDemand, RegExp]>([
    ["a text anywhere in a name", { on: "column", column: "name", test: contains }, /Product_nameKey_id_idx/],
    ["a text anywhere in a brand", { on: "column", column: "brand", test: contains }, /Product_brandKey_id_idx/],
    ["a text anywhere in a SKU", { on: "column", column: "sku", test: contains }, /Product_sku_key/],
    ["a text anywhere in a handle", { on: "column", column: "handle", test: contains }, /Product_handle_key/],
    ["a maker's number", { on: "column", column: "manufacturerPartNumber", test: equals }, /Product_facts/],
    ["no UPC", { on: "column", column: "upc", test: { kind: "known" }, isNot: true }, /Product_facts/],
    ["a weight", { on: "column", column: "weightGrams", test: { kind: "numbers", from: 1 } }, /Product_facts/],
    ["the day it was added", { on: "column", column: "createdAt", test: { kind: "times" } }, /Product_facts/],
    ["archived ones", { on: "status", statuses: ["archived"] }, /Product_facts/],
    ["not in a category", { on: "category", subtrees: ["a"], ids: [], isNot: true }, /Product_categoryId_status_idx/],
    ["a picture", { on: "image", words: ["has"] }, /Product_facts/],
    [
      "no description",
      { on: "column", column: "description", test: { kind: "known" }, isNot: true },
      /Product_undescribed/,
    ],
  ])("%s is looked for in an index, row by row", async (_, demand, index) => {
    expect((await planOf(filterOf(demand)))[0]).toMatch(index);
  });

  test("where one of several conditions is enough, each goes its own way", async () => {
    const color = { on: "metafield", namespace: "custom", key: "color", by: "value", test: equals } as const;
    const weight = { on: "column", column: "weightGrams", test: { kind: "numbers", from: 1 } } as const;
    const tree: DemandTree = { join: "all", groups: [{ join: "any", demands: [color, weight] }] };
    const hits = hitsSql({ ...filterOf(), demands: tree }, ["nameKey"], 100);
    const plan = await explained(hits.sql, hits.parameters);
    expect(plan.join("\n")).toMatch(/SEARCH l USING .*ProductMetafield_value[\s\S]*SCAN p USING INDEX Product_facts/);
  });

  test.each(["value", "numberValue", "dateValue"] as const)(
    "a list by a metafield's %s is read in order",
    async (by) => {
      const sort = { namespace: "custom", key: "color", by };
      const { from, where, parameters } = filterSql(filterOf(), sort);
      const { key } = keyOf(sort);
      const order = `${key} IS NOT NULL ORDER BY ${key}, s."productId"`;
      const plan = await explained(`SELECT p."id" FROM ${from} WHERE ${where} AND ${order} LIMIT 51`, parameters);
      expect(plan.join("\n")).toMatch(/SEARCH s USING .*ProductMetafield_(value|number|date)/);
      expect(plan.filter((step) => /TEMP B-TREE/.test(step))).toEqual([]);
    },
  );

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
    expect(plan.join("\n")).toMatch(/SEARCH m .*USING .*namespace=\? AND key=\? .*productId=\?/);
  });
});

test("a filter that demands nothing is every product", () => {
  expect(filterSql({ scope: { kind: "all" }, statuses: ["draft", "active", "archived"], brands: [] }).where).toBe(
    "true",
  );
});

describe.runIf(engine() === "postgresql")(
  "C20 on PostgreSQL an index is there for it, however few rows a test has",
  () => {
    /** What the planner does where it may neither read whole tables nor sort. */
    function plannedBy(sql: string, parameters: (string | number | Date)[]) {
      return transaction(async (tx) => {
        await execute(tx, "SET LOCAL enable_seqscan = off");
        await execute(tx, "SET LOCAL enable_sort = off");
        const steps = await queryRows<{ "QUERY PLAN": string }>(tx, `EXPLAIN ${sql}`, ...parameters);
        return steps.map((step) => step["QUERY PLAN"]).join("\n");
      });
    }

    test.each([
      ["value", "ProductMetafield_value"],
      ["numberValue", "ProductMetafield_number"],
      ["dateValue", "ProductMetafield_date"],
    ] as const)("a list by a metafield's %s is read in order", async (by, index) => {
      const sort = { namespace: "custom", key: "color", by };
      const { from, where, parameters } = filterSql(filterOf(), sort);
      const { key } = keyOf(sort);
      const plan = await plannedBy(
        `SELECT p."id" FROM ${from} WHERE ${where} AND ${key} IS NOT NULL ORDER BY ${key}, s."productId" LIMIT 51`,
        parameters,
      );
      expect(plan).toMatch(new RegExp(`Index (Only )?Scan using "${index}"`));
      expect(plan).not.toMatch(/Sort/);
    });

    test("a metafield's value is looked up", async () => {
      const test: ValueTest = { kind: "equals", values: ["ab"] };
      const { from, where, parameters } = filterSql(
        filterOf({ on: "metafield", namespace: "custom", key: "color", by: "value", test }),
      );
      const plan = await plannedBy(`SELECT p."id" FROM ${from} WHERE ${where} LIMIT 10001`, parameters);
      expect(plan).toMatch(/ProductMetafield_(value|productId_namespace_key_key)/);
    });
  },
);
