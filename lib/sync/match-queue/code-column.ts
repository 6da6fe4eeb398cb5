/** The columns that the feeds keep their codes in. */
const COLUMNS: Record<string, string> = {
  sprc: "sku",
  cws: "CWS_A",
  cws_catalog: "CWS_Catalog",
  erp: "itemNumber",
  erp_base: "BasePartNumber",
  upc: "UPC",
  mpn: "MPN",
};

/** What people call a code: by the column it stands in. */
export function codeColumn(type: string): string {
  return COLUMNS[type] ?? type;
}
