// Filters and sorts of the product table, each beside the shortest SQL that gives the same rows.
import type Database from "better-sqlite3";
import type { Condition, ConditionGroup, MetafieldId } from "@/lib/catalog/filter/condition";
import { filtered, LIMIT, list, type Question } from "./question";
import type { Sample } from "./read-sample";

/** A product's metafield holds this text. */
const HOLDS = `EXISTS (SELECT 1 FROM "ProductMetafield" m WHERE m."productId" = p."id" AND m."namespace" = ?
  AND m."key" = ? AND m."value" LIKE ?)`;

export function filterQuestions(database: Database.Database, sample: Sample): Question[] {
  const { namespace, key, text } = sample.metafield;
  const field: MetafieldId = `m.${namespace}.${key}`;
  const holds = { field, op: "has", values: [text] };
  const group = (join: ConditionGroup["join"], ...conditions: Condition[]) => ({
    conditions: { join: "all" as const, groups: [{ join, conditions }] },
  });
  const cheap = { field: "price", op: "lt", values: ["5"] };
  const [from, to] = [500, 2_000];
  return [
    {
      name: "one brand, 5 to 20 in price",
      ours: () => list({ brand: [sample.brand], priceFrom: from, priceTo: to }),
      bare: filtered(database, `p."brand" = ? AND p."priceCents" BETWEEN ? AND ?`, [sample.brand, from, to]),
    },
    {
      name: "in stock, the dearest first",
      ours: () => list({ stock: "in", sort: "price", dir: "desc" }),
      bare: filtered(
        database,
        `p."inventoryQuantity" > 0`,
        [],
        `ORDER BY p."priceCents" DESC NULLS LAST, p."id" DESC ${LIMIT}`,
      ),
    },
    {
      name: "a metafield's value",
      ours: () => list(group("all", holds)),
      bare: filtered(database, HOLDS, [namespace, key, `%${text}%`]),
    },
    {
      name: "a metafield's value, and below 5 in price",
      ours: () => list(group("all", holds, cheap)),
      bare: filtered(database, `${HOLDS} AND p."priceCents" < 500`, [namespace, key, `%${text}%`]),
    },
    {
      name: "a metafield's value, or below 5 in price",
      ours: () => list(group("any", holds, cheap)),
      bare: filtered(database, `(${HOLDS} OR p."priceCents" < 500)`, [namespace, key, `%${text}%`]),
    },
    {
      name: "sorted by a metafield",
      ours: () => list({ sort: field }),
      bare: filtered(
        database,
        `true`,
        [],
        `ORDER BY (SELECT m."value" FROM "ProductMetafield" m WHERE m."productId" = p."id"
           AND m."namespace" = '${namespace}' AND m."key" = '${key}') NULLS LAST, p."id" ${LIMIT}`,
      ),
    },
  ];
}
