import "server-only";
import type { SearchTerms } from "@/lib/search/search-terms";
import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
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
  terms?: SearchTerms;
}

type Value = string | number | Date;

/** Conditions on the product `p`, with what it comes from. */
export interface FilterSql {
  from: string;
  where: string;
  parameters: Value[];
}

// Written out, since PostgreSQL's enum type does not compare with a text parameter.
const STATUS_LITERAL = { draft: "'draft'", active: "'active'", archived: "'archived'" } as const;

const STOCK_CONDITION = {
  in: `p."inventoryQuantity" > 0`,
  out: `p."inventoryQuantity" <= 0`,
  unknown: `p."inventoryQuantity" IS NULL`,
} as const;

/** `index` names the one that SQLite is to walk; PostgreSQL decides by its statistics. */
export function filterSql(filter: ProductFilter, index?: string): FilterSql {
  const source = filter.terms
    ? matchingProducts(filter.terms)
    : { sql: `"Product" p${index ? ` INDEXED BY "${index}"` : ""}`, parameters: [] };
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
  ].filter((part) => part !== undefined && part !== false);
  return {
    from: source.sql,
    where: conditions.map((part) => part.sql).join(" AND ") || "true",
    parameters: [...source.parameters, ...conditions.flatMap((part) => part.parameters)],
  };
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
