import "server-only";
import { fold, sortKey } from "@/lib/search/fold";
import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
import { engine } from "./client";

/** What a value is held against. Ranges hold their ends; of times the second end is no part. */
export type ValueTest =
  /** Any of these, whatever the case of plain letters. */
  | { kind: "equals"; values: string[] }
  | { kind: "contains"; text: string }
  | { kind: "begins"; text: string }
  | { kind: "numbers"; from?: number; to?: number; isFromOpen?: boolean; isToOpen?: boolean }
  | { kind: "times"; from?: Date; to?: Date }
  | { kind: "known" };

/** Columns that conditions read, by how their values compare. */
export type TextColumn =
  | "name"
  | "brand"
  | "sku"
  | "manufacturer"
  | "manufacturerPartNumber"
  | "upc"
  | "variation"
  | "handle"
  | "description"
  | "shortDescription"
  | "seoTitle"
  | "seoDescription";
export type NumberColumn =
  | "priceCents"
  | "compareAtPriceCents"
  | "costPriceCents"
  | "inventoryQuantity"
  | "weightGrams"
  | "lengthMm"
  | "widthMm"
  | "heightMm";
export type TimeColumn = "updatedAt" | "createdAt" | "archivedAt";

/** One demand on a product, looked up and ready to be asked. */
export type ProductDemand = { isNot?: boolean } & (
  | { on: "column"; column: TextColumn | NumberColumn | TimeColumn; test: ValueTest }
  | { on: "metafield"; namespace: string; key: string; by: "value" | "numberValue" | "dateValue"; test: ValueTest }
  /** Any code of the product, normalised. */
  | { on: "code"; test: ValueTest }
  | { on: "status"; statuses: ProductStatus[] }
  | { on: "stock"; words: ("in" | "out" | "unknown")[] }
  | { on: "image"; words: ("has" | "none" | "broken" | "waiting")[] }
  | { on: "grade"; grades: string[] }
  /** Known to lack something it must have, or to have all of it. */
  | { on: "required"; isMissing: boolean }
  /** Paths with all below them, and ids alone; neither is "has no category". */
  | { on: "category"; subtrees: string[]; ids: string[] }
  /** A large run changed so much that products are asked one by one, a small one's products are few. */
  | { on: "run"; runId: string; isLarge: boolean }
);

/** Groups of demands, themselves joined. */
export interface DemandTree {
  join: "all" | "any";
  groups: { join: "all" | "any"; demands: ProductDemand[] }[];
}

export interface ConditionSql {
  sql: string;
  parameters: (string | number | Date)[];
}

/** The tree as one condition on the product `p`; undefined where it demands nothing. */
export function treeSql({ join, groups }: DemandTree): ConditionSql | undefined {
  const parts = groups.flatMap((group) => joined(group.demands.map(demandSql), group.join) ?? []);
  return joined(parts, join);
}

function joined(parts: ConditionSql[], join: "all" | "any"): ConditionSql | undefined {
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return parts[0];
  const by = join === "all" ? " AND " : " OR ";
  return {
    sql: `(${parts.map(({ sql }) => sql).join(by)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

export function demandSql(demand: ProductDemand): ConditionSql {
  if (demand.isNot && demand.on === "column" && demand.test.kind === "known") return emptySql(demand.column);
  const positive = positiveSql(demand);
  // What is unknown is not what was asked for.
  return demand.isNot ? { ...positive, sql: `NOT coalesce(${positive.sql}, false)` } : positive;
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
      const test = valueSql(`m."${demand.by}"`, demand.test, { isText: demand.by === "value" });
      return {
        sql: `EXISTS (SELECT 1 FROM "ProductMetafield" m WHERE m."productId" = p."id" AND m."namespace" = ?
              AND m."key" = ? AND ${test.sql})`,
        parameters: [demand.namespace, demand.key, ...test.parameters],
      };
    }
    case "code": {
      const test = valueSql(`c."normalized"`, demand.test, { isText: false });
      // Codes are few beside products: those that fit lead to their products.
      return {
        sql: `p."id" IN (SELECT c."productId" FROM "ProductCode" c WHERE ${test.sql})`,
        parameters: test.parameters,
      };
    }
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
      if (demand.isLarge) {
        return {
          sql: `EXISTS (SELECT 1 FROM "SyncChange" h WHERE h."entityId" = p."id" AND h."runId" = ?
                AND h."state" = 'applied' AND h."entity" = 'product')`,
          parameters: [demand.runId],
        };
      }
      return {
        sql: `p."id" IN (SELECT h."entityId" FROM "SyncChange" h WHERE h."runId" = ? AND h."state" = 'applied'
              AND h."entity" = 'product')`,
        parameters: [demand.runId],
      };
    default:
      throw demand satisfies never;
  }
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

/** Columns in which an empty text can't stand. */
const FIGURES_AND_TIMES: Record<NumberColumn | TimeColumn, true> = {
  priceCents: true,
  compareAtPriceCents: true,
  costPriceCents: true,
  inventoryQuantity: true,
  weightGrams: true,
  lengthMm: true,
  widthMm: true,
  heightMm: true,
  updatedAt: true,
  createdAt: true,
  archivedAt: true,
};

/** Names and brands are held against their folded keys, which have an index; SKUs as they are usually written. */
function columnSql(column: TextColumn | NumberColumn | TimeColumn, test: ValueTest): ConditionSql {
  if (column === "name" || column === "brand") return foldedSql(column, test);
  if (column !== "sku" || test.kind === "contains") {
    return valueSql(`p."${column}"`, test, { isText: !(column in FIGURES_AND_TIMES) });
  }
  const sku = `p."sku"`;
  if (test.kind === "equals") {
    return valueSql(sku, { kind: "equals", values: test.values.flatMap(writings) }, { isText: false });
  }
  if (test.kind !== "begins") return valueSql(sku, test, { isText: false });
  const ways = writings(test.text).map((text) => valueSql(sku, { kind: "begins", text }, { isText: false }));
  return joined(ways, "any") ?? plain("false");
}

function foldedSql(column: "name" | "brand", test: ValueTest): ConditionSql {
  const key = `p."${column}Key"`;
  if (test.kind === "equals") {
    return valueSql(key, { kind: "equals", values: test.values.map(sortKey) }, { isText: false });
  }
  if (test.kind === "begins") return valueSql(key, { kind: "begins", text: sortKey(test.text) }, { isText: false });
  const written = valueSql(`p."${column}"`, test, { isText: true });
  if (test.kind !== "contains") return written;
  // A key ends after 120 letters, and has no punctuation in front.
  const folded = valueSql(key, { kind: "contains", text: fold(test.text) }, { isText: false });
  return joined([folded, written], "any") ?? written;
}

/** A code as typed, in capitals and in small letters: an index can look for each. */
function writings(text: string) {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
}

/** Written so that an index of the column answers it. */
function emptySql(column: TextColumn | NumberColumn | TimeColumn): ConditionSql {
  if (column in FIGURES_AND_TIMES) return plain(`p."${column}" IS NULL`);
  if (column === "brand") return plain(`p."brandKey" IS NULL`);
  return plain(`(p."${column}" IS NULL OR p."${column}" = '')`);
}

function valueSql(column: string, test: ValueTest, { isText }: { isText: boolean }): ConditionSql {
  // Both engines lower ASCII alone: PostgreSQL's columns compare by bytes.
  const text = isText ? `lower(${column})` : column;
  const asked = (value: string) => (isText ? lowerAscii(value) : value);
  switch (test.kind) {
    case "equals":
      return { sql: `${text} IN (${marks(test.values)})`, parameters: test.values.map(asked) };
    case "contains":
      return { sql: `${engine() === "sqlite" ? "instr" : "strpos"}(${text}, ?) > 0`, parameters: [asked(test.text)] };
    case "begins":
      return { sql: `(${text} >= ? AND ${text} < ?)`, parameters: [asked(test.text), beyond(asked(test.text))] };
    case "numbers":
      return range(column, test.from, test.to, test.isFromOpen ? ">" : ">=", test.isToOpen ? "<" : "<=");
    case "times":
      return range(column, test.from, test.to, ">=", "<");
    case "known":
      return plain(isText ? `(${column} IS NOT NULL AND ${column} <> '')` : `${column} IS NOT NULL`);
    default:
      throw test satisfies never;
  }
}

function range<V extends number | Date>(
  column: string,
  from: V | undefined,
  to: V | undefined,
  lower: string,
  upper: string,
) {
  const parts = [
    ...(from === undefined ? [] : [`${column} ${lower} ?`]),
    ...(to === undefined ? [] : [`${column} ${upper} ?`]),
  ];
  const parameters = [from, to].filter((end) => end !== undefined);
  return { sql: `(${parts.join(" AND ") || `${column} IS NOT NULL`})`, parameters };
}

function plain(sql: string): ConditionSql {
  return { sql, parameters: [] };
}

function marks(values: readonly unknown[]) {
  return values.map(() => "?").join(", ") || "NULL";
}

function lowerAscii(text: string) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The first text, byte by byte, that no longer begins so: both engines hold UTF-8. */
function beyond(text: string) {
  return `${text}\u{10FFFF}`;
}
