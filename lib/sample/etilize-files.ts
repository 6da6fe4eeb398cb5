import { join } from "node:path";
import { ATTRIBUTE_IDS, attributeId } from "./attribute-ids";
import { BRAND_NAMES } from "./brands";
import { brokenProductRows } from "./broken-rows";
import { ROOT_CATEGORY_ID } from "./category-tree";
import type { SampleProduct } from "./model";
import type { SampleDay } from "./sample-days";
import { writeZip, type ZipEntry } from "./zip-file";

const LOCALE = 1;
const NO_UNIT = 0;
/** What the number column holds where the supplier has not classified a product. */
const NO_CATEGORY = 0;
/** Sizes of the one view of every product, and the view itself. */
const IMAGE_TYPES = ["Thumbnail", "Large", "Front"];

/** The four zips in the folders of Etilize's FTP server: headerless, windows-1252, CRLF, backslash escapes. */
export async function writeEtilizeZips(folder: string, day: SampleDay) {
  const content = join(folder, "Enhanced_Content");
  const zips: [path: string, tables: Record<string, Iterable<string>>][] = [
    [
      join(content, "tax/global/tax_global_current_mysql.zip"),
      {
        "G_category.csv": categoryRows(day),
        "G_manufacturer.csv": brandRows(day),
        "G_units.csv": ['0,"none",0,1.0\r\n'],
      },
    ],
    [
      join(content, "tax/EN_US/tax_EN_US_current_mysql.zip"),
      {
        "EN_US_categorynames.csv": categoryNameRows(day),
        "EN_US_attributenames.csv": attributeNameRows(),
        "EN_US_locales.csv": ['1,1,"en","US","English (US)"\r\n'],
      },
    ],
    [
      join(content, "SPR/content/EN_US/basic/basic_EN_US_current_mysql.zip"),
      {
        "EN_US_B_product.csv": productRows(day),
        "EN_US_B_productdescriptions.csv": rowsOf(day, descriptionRows),
        "EN_US_B_productattributes.csv": rowsOf(day, attributeRows),
        "EN_US_B_productimages.csv": rowsOf(day, imageRows),
        "EN_US_B_productlocales.csv": rowsOf(day, ({ id }) => [`${id},${LOCALE},1,"Published"\r\n`]),
      },
    ],
    [
      join(content, "SPR/content/EN_US/SKU/sku_EN_US_current_mysql.zip"),
      {
        "EN_US_SKU_SPR_productskus.csv": rowsOf(day, (product) => skuRows(product, "SP Richards", [product.sku])),
        "EN_US_SKU_UPC_productskus.csv": rowsOf(day, (product) => skuRows(product, "UPC", product.upcs)),
      },
    ],
  ];
  for (const [path, tables] of zips) {
    const entries = Object.entries(tables).map(([name, rows]): ZipEntry => ({ name, rows, encoding: "windows-1252" }));
    await writeZip(path, entries);
  }
  return zips.map(([path]) => path);
}

function quoted(text: string) {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function double(value: number) {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function time(date: string) {
  return `"${date} 00:00:00"`;
}

/** Spread over ten years by the product's number, so that it never changes. */
function createdOn({ id }: SampleProduct) {
  const month = String(1 + (id % 12)).padStart(2, "0");
  return `${2014 + (id % 11)}-${month}-${String(1 + (id % 28)).padStart(2, "0")}`;
}

function* rowsOf({ products }: SampleDay, write: (product: SampleProduct) => Iterable<string>) {
  for (const product of products) yield* write(product);
}

function* categoryRows({ categories }: SampleDay) {
  yield `${ROOT_CATEGORY_ID},0,1,0,0,0,"2026-11-02 00:00:00"\r\n`;
  for (const { id, parentId, level, order } of categories) {
    yield `${id},${parentId},1,${order},${level},${order},"2026-11-02 00:00:00"\r\n`;
  }
}

function* categoryNameRows({ categories }: SampleDay) {
  yield `${ROOT_CATEGORY_ID},"Super Template",${LOCALE}\r\n`;
  for (const { id, name } of categories) yield `${id},${quoted(name)},${LOCALE}\r\n`;
}

function* brandRows({ date }: SampleDay) {
  for (const [index, name] of BRAND_NAMES.entries()) {
    yield `${index + 1},${quoted(name)},"","","","","","","","","",${time(date)}\r\n`;
  }
}

function* attributeNameRows() {
  for (const [name, id] of ATTRIBUTE_IDS) yield `${id},${quoted(name)},${LOCALE}\r\n`;
}

function* productRows(day: SampleDay) {
  const broken = brokenProductRows(day, productRow);
  for (const product of day.products) {
    yield productRow(product);
    if (product.id === broken?.afterId) for (const { text } of broken.rows) yield text;
  }
}

export function productRow(product: SampleProduct) {
  const { id, brand, mpn, categoryId } = product;
  const brandId = BRAND_NAMES.indexOf(brand) + 1;
  return `${id},${brandId},1,${quoted(mpn)},${categoryId ?? NO_CATEGORY},0,0.0,${time(createdOn(product))},${time("2026-11-02")},${time("2026-11-02")}\r\n`;
}

function* descriptionRows({ id, title, subtitle, description, attributes }: SampleProduct) {
  const full = [title, ...[...attributes].slice(3).map(([name, value]) => `${name}: ${value.replaceAll("\n", ", ")}`)];
  yield `${id},${quoted(title)},1,2,${LOCALE}\r\n`;
  yield `${id},${quoted(full.join(" - "))},0,1,${LOCALE}\r\n`;
  yield `${id},${quoted(subtitle)},0,3,${LOCALE}\r\n`;
  yield `${id},${quoted(description)},0,4,${LOCALE}\r\n`;
}

function* attributeRows({ id, categoryId, attributes }: SampleProduct) {
  for (const [name, value] of attributes) {
    const isNumber = /^\d+(\.\d+)?$/.test(value);
    const absolute = `${double(isNumber ? Number(value) : 0)},${NO_UNIT},${isNumber ? 1 : 0}`;
    yield `${id},${attributeId(name)},${categoryId ?? NO_CATEGORY},${quoted(value)},${absolute},1,${LOCALE}\r\n`;
  }
}

function* imageRows({ id, hasPicture }: SampleProduct) {
  if (!hasPicture) return;
  for (const type of IMAGE_TYPES) yield `${id},"${type}","Published"\r\n`;
}

function* skuRows(product: SampleProduct, name: string, codes: string[]) {
  for (const code of codes) yield `${product.id},"${name}","${code}",${LOCALE},${time(createdOn(product))},\r\n`;
}
