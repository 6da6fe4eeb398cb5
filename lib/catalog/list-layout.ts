import { type ColumnId, readColumns } from "./product-search";

/** How a person likes the product table, kept by the browser; the address says more where it says anything. */
export const COLUMNS_COOKIE = "product-columns";
export const WIDTHS_COOKIE = "product-widths";
export const PINNED_COOKIE = "product-pinned";
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

/** Widths as `writeWidths` wrote them, in pixels; nonsense is left out. */
export function parseWidths(cookie: string | undefined): Partial<Record<ColumnId, number>> {
  const pairs = (cookie ?? "").split(",").flatMap((part) => {
    const at = part.lastIndexOf("*");
    const width = Number(part.slice(at + 1));
    const [id] = readColumns(part.slice(0, at)).columns;
    return at > 0 && id && Number.isInteger(width) && width >= 48 && width <= 800 ? [[id, width] as const] : [];
  });
  return Object.fromEntries(pairs);
}

export function writeWidths(widths: Partial<Record<ColumnId, number>>): string {
  return Object.entries(widths)
    .map(([id, width]) => `${id}*${width}`)
    .join(",");
}

export function parsePinned(cookie: string | undefined): ColumnId[] {
  return readColumns(cookie ?? "").columns;
}
