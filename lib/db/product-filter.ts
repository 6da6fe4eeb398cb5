import "server-only";
import type { SearchTerms } from "@/lib/search/search-terms";
import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
import { engine } from "./client";
import { type DemandTree, type ProductDemand, treeSql } from "./filter-conditions";
import { matchingProducts } from "./search";

/** Which part of the catalogue is looked at. */
export type ProductScope =
  | { kind: "all" }
  | { kind: "uncategorised" }
  /** One category without those below it. */
  | { kind: "category"; id: string }
  | { kind: "subtree"; path: string };

/** Which products a list holds. */
export interface ProductFilter {
  scope: ProductScope;
  statuses: readonly ProductStatus[];
  brands: readonly string[];
  priceFromCents?: number;
  priceToCents?: number;
  stock?: "in" | "out" | "unknown";
  hasImage?: boolean;
  updatedSince?: Date;
  demands?: DemandTree;
  terms?: SearchTerms;
}

type Value = string | number | Date;

/** Conditions on the product `p`, with what it comes from. */
export interface FilterSql {
  from: string;
  where: string;
  /** Those of `from`, then those of `where`. */
  parameters: Value[];
  /** How many of the parameters are those of `from`. */
  leading: number;
}

// Written out, since PostgreSQL's enum type does not compare with a text parameter.
const STATUS_LITERAL = { draft: "'draft'", active: "'active'", archived: "'archived'" } as const;

const STOCK_CONDITION = {
  in: `p."inventoryQuantity" > 0`,
  out: `p."inventoryQuantity" <= 0`,
  unknown: `p."inventoryQuantity" IS NULL`,
} as const;

/** What a query reads first: the index that SQLite is to walk, or the products that carry a metafield, then named `s`. */
export type Lead = { index: string } | { namespace: string; key: string };

/** Without a `lead` the engine decides, by its statistics and ours. */
export function filterSql(filter: ProductFilter, lead?: Lead): FilterSql {
  const source = sourceSql(filter, lead);
  const conditions = [
    scopeSql(filter.scope),
    statusSql(filter.statuses),
    filter.brands.length > 0 &&
      condition(`p."brand" IN (${filter.brands.map(() => "?").join(", ")})`, ...filter.brands),
    filter.priceFromCents !== undefined && condition(`p."priceCents" >= ?`, filter.priceFromCents),
    filter.priceToCents !== undefined && condition(`p."priceCents" <= ?`, filter.priceToCents),
    filter.stock && condition(STOCK_CONDITION[filter.stock]),
    filter.hasImage !== undefined && imageSql(filter.hasImage),
    filter.updatedSince && condition(`p."updatedAt" >= ?`, filter.updatedSince),
    filter.demands && treeSql(filter.demands),
  ].filter((part) => part !== undefined && part !== false);
  return {
    from: source.sql,
    where: conditions.map((part) => part.sql).join(" AND ") || "true",
    parameters: [...source.parameters, ...conditions.flatMap((part) => part.parameters)],
    leading: source.parameters.length,
  };
}

function sourceSql(filter: ProductFilter, lead: Lead | undefined) {
  if (filter.terms) return matchingProducts(filter.terms);
  const isSqlite = engine() === "sqlite";
  if (lead && "index" in lead) return condition(`"Product" p${isSqlite ? ` INDEXED BY "${lead.index}"` : ""}`);
  if (lead) return carriersSql("s", lead);
  const leading = isSqlite && leadingMetafield(filter);
  // Without this SQLite asks each product of the catalogue for its metafield.
  return leading ? carriersSql("l", leading) : condition(`"Product" p`);
}

/** The products that carry a metafield: each one row, as a product has it once. */
function carriersSql(alias: string, { namespace, key }: { namespace: string; key: string }) {
  const isSqlite = engine() === "sqlite";
  return condition(
    `"ProductMetafield" ${alias} ${isSqlite ? `INDEXED BY "ProductMetafield_value" CROSS JOIN` : "JOIN"}
     "Product" p ON p."id" = ${alias}."productId" AND ${alias}."namespace" = ? AND ${alias}."key" = ?`,
    namespace,
    key,
  );
}

/** A metafield that narrows the whole catalogue, where nothing with an index of its own narrows it already. */
function leadingMetafield(filter: ProductFilter) {
  if (filter.scope.kind !== "all" || filter.brands.length > 0 || !filter.demands) return undefined;
  const { join, groups } = filter.demands;
  if (join === "any" && groups.length > 1) return undefined;
  const all = groups.flatMap((group) => (group.join === "all" || group.demands.length === 1 ? group.demands : []));
  const wanted = all.filter((demand) => !demand.isNot);
  if (wanted.some(hasIndex)) return undefined;
  return wanted.find((demand) => demand.on === "metafield");
}

function hasIndex(demand: ProductDemand) {
  if (["code", "category", "run", "grade", "required"].includes(demand.on)) return true;
  return demand.on === "column" && ["sku", "name", "brand"].includes(demand.column) && demand.test.kind !== "contains";
}

function condition(sql: string, ...parameters: Value[]) {
  return { sql, parameters };
}

function scopeSql(scope: ProductScope) {
  switch (scope.kind) {
    case "all":
      return undefined;
    case "uncategorised":
      return condition(`p."categoryId" IS NULL`);
    case "category":
      return condition(`p."categoryId" = ?`, scope.id);
    case "subtree":
      // Paths are compared byte by byte on both engines; "0" is the character after "/".
      return condition(
        `p."categoryId" IN (SELECT "id" FROM "Category" WHERE "path" = ? OR ("path" > ? AND "path" < ?))`,
        scope.path,
        `${scope.path}/`,
        `${scope.path}0`,
      );
    default:
      throw scope satisfies never;
  }
}

function statusSql(statuses: readonly ProductStatus[]) {
  if (statuses.length === Object.keys(STATUS_LITERAL).length) return undefined;
  return condition(`p."status" IN (${statuses.map((status) => STATUS_LITERAL[status]).join(", ")})`);
}

function imageSql(hasImage: boolean) {
  const images = `(SELECT 1 FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive")`;
  return condition(hasImage ? `EXISTS ${images}` : `NOT EXISTS ${images}`);
}
