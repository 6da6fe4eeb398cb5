import { ERP_COLUMNS } from "./erp-reader";
import type { FeedKind } from "./feed-record";
import { isShopifyColumn } from "./shopify-product";

/** Whether a format's own reader takes that column: a mapping then speaks of the field instead. */
export function isReaderColumn(kind: FeedKind, header: string): boolean {
  if (kind === "shopify_csv") return isShopifyColumn(header);
  if (kind === "erp")
    return ERP_COLUMNS.some((column) => column.toLowerCase() === header.toLowerCase().replace(/[^a-z0-9]/g, ""));
  return false;
}
