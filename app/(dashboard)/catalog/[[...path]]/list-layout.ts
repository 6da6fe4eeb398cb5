import { cookies } from "next/headers";
import type { Actor } from "@/lib/auth/actor";
import { getCurrency } from "@/lib/catalog/currency";
import { isMetafieldId } from "@/lib/catalog/filter/condition";
import { COLUMNS_COOKIE, DENSITY_COOKIE, type Density, parseColumns, parseDensity } from "@/lib/catalog/list-layout";
import { getMetafieldColumns } from "@/lib/catalog/metafield-columns";
import type { ColumnId, ProductSearch } from "@/lib/catalog/product-search";

export interface ListLayout {
  columns: ColumnId[];
  /** How the metafields among them are headed. */
  metafields: Awaited<ReturnType<typeof getMetafieldColumns>>;
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
    density: parseDensity(jar.get(DENSITY_COOKIE)?.value),
    currency,
  };
}
