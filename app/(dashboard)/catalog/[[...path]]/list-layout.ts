import { cookies } from "next/headers";
import type { Actor } from "@/lib/auth/actor";
import { getCurrency } from "@/lib/catalog/currency";
import { COLUMNS_COOKIE, DENSITY_COOKIE, type Density, parseColumns, parseDensity } from "@/lib/catalog/list-layout";
import type { ColumnId, ProductSearch } from "@/lib/catalog/product-search";

export interface ListLayout {
  columns: ColumnId[];
  density: Density;
  currency: string;
}

/** The address decides over what the person usually wants. */
export async function listLayout(actor: Actor, search: ProductSearch): Promise<ListLayout> {
  const [jar, currency] = await Promise.all([cookies(), getCurrency(actor)]);
  return {
    columns: search.columns ?? parseColumns(jar.get(COLUMNS_COOKIE)?.value),
    density: parseDensity(jar.get(DENSITY_COOKIE)?.value),
    currency,
  };
}
