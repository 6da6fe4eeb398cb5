import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { isMetafieldId, type MetafieldId } from "./filter/condition";
import { type ListQuery, listProducts, type ProductList } from "./list-products";
import { listMetafieldValues, type MetafieldCell } from "./metafield-columns";
import type { ColumnId } from "./product-search";

/** A page of products with the metafields that its columns show. */
export interface ListedProducts extends ProductList {
  values: Map<string, Partial<Record<MetafieldId, MetafieldCell>>>;
}

/** @throws {AppError} as `listProducts` */
export async function listWithValues(
  actor: Actor,
  query: ListQuery,
  columns: readonly ColumnId[],
): Promise<ListedProducts> {
  const list = await listProducts(actor, query);
  const ids = list.rows.map((row) => row.id);
  return { ...list, values: await listMetafieldValues(actor, ids, columns.filter(isMetafieldId)) };
}
