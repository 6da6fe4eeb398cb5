import type { ProductStatus } from "@/prisma/generated/sqlite/enums";

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

/** A metafield, and the column in which its values compare. */
export interface MetafieldColumn {
  namespace: string;
  key: string;
  by: "value" | "numberValue" | "dateValue";
}

/** One demand on a product, looked up and ready to be asked. */
export type ProductDemand = { isNot?: boolean } & (
  | { on: "column"; column: TextColumn | NumberColumn | TimeColumn; test: ValueTest }
  | ({ on: "metafield"; test: ValueTest } & MetafieldColumn)
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
