import { type ColumnId, readColumns } from "./product-search";

/** How a person likes the product table, kept by the browser; the address says more where it says anything. */
export const COLUMNS_COOKIE = "product-columns";
export const DENSITY_COOKIE = "density";

const DEFAULT_COLUMNS: ColumnId[] = ["image", "sku", "name", "brand", "price", "stock", "status"];

/** Row heights in pixels. */
export const DENSITIES = { compact: 28, normal: 32, roomy: 40 } as const;
export type Density = keyof typeof DENSITIES;

export function parseColumns(cookie: string | undefined): ColumnId[] {
  const { columns } = readColumns(cookie ?? "");
  return columns.length > 0 ? columns : DEFAULT_COLUMNS;
}

export function parseDensity(cookie: string | undefined): Density {
  return cookie === "compact" || cookie === "roomy" ? cookie : "normal";
}
