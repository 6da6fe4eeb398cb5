import "server-only";
import type { SearchTerms } from "@/lib/search/search-terms";
import type { ProductStatus } from "@/prisma/generated/sqlite/enums";
import { engine } from "./client";
import type { DemandTree, MetafieldColumn, ProductDemand } from "./filter/demand";
import { demandSql, treeSql } from "./filter/demand-sql";
import { always, carriersOf, isNarrow, isRange, type Start, startOf as startOfDemands, walkOf } from "./filter/start";
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
  /** How many products the scope holds, where that is known. */
  placeHolds?: number;
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

/** Asking each of so many products costs no more than reading an index from end to end. */
const NARROW_PLACE = 30_000;

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

/** What a query reads first: the index, or the metafield `s` in the order of its values, that SQLite is to walk. */
export type Lead = { index: string } | MetafieldColumn;

/** Without a `lead` the engine decides, by its statistics and ours. */
export function filterSql(filter: ProductFilter, lead?: Lead): FilterSql {
  const source = sourceSql(filter, lead);
  const { demand, isAnswered } = source;
  const conditions = [
    // First, while only the index has been read.
    demand && !isAnswered && demandSql(demand),
    scopeSql(filter.scope),
    statusSql(filter.statuses),
    filter.brands.length > 0 &&
      condition(`p."brand" IN (${filter.brands.map(() => "?").join(", ")})`, ...filter.brands),
    filter.priceFromCents !== undefined && condition(`p."priceCents" >= ?`, filter.priceFromCents),
    filter.priceToCents !== undefined && condition(`p."priceCents" <= ?`, filter.priceToCents),
    filter.stock && condition(STOCK_CONDITION[filter.stock]),
    filter.hasImage !== undefined && demand !== imageDemand(filter.hasImage) && demandSql(imageDemand(filter.hasImage)),
    filter.updatedSince && condition(`p."updatedAt" >= ?`, filter.updatedSince),
    filter.demands && treeSql(filter.demands, demand),
  ].filter((part) => part !== undefined && part !== false);
  return {
    from: source.sql,
    where: conditions.map((part) => part.sql).join(" AND ") || "true",
    parameters: [...source.parameters, ...conditions.flatMap((part) => part.parameters)],
    leading: source.parameters.length,
  };
}

function sourceSql(filter: ProductFilter, lead: Lead | undefined): Start {
  if (filter.terms) return matchingProducts(filter.terms);
  if (engine() === "sqlite") {
    if (lead) return "index" in lead ? walkOf(lead.index) : carriersOf("s", lead);
    return startOf(filter) ?? ALL;
  }
  if (!lead || "index" in lead) return ALL;
  return condition(
    `"ProductMetafield" s JOIN "Product" p ON p."id" = s."productId" AND s."namespace" = ? AND s."key" = ?`,
    lead.namespace,
    lead.key,
  );
}

const ALL = condition(`"Product" p`);

function startOf(filter: ProductFilter): Start | undefined {
  if (hasNarrowPlace(filter)) return undefined;
  const demands = filter.demands ? always(filter.demands) : [];
  return startOfDemands(filter.hasImage === undefined ? demands : [...demands, imageDemand(filter.hasImage)]);
}

/**
 * The same products as those of all these filters together: where any of several conditions is enough, each finds its
 * own on the shortest way.
 */
export function alternativesOf(filter: ProductFilter): ProductFilter[] {
  const { demands: tree } = filter;
  if (!tree || filter.terms || engine() !== "sqlite" || hasNarrowPlace(filter) || startOf(filter)) return [filter];
  const fixed = always(tree);
  if (fixed.some((demand) => isNarrow(demand) || isRange(demand))) return [filter];
  const { join, groups } = tree;
  if (join === "any" && groups.length > 1) {
    return groups.flatMap((group) => alternativesOf({ ...filter, demands: { join: "all", groups: [group] } }));
  }
  const choice = groups.find((group) => group.join === "any" && group.demands.length > 1);
  if (!choice) return [filter];
  return choice.demands.map((demand) => {
    const chosen = groups.map((group) => (group === choice ? { join: "all" as const, demands: [demand] } : group));
    return { ...filter, demands: { join: "all", groups: chosen } };
  });
}

/** The place or brand leaves so few products that each may be asked. */
function hasNarrowPlace({ scope, brands, placeHolds = 0 }: ProductFilter) {
  return brands.length > 0 || (scope.kind !== "all" && placeHolds <= NARROW_PLACE);
}

const WITH_IMAGE: ProductDemand = { on: "image", words: ["has"] };
const WITHOUT_IMAGE: ProductDemand = { on: "image", words: ["none"] };

function imageDemand(hasImage: boolean) {
  return hasImage ? WITH_IMAGE : WITHOUT_IMAGE;
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
