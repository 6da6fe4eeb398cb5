import { COLUMN_IDS, type ColumnId } from "./product-search";

/** How a person likes the product table, kept by the browser; the address says more where it says anything. */
export const COLUMNS_COOKIE = "product-columns";
export const DENSITY_COOKIE = "density";

const DEFAULT_COLUMNS: ColumnId[] = ["image", "sku", "name", "brand", "price", "stock", "status"];

/** Row heights in pixels. */
export const DENSITIES = { compact: 28, normal: 32, roomy: 40 } as const;
export type Density = keyof typeof DENSITIES;

export function parseColumns(cookie: string | undefined): ColumnId[] {
  const known = (cookie ?? "").split(".").filter((id): id is ColumnId => COLUMN_IDS.some((column) => column === id));
  return known.length > 0 ? [...new Set(known)] : DEFAULT_COLUMNS;
}

export function parseDensity(cookie: string | undefined): Density {
  return cookie === "compact" || cookie === "roomy" ? cookie : "normal";
}
