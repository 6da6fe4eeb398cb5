import "server-only";
import { columnSql, emptySql, waysOf } from "./column-sql";
import type { DemandTree, ProductDemand } from "./demand";
import { type ConditionSql, joined, marks, metafieldValueSql, plain, valueSql } from "./value-sql";

/** The tree as one condition on the product `p`; undefined where it demands nothing but what is `asked` elsewhere. */
export function treeSql({ join, groups }: DemandTree, asked?: ProductDemand): ConditionSql | undefined {
  const parts = groups.flatMap((group) => {
    const demands = group.demands.filter((demand) => demand !== asked);
    return joined(demands.map(demandSql), group.join) ?? [];
  });
  return joined(parts, join);
}

export function demandSql(demand: ProductDemand): ConditionSql {
  if (demand.isNot && demand.on === "column") {
    if (demand.test.kind === "known") return emptySql(demand.column);
    const ways = waysOf(demand.column, demand.test);
    if (ways) return joined(ways.map(not), "all") ?? plain("true");
  }
  const positive = positiveSql(demand);
  return demand.isNot ? not(positive) : positive;
}

/** What is unknown is not what was asked for. */
function not({ sql, parameters }: ConditionSql): ConditionSql {
  return { sql: `NOT coalesce(${sql}, false)`, parameters };
}

// Written out, since PostgreSQL's enum type does not compare with a text parameter.
const STATUS = { draft: "'draft'", active: "'active'", archived: "'archived'" } as const;
const STOCK = {
  in: `p."inventoryQuantity" > 0`,
  out: `p."inventoryQuantity" <= 0`,
  unknown: `p."inventoryQuantity" IS NULL`,
} as const;
const OF_IMAGE = `SELECT 1 FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive"`;
const IMAGE = {
  has: `EXISTS (${OF_IMAGE})`,
  none: `NOT EXISTS (${OF_IMAGE})`,
  broken: `EXISTS (${OF_IMAGE} AND i."failure" IS NOT NULL)`,
  waiting: `EXISTS (${OF_IMAGE} AND i."failure" IS NULL AND i."storagePath" IS NULL)`,
} as const;

function positiveSql(demand: ProductDemand): ConditionSql {
  switch (demand.on) {
    case "column":
      return columnSql(demand.column, demand.test);
    case "metafield": {
      const test = metafieldValueSql("m", demand.by, demand.test);
      return {
        sql: `EXISTS (SELECT 1 FROM "ProductMetafield" m WHERE m."productId" = p."id" AND m."namespace" = ?
              AND m."key" = ? AND ${test.sql})`,
        parameters: [demand.namespace, demand.key, ...test.parameters],
      };
    }
    case "code":
      return codeSql(demand);
    case "status":
      return plain(`p."status" IN (${demand.statuses.map((status) => STATUS[status]).join(", ") || "NULL"})`);
    case "stock":
      return plain(`(${demand.words.map((word) => STOCK[word]).join(" OR ") || "false"})`);
    case "image":
      return plain(`(${demand.words.map((word) => IMAGE[word]).join(" OR ") || "false"})`);
    case "grade":
      return {
        sql: `p."id" IN (SELECT q."productId" FROM "ProductQuality" q WHERE q."grade" IN (${marks(demand.grades)}))`,
        parameters: demand.grades,
      };
    case "required": {
      const missing = `q."missingRequired" ${demand.isMissing ? "> 0" : "= 0"}`;
      return plain(`p."id" IN (SELECT q."productId" FROM "ProductQuality" q WHERE ${missing})`);
    }
    case "category":
      return categorySql(demand);
    case "run":
      return runSql(demand);
    default:
      throw demand satisfies never;
  }
}

function codeSql({ test }: Extract<ProductDemand, { on: "code" }>): ConditionSql {
  if (test.kind === "known") return plain(`EXISTS (SELECT 1 FROM "ProductCode" c WHERE c."productId" = p."id")`);
  const { sql, parameters } = valueSql(`c."normalized"`, test, { isText: false });
  // Codes are few beside products: those that fit lead to their products.
  return { sql: `p."id" IN (SELECT c."productId" FROM "ProductCode" c WHERE ${sql})`, parameters };
}

function runSql({ runId, isLarge }: Extract<ProductDemand, { on: "run" }>): ConditionSql {
  const changed = `h."runId" = ? AND h."state" = 'applied' AND h."entity" = 'product'`;
  const sql = isLarge
    ? `EXISTS (SELECT 1 FROM "SyncChange" h WHERE h."entityId" = p."id" AND ${changed})`
    : `p."id" IN (SELECT h."entityId" FROM "SyncChange" h WHERE ${changed})`;
  return { sql, parameters: [runId] };
}

function categorySql({ subtrees, ids }: { subtrees: string[]; ids: string[] }): ConditionSql {
  if (subtrees.length === 0 && ids.length === 0) return plain(`p."categoryId" IS NULL`);
  const paths = subtrees.map(() => `"path" = ? OR ("path" > ? AND "path" < ?)`);
  const conditions = [...paths, ...(ids.length > 0 ? [`"id" IN (${marks(ids)})`] : [])];
  return {
    sql: `p."categoryId" IN (SELECT "id" FROM "Category" WHERE ${conditions.join(" OR ")})`,
    // "0" is the character after "/".
    parameters: [...subtrees.flatMap((path) => [path, `${path}/`, `${path}0`]), ...ids],
  };
}
