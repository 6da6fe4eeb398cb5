/** Etilize's tables, as far as they are read (layout: "Spex Plus" flat files, MySQL variant). */
export type EtilizeTable =
  | "product"
  | "attribute"
  | "description"
  | "image"
  | "locale"
  | "sku"
  | "category"
  | "categoryName"
  | "attributeName"
  | "manufacturer";

/** Columns in file order; a row with fewer is cut. */
export const ETILIZE_COLUMNS: Record<EtilizeTable, readonly string[]> = {
  product: [
    "productid",
    "manufacturerid",
    "isactive",
    "mfgpartno",
    "categoryid",
    "isaccessory",
    "equivalency",
    "creationdate",
    "modifieddate",
    "lastupdated",
  ],
  attribute: [
    "productid",
    "attributeid",
    "categoryid",
    "displayvalue",
    "absolutevalue",
    "unitid",
    "isabsolute",
    "isactive",
    "localeid",
  ],
  description: ["productid", "description", "isdefault", "type", "localeid"],
  image: ["productid", "type", "status"],
  locale: ["productid", "localeid", "isactive", "status"],
  sku: ["productid", "name", "sku", "localeid", "addeddate", "discontinueddate"],
  category: ["categoryid", "parentcategoryid", "isactive", "ordernumber", "catlevel", "displayorder", "lastupdated"],
  categoryName: ["categoryid", "name", "localeid"],
  attributeName: ["attributeid", "name", "localeid"],
  manufacturer: [
    "manufacturerid",
    "name",
    "address1",
    "address2",
    "city",
    "zip",
    "url",
    "phone",
    "fax",
    "country",
    "state",
    "lastupdated",
  ],
};

/** Which columns must be whole numbers for a row to be used. */
export const ETILIZE_IDS: Record<EtilizeTable, readonly string[]> = {
  product: ["productid", "manufacturerid", "categoryid"],
  attribute: ["productid", "attributeid"],
  description: ["productid"],
  image: ["productid"],
  locale: ["productid"],
  sku: ["productid"],
  category: ["categoryid", "parentcategoryid"],
  categoryName: ["categoryid"],
  attributeName: ["attributeid"],
  manufacturer: ["manufacturerid"],
};

/** The one locale that is read: EN_US. */
export const ENGLISH = "1";

const FILE_NAMES: [RegExp, EtilizeTable][] = [
  [/_B_product\.csv$/i, "product"],
  [/_[BD]_productattributes\.csv$/i, "attribute"],
  [/_B_productdescriptions\.csv$/i, "description"],
  [/_B_productimages\.csv$/i, "image"],
  [/_B_productlocales\.csv$/i, "locale"],
  [/_productskus\.csv$/i, "sku"],
  [/(^|_)G_category\.csv$/i, "category"],
  [/_categorynames\.csv$/i, "categoryName"],
  [/_attributenames\.csv$/i, "attributeName"],
  [/(^|_)G_manufacturer\.csv$/i, "manufacturer"],
];

/** The table a file holds; null for those that are not read. */
export function etilizeTableOf(fileName: string): EtilizeTable | null {
  return FILE_NAMES.find(([pattern]) => pattern.test(fileName))?.[1] ?? null;
}
