import "server-only";
import { selectRows, upsertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { searchDocument } from "./search-document";

interface FoundProduct {
  id: string;
  sku: string;
  name: string;
  brand: string | null;
  categoryId: string | null;
}

/** Writes anew what the search box reads of these products, in the transaction that changed them. */
export async function refreshSearch(tx: Tx, productIds: string[]) {
  if (productIds.length === 0) return;
  const columns = (table: string, names: string[]) => names.map((name) => `"${table}"."${name}"`).join(", ");
  const products = await selectRows<FoundProduct>(
    tx,
    "Product",
    columns("Product", ["id", "sku", "name", "brand", "categoryId"]),
    "id",
    productIds,
  );
  const codes = await selectRows<{ productId: string; code: string }>(
    tx,
    "ProductCode",
    columns("ProductCode", ["productId", "code"]),
    "productId",
    productIds,
  );
  const metafields = await selectRows<{ productId: string; value: string }>(
    tx,
    "ProductMetafield",
    columns("ProductMetafield", ["productId", "value"]),
    "productId",
    productIds,
  );
  const codesOf = collect(codes.map((row) => [row.productId, row.code]));
  const valuesOf = collect(metafields.map((row) => [row.productId, row.value]));
  const namesOf = await categoryNames(tx, products);
  const rows = products.map((product) => ({
    productId: product.id,
    ...searchDocument({
      ...product,
      categoryNames: product.categoryId === null ? [] : namesOf.get(product.categoryId),
      codes: codesOf.get(product.id) ?? [],
      metafieldValues: valuesOf.get(product.id) ?? [],
    }),
  }));
  await upsertRows(tx, "ProductSearch", ["productId"], ["title", "codes", "body"], rows);
}

/** The names of each product's category and those above it, read inside the transaction: it may have changed them. */
async function categoryNames(tx: Tx, products: FoundProduct[]) {
  const ids = [...new Set(products.map((product) => product.categoryId))].filter((id) => id !== null);
  const own = await selectRows<{ id: string; path: string }>(
    tx,
    "Category",
    `"Category"."id", "Category"."path"`,
    "id",
    ids,
  );
  const namesOf = new Map<string, string[]>();
  const paths = own.flatMap(({ path }) => pathAndAbove(path));
  const rows = await selectRows<{ path: string; name: string }>(
    tx,
    "Category",
    `"Category"."path", "Category"."name"`,
    "path",
    [...new Set(paths)],
  );
  const nameAt = new Map(rows.map((row) => [row.path, row.name]));
  for (const { id, path } of own)
    namesOf.set(
      id,
      pathAndAbove(path).flatMap((at) => nameAt.get(at) ?? []),
    );
  return namesOf;
}

function pathAndAbove(path: string) {
  const slugs = path.split("/");
  return slugs.map((_, depth) => slugs.slice(0, depth + 1).join("/"));
}

function collect(pairs: [string, string][]) {
  const found = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = found.get(key);
    if (values) values.push(value);
    else found.set(key, [value]);
  }
  return found;
}
