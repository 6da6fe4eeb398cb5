import { cookies } from "next/headers";
import type { Actor } from "@/lib/auth/actor";
import { getCurrency } from "@/lib/catalog/currency";
import { isMetafieldId } from "@/lib/catalog/filter/condition";
import {
  COLUMNS_COOKIE,
  DENSITY_COOKIE,
  type Density,
  PINNED_COOKIE,
  parseColumns,
  parseDensity,
  parsePinned,
  parseWidths,
  WIDTHS_COOKIE,
} from "@/lib/catalog/list-layout";
import { getMetafieldColumns } from "@/lib/catalog/metafield-columns";
import type { ColumnId, ProductSearch } from "@/lib/catalog/product-search";

export interface ListLayout {
  columns: ColumnId[];
  /** How the metafields among them are headed. */
  metafields: Awaited<ReturnType<typeof getMetafieldColumns>>;
  widths: Partial<Record<ColumnId, number>>;
  pinned: ColumnId[];
  density: Density;
  currency: string;
}

/** The address decides over what the person usually wants. */
export async function listLayout(actor: Actor, search: ProductSearch): Promise<ListLayout> {
  const [jar, currency] = await Promise.all([cookies(), getCurrency(actor)]);
  const columns = search.columns ?? parseColumns(jar.get(COLUMNS_COOKIE)?.value);
  return {
    columns,
    metafields: await getMetafieldColumns(actor, columns.filter(isMetafieldId)),
    widths: parseWidths(jar.get(WIDTHS_COOKIE)?.value),
    pinned: parsePinned(jar.get(PINNED_COOKIE)?.value),
    density: parseDensity(jar.get(DENSITY_COOKIE)?.value),
    currency,
  };
}
