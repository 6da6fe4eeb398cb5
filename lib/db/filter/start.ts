import "server-only";
import type { DemandTree, MetafieldColumn, ProductDemand } from "./demand";
import { type ConditionSql, marks, metafieldValueSql, plain } from "./value-sql";

/** What a query reads first, the product named `p`. */
export interface Start extends ConditionSql {
  /** What it was chosen for. */
  demand?: ProductDemand;
  /** Every product that comes from here meets the demand: it needs no second asking. */
  isAnswered?: boolean;
}

/** How much is read of a catalogue before the first product is looked up: the less, the sooner it is taken. */
const READS = ["what matches", "every product's index entry", "two indexes side by side"] as const;
type Found = Start & { reads: (typeof READS)[number] };

/**
 * Where SQLite, which has no statistics, is to begin so as not to read every product's row; undefined where it finds
 * an index by itself, or where nothing but the rows can answer.
 */
export function startOf(demands: readonly ProductDemand[]): Start | undefined {
  if (demands.some(isNarrow)) return undefined;
  const found = demands.flatMap((demand) => startOn(demand) ?? []);
  return found.toSorted((a, b) => READS.indexOf(a.reads) - READS.indexOf(b.reads))[0];
}

/** Demands that every product must meet. */
export function always({ join, groups }: DemandTree): ProductDemand[] {
  if (join === "any" && groups.length > 1) return [];
  return groups.flatMap((group) => (group.join === "all" || group.demands.length === 1 ? group.demands : []));
}

/** SQLite finds an index for it by itself, and few products answer it. */
export function isNarrow(demand: ProductDemand): boolean {
  if (demand.isNot) return demand.on === "column" && demand.column === "brand" && demand.test.kind === "known";
  if (demand.on === "code") return demand.test.kind !== "known";
  if (demand.on === "category" || demand.on === "grade" || demand.on === "required") return true;
  if (demand.on === "run") return !demand.isLarge;
  if (demand.on !== "column" || !["sku", "name", "brand"].includes(demand.column)) return false;
  return demand.test.kind === "equals" || demand.test.kind === "begins";
}

/** SQLite finds an index for it by itself, though many products may answer it. */
export function isRange(demand: ProductDemand): boolean {
  if (demand.on === "stock") return !demand.isNot;
  return demand.on === "column" && ["priceCents", "inventoryQuantity", "updatedAt"].includes(demand.column);
}

/** Columns that an index holds of every product, in the order of ids. */
export const FACTS_INDEX = "Product_facts";
const FACTS = new Set<string>(
  ["manufacturer", "manufacturerPartNumber", "upc", "variation", "compareAtPriceCents", "costPriceCents"].concat([
    "weightGrams",
    "lengthMm",
    "widthMm",
    "heightMm",
    "createdAt",
    "archivedAt",
  ]),
);
const INDEX_OF: Record<string, string> = {
  sku: "Product_sku_key",
  name: "Product_nameKey_id_idx",
  brand: "Product_brandKey_id_idx",
  handle: "Product_handle_key",
};

function startOn(demand: ProductDemand): Found | undefined {
  switch (demand.on) {
    case "metafield":
      return demand.isNot ? lacking(metafieldSet(demand), demand) : carriers(demand);
    case "column": {
      if (demand.column === "description" && demand.isNot && demand.test.kind === "known") {
        return { ...walkOf("Product_undescribed"), demand, reads: READS[0] };
      }
      const index = FACTS.has(demand.column) ? FACTS_INDEX : INDEX_OF[demand.column];
      return index === undefined ? undefined : scan(index, demand);
    }
    case "status":
      return scan(FACTS_INDEX, demand);
    case "image":
      return imageStart(demand);
    case "category":
      return scan("Product_categoryId_status_idx", demand);
    case "code":
      if (!demand.isNot || demand.test.kind !== "known") return undefined;
      return lacking(
        plain(`SELECT "productId" FROM "ProductCode" INDEXED BY "ProductCode_productId_type_code_key"`),
        demand,
      );
    case "grade": {
      const sql = `SELECT "productId" FROM "ProductQuality" WHERE "grade" IN (${marks(demand.grades)})`;
      return lacking({ sql, parameters: demand.grades }, demand);
    }
    default:
      return undefined;
  }
}

function scan(index: string, demand: ProductDemand): Found {
  return { ...walkOf(index), demand, reads: "every product's index entry" };
}

/** The catalogue as an index puts it. */
export function walkOf(index: string): ConditionSql {
  return plain(`"Product" p INDEXED BY "${index}"`);
}

const METAFIELD_INDEX = {
  value: "ProductMetafield_value",
  numberValue: "ProductMetafield_number",
  dateValue: "ProductMetafield_date",
} as const;

/** The products that carry a metafield, named `alias`, in the order of its values: each once, as it has it once. */
export function carriersOf(alias: string, { namespace, key, by }: MetafieldColumn): ConditionSql {
  return {
    sql: `"ProductMetafield" ${alias} INDEXED BY "${METAFIELD_INDEX[by]}" CROSS JOIN "Product" p
          ON p."id" = ${alias}."productId" AND ${alias}."namespace" = ? AND ${alias}."key" = ?`,
    parameters: [namespace, key],
  };
}

function carriers(demand: Extract<ProductDemand, { on: "metafield" }>): Found {
  const { sql, parameters } = carriersOf("l", demand);
  const test = metafieldValueSql("l", demand.by, demand.test);
  return {
    sql: `${sql} AND ${test.sql}`,
    parameters: [...parameters, ...test.parameters],
    demand,
    isAnswered: true,
    reads: demand.test.kind === "contains" ? "every product's index entry" : "what matches",
  };
}

function metafieldSet({ namespace, key, by, test }: Extract<ProductDemand, { on: "metafield" }>): ConditionSql {
  const { sql, parameters } = metafieldValueSql("m", by, test);
  return {
    sql: `SELECT m."productId" FROM "ProductMetafield" m INDEXED BY "${METAFIELD_INDEX[by]}"
          WHERE m."namespace" = ? AND m."key" = ? AND ${sql}`,
    parameters: [namespace, key, ...parameters],
  };
}

/** Products with a picture of each kind. */
const PICTURED = {
  has: `SELECT "productId" FROM "ProductImage" INDEXED BY "ProductImage_shown" WHERE "isActive"`,
  broken: `SELECT "productId" FROM "ProductImage" INDEXED BY "ProductImage_broken" WHERE "isActive" AND "failure" IS NOT NULL`,
  waiting: `SELECT "productId" FROM "ProductImage" INDEXED BY "ProductImage_waiting"
    WHERE "isActive" AND "storagePath" IS NULL AND "failure" IS NULL`,
} as const;

function imageStart(demand: Extract<ProductDemand, { on: "image" }>): Found | undefined {
  const [word, ...others] = demand.words;
  if (word === undefined || others.length > 0) return { ...walkOf(FACTS_INDEX), demand, reads: READS[2] };
  if (word === "none") return demand.isNot ? scan(FACTS_INDEX, demand) : lacking(plain(PICTURED.has), demand);
  if (demand.isNot) return lacking(plain(PICTURED[word]), demand);
  if (word === "has") return scan(FACTS_INDEX, demand);
  const sql = `(SELECT DISTINCT * FROM (${PICTURED[word]})) l CROSS JOIN "Product" p ON p."id" = l."productId"`;
  return { sql, parameters: [], demand, isAnswered: true, reads: READS[0] };
}

/** The products that are not in a set: both are read in the order of ids, side by side. */
function lacking(set: ConditionSql, demand: ProductDemand): Found {
  return {
    sql: `(SELECT "id" FROM "Product" INDEXED BY "${FACTS_INDEX}" EXCEPT ${set.sql} ORDER BY 1) l
          CROSS JOIN "Product" p ON p."id" = l."id"`,
    parameters: set.parameters,
    demand,
    isAnswered: true,
    reads: "two indexes side by side",
  };
}
