import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Details, listDetails } from "./detail-columns";
import { isMetafieldId, type MetafieldId } from "./filter/condition";
import { listProducts } from "./list-products";
import type { ListQuery, ProductList } from "./list-query";
import { listMetafieldValues, type MetafieldCell } from "./metafield-columns";
import type { ColumnId } from "./product-search";

/** A page of products with the metafields that its columns show. */
export interface ListedProducts extends ProductList {
  values: Map<string, Partial<Record<MetafieldId, MetafieldCell>>>;
  details: Details;
}

/** @throws {AppError} as `listProducts` */
export async function listWithValues(
  actor: Actor,
  query: ListQuery,
  columns: readonly ColumnId[],
): Promise<ListedProducts> {
  const list = await listProducts(actor, query);
  const ids = list.rows.map((row) => row.id);
  const [values, details] = await Promise.all([
    listMetafieldValues(actor, ids, columns.filter(isMetafieldId)),
    listDetails(actor, ids, columns),
  ]);
  return { ...list, values, details };
}
