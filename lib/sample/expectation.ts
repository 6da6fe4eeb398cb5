import { BRAND_NAMES } from "./brands";
import { brokenErpItems, brokenProductRows, type ExpectedRejection } from "./broken-rows";
import type { ChangesOfDayTwo } from "./day-two";
import { erpFileName, erpItems } from "./erp-file";
import { productRow } from "./etilize-files";
import { makeSampleDay, type SampleDay, type SampleOptions } from "./sample-days";

interface Totals {
  products: number;
  attributeValues: number;
  /** UPC and EAN codes. */
  upcs: number;
  /** One view each. */
  images: number;
  withPrice: number;
  withoutCategory: number;
}

/** What the day's files hold and what an import of them leads to. */
export interface SampleExpectation {
  day: 1 | 2;
  categories: number;
  brands: number;
  /** Different attributes in use. */
  attributes: number;
  /** In the day's files, rejected rows left out. */
  inFiles: Totals;
  /** Rows of the ERP list, broken ones too. */
  erpRows: number;
  /** ERP items that the content feed doesn't know. */
  erpUnmatched: number;
  rejections: ExpectedRejection[];
  /** Null on the first day. */
  changes: ChangesOfDayTwo | null;
  /** In the catalogue after this day's import, what went missing still there. */
  endState: Totals;
}

export function expectationOf(day: SampleDay, options: SampleOptions): SampleExpectation {
  const inFiles = totals(day);
  const first = day.day === 1 ? day : makeSampleDay({ ...options, day: 1 });
  const attributes = new Set(day.products.flatMap((product) => [...product.attributes.keys()]));
  return {
    day: day.day,
    categories: day.categories.length,
    brands: BRAND_NAMES.length,
    attributes: attributes.size,
    inFiles,
    erpRows: erpItems(day).length,
    erpUnmatched: day.strayErpItems.length,
    rejections: rejections(day),
    changes: day.changes,
    endState: day.changes ? totals(keepMissing(first, day, day.changes), false) : inFiles,
  };
}

function totals(day: SampleDay, asListed = true): Totals {
  const broken = asListed ? brokenErpItems(day) : null;
  const unpriced = new Set<string | null>([null, ...(broken ? Object.values(broken) : [])]);
  let attributeValues = 0;
  let upcs = 0;
  for (const product of day.products) {
    attributeValues += product.attributes.size;
    upcs += product.upcs.length;
  }
  return {
    products: day.products.length,
    attributeValues,
    upcs,
    images: day.products.filter(({ hasPicture }) => hasPicture).length,
    withPrice: day.products.filter(({ erpNumber }) => !unpriced.has(erpNumber)).length,
    withoutCategory: day.products.filter(({ categoryId }) => categoryId === null).length,
  };
}

function keepMissing(first: SampleDay, day: SampleDay, { missing }: ChangesOfDayTwo): SampleDay {
  const gone = new Set(missing);
  return { ...day, products: [...day.products, ...first.products.filter(({ id }) => gone.has(id))] };
}

function rejections(day: SampleDay): ExpectedRejection[] {
  const products = brokenProductRows(day, productRow);
  const erp = brokenErpItems(day);
  if (!products || !erp) return [];
  const file = "EN_US_B_product.csv";
  // No row of the product file spans lines, and the file has no header.
  const firstLine = day.products.findIndex(({ id }) => id === products.afterId) + 2;
  const inProducts = products.rows.map(({ what, key }, index): ExpectedRejection => {
    const severity = what === "identical repeat" ? "warning" : "error";
    return { file, line: firstLine + index, severity, what, ...(key ? { key } : {}) };
  });
  const numbers = erpItems(day).map(({ number }) => number);
  const inErp = (what: ExpectedRejection["what"], key: string): ExpectedRejection => ({
    file: erpFileName(day),
    line: numbers.indexOf(key) + 2, // after the header
    severity: "error",
    what,
    key,
  });
  return [
    ...inProducts,
    inErp("price is zero", erp.zeroPrice),
    inErp("price is not a number", erp.priceNotNumber),
    inErp("same number twice, different content", erp.twice),
  ];
}
