import "server-only";
import type { ProductStatus, StockStatus } from "@/prisma/generated/sqlite/enums";
import { db } from "./client";
import { queryRows } from "./raw";

/** A place in a sorted list: times as milliseconds. */
export interface SortPosition {
  key: string | number | null;
  id: string;
}

export interface ProductListRow {
  id: string;
  sku: string;
  name: string;
  brand: string | null;
  priceCents: number | null;
  inventoryQuantity: number | null;
  stockStatus: StockStatus;
  status: ProductStatus;
  updatedAt: Date;
  createdAt: Date;
  compareAtPriceCents: number | null;
  costPriceCents: number | null;
  manufacturer: string | null;
  manufacturerPartNumber: string | null;
  upc: string | null;
  /** A to E; null where nobody has worked it out yet. */
  grade: string | null;
  categoryName: string | null;
  categoryPath: string | null;
  /** The picture to show, as `/api/images/` names it: id and hash; null where none has been fetched. */
  picture: string | null;
  /** Where the row stands in its list. */
  position: SortPosition;
}

/** What the list shows of these products, in the order of the ids. */
export function selectRowsOf(ids: readonly string[]): Promise<ProductListRow[]> {
  return selectRowsInOrder(ids.map((id) => ({ id, key: null })));
}

/** What the list shows of these products, in their order. */
export async function selectRowsInOrder(positions: SortPosition[]): Promise<ProductListRow[]> {
  if (positions.length === 0) return [];
  const rows = await queryRows<
    Omit<ProductListRow, "position" | "updatedAt" | "createdAt"> &
      Record<"updatedAt" | "createdAt", Date | number | string>
  >(
    db,
    `SELECT p."id", p."sku", p."name", p."brand", p."priceCents", p."inventoryQuantity", p."stockStatus", p."status",
        p."updatedAt", p."createdAt", p."compareAtPriceCents", p."costPriceCents", p."manufacturer",
        p."manufacturerPartNumber", p."upc",
        (SELECT q."grade" FROM "ProductQuality" q WHERE q."productId" = p."id") AS "grade", c."name" AS "categoryName", c."path" AS "categoryPath",
        (SELECT i."id" || ' ' || coalesce(i."fileHash", '') FROM "ProductImage" i
         WHERE i."productId" = p."id" AND i."isActive" AND i."storagePath" IS NOT NULL
         ORDER BY i."isFeatured" DESC, i."sortOrder", i."id" LIMIT 1) AS "picture"
      FROM "Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId"
      WHERE p."id" IN (${positions.map(() => "?").join(", ")})`,
    ...positions.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return positions.flatMap((position) => {
    const row = byId.get(position.id);
    if (!row) return [];
    return [
      {
        ...row,
        picture: row.picture?.replace(" ", "?v=") ?? null,
        updatedAt: new Date(row.updatedAt),
        createdAt: new Date(row.createdAt),
        position,
      },
    ];
  });
}
