// Filters and sorts of the product table, each beside the shortest SQL that gives the same rows.
import type Database from "better-sqlite3";
import type { Condition, ConditionGroup, MetafieldId } from "@/lib/catalog/filter/condition";
import { filtered, LIMIT, list, type Question, type Value } from "./question";
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
    ...single(database, sample),
    ...(["asc", "desc"] as const).map((dir) => ({
      name: `sorted by a metafield, ${dir}`,
      ours: () => list({ sort: field, dir }),
      bare: filtered(
        database,
        `true`,
        [],
        `ORDER BY (SELECT m."value" FROM "ProductMetafield" m WHERE m."productId" = p."id"
           AND m."namespace" = '${namespace}' AND m."key" = '${key}') ${dir} NULLS LAST, p."id" ${dir} ${LIMIT}`,
      ),
    })),
  ];
}

/** In no product: whoever looks for it has to look everywhere. */
const NOWHERE = "zzzq";

/** One condition each, most of them of the kind that no index was made for. */
function single(database: Database.Database, { metafield, words }: Sample): Question[] {
  const { namespace, key } = metafield;
  const carried = `EXISTS (SELECT 1 FROM "ProductMetafield" m WHERE m."productId" = p."id" AND m."namespace" = ?
    AND m."key" = ?)`;
  const [word = ""] = words(0).split(" ");
  const asked: [name: string, field: string, op: string, value: string[], where: string, parameters: Value[]][] = [
    ["a word in names", "name", "has", [word], `p."name" LIKE ?`, [`%${word}%`]],
    ["a text in no name", "name", "has", [NOWHERE], `p."name" LIKE ?`, [`%${NOWHERE}%`]],
    ["a text in no brand", "brand", "has", [NOWHERE], `p."brand" LIKE ?`, [`%${NOWHERE}%`]],
    ["a text in no metafield", `m.${namespace}.${key}`, "has", [NOWHERE], HOLDS, [namespace, key, `%${NOWHERE}%`]],
    ["without a metafield", `m.${namespace}.${key}`, "empty", [], `NOT ${carried}`, [namespace, key]],
    ["a maker's number", "mpn", "is", [NOWHERE], `lower(p."manufacturerPartNumber") = ?`, [NOWHERE]],
    ["without a maker's number", "mpn", "empty", [], `coalesce(p."manufacturerPartNumber", '') = ''`, []],
    ["heavier than 100 kg", "weight", "gt", ["100000"], `p."weightGrams" > 100000`, []],
    ["without a picture", "image", "any", ["none"], `NOT ${PICTURED}`, []],
    ["with a picture", "image", "any", ["has"], PICTURED, []],
    ["without a code", "code", "empty", [], `p."id" NOT IN (SELECT "productId" FROM "ProductCode")`, []],
    ["a text in no description", "description", "has", [NOWHERE], `p."description" LIKE ?`, [`%${NOWHERE}%`]],
  ];
  return asked.map(([name, field, op, values, where, parameters]) => ({
    name,
    ours: () => list({ conditions: { join: "all", groups: [{ join: "all", conditions: [{ field, op, values }] }] } }),
    bare: filtered(database, where, parameters),
  }));
}

const PICTURED = `EXISTS (SELECT 1 FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive")`;
