import "server-only";
import { type BulkRow, selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { parsePictureMetadata } from "./own-picture";
import { isArranged } from "./picture-order";

interface Standing {
  productId: string;
  view: string;
  url: string;
  sortOrder: number;
  isFeatured: boolean | number;
  altText: string;
  metadata: unknown;
}

/**
 * Pictures that feeds add, as they fit in with what people did to the product's others: a view's new picture takes
 * the place and the words of the one it replaces, any other stands behind a person's order.
 */
export async function keepArrangement(tx: Tx, added: BulkRow[], removed: BulkRow[]): Promise<BulkRow[]> {
  if (added.length === 0) return added;
  const standing = await selectRows<Standing>(
    tx,
    "ProductImage",
    ["productId", "view", "url", "sortOrder", "isFeatured", "altText", "metadata"]
      .map((column) => `"ProductImage"."${column}"`)
      .join(", "),
    "productId",
    [...new Set(added.map((row) => String(row.productId)))],
    `"ProductImage"."sortOrder" < 0 OR "ProductImage"."metadata" IS NOT NULL`,
  );
  if (standing.length === 0) return added.map(plain);
  const arranged = new Set(standing.filter((one) => isArranged(one.sortOrder)).map((one) => one.productId));
  const going = new Set(removed.map(nameOf));
  const replaced = new Map(
    standing.filter((one) => going.has(nameOf(one))).map((one) => [`${one.productId}\0${one.view}`, one]),
  );
  return added.map((row) => {
    const view = `${row.productId}\0${row.view}`;
    const before = replaced.get(view);
    // One picture takes the place: a view that is given twice has two.
    replaced.delete(view);
    return { ...plain(row), ...(arranged.has(String(row.productId)) && { isFeatured: false }), ...taken(before) };
  });
}

/** The same columns in every row. */
function plain(row: BulkRow): BulkRow {
  return { ...row, metadata: null };
}

function taken(before: Standing | undefined): BulkRow {
  if (!before) return {};
  const { sortOrder, isFeatured, altText } = before;
  const { isDescribed } = parsePictureMetadata(before.metadata);
  return {
    ...(isArranged(sortOrder) && { sortOrder, isFeatured: Boolean(isFeatured) }),
    ...(isDescribed && { altText, metadata: { isDescribed } }),
  };
}

function nameOf({ productId, view, url }: BulkRow | Standing) {
  return `${productId}\0${view}\0${url}`;
}
