import { join } from "node:path";
import { ownUpc } from "./article-numbers";
import { BRANDS } from "./brands";
import { buildCatalogue } from "./catalogue";
import { csvRow } from "./csv-cell";
import type { SampleProduct } from "./model";
import { DEFAULT_SEED } from "./sample-days";
import {
  BASE_COLUMNS,
  type BaseColumn,
  baseCells,
  handleOf,
  imageUrl,
  metafieldColumn,
  STOCK_COLUMNS,
} from "./shopify-rows";
import { writeZip } from "./zip-file";

interface Options {
  folder: string;
  products: number;
  seed?: number;
}

export interface BenchFeed {
  path: string;
  products: number;
  metafields: number;
  images: number;
  /** Products that differ from the unchanged feed of the same options. */
  changed: number;
}

/** Each product has a value in every one of them, so there are six metafields a product. */
const METAFIELDS = ["SPRC", "Product Type", "Product Line", "Style", "Pack Quantity", "Country of Origin"];
const COLUMNS: readonly BaseColumn[] = [...BASE_COLUMNS, ...STOCK_COLUMNS];
const IMAGES_PER_PRODUCT = 2;
/** The catalogue that the feed repeats with other numbers, names and prices. */
const TEMPLATES = 2040;
const CHANGED_EVERY = 100;

/**
 * Writes one Shopify-shaped CSV as `<folder>/CowanOfficeSupplies.zip`: a row a product and a continuation row with its
 * second picture. A million products take no more memory than a thousand.
 */
export function writeBenchFeed(options: Options) {
  return writeFeed(options, false);
}

/** The same feed with other prices and styles in one product of a hundred. */
export function writeChangedBenchFeed(options: Options) {
  return writeFeed(options, true);
}

async function writeFeed({ folder, products, seed = DEFAULT_SEED }: Options, isChanged: boolean): Promise<BenchFeed> {
  const path = join(folder, "CowanOfficeSupplies.zip");
  const rows = benchRows(products, seed, isChanged);
  await writeZip(path, [{ name: "CWS_Etilize.csv", rows, encoding: "utf-8" }]);
  return {
    path,
    products,
    metafields: products * METAFIELDS.length,
    images: products * IMAGES_PER_PRODUCT,
    changed: isChanged ? Math.ceil(products / CHANGED_EVERY) : 0,
  };
}

function* benchRows(products: number, seed: number, isChanged: boolean) {
  const { categories, products: templates } = buildCatalogue(TEMPLATES, seed);
  const pathOf = new Map(categories.map(({ id, path }) => [id, path]));
  yield csvRow([...COLUMNS, ...METAFIELDS.map(metafieldColumn)]);
  for (let index = 0; index < products; index += 1) {
    const template = templates[index % templates.length];
    if (!template) throw new RangeError("The catalogue has no products to repeat");
    const product = numbered(template, index, Math.floor(index / templates.length));
    if (isChanged && index % CHANGED_EVERY === 0) {
      product.priceCents += 50;
      product.attributes.set("Style", `${product.attributes.get("Style")}, revised`);
    }
    const path = template.categoryId === null ? "" : (pathOf.get(template.categoryId) ?? "");
    yield* productRows(product, path);
  }
}

/** The template as another product: the next generation of its series, with codes of its own. */
function numbered(template: SampleProduct, index: number, generation: number): SampleProduct {
  const series = generation === 0 ? template.series : `${template.series} ${generation + 1}`;
  return {
    ...template,
    id: 20_000_000 + index,
    title: template.title.replace(template.series, series),
    mpn: `${template.mpn}-${generation}`,
    sku: `${BRANDS[template.brand].prefix}${1_000_000 + index}`,
    upcs: [ownUpc(index)],
    hasPicture: true,
    erpNumber: `CWS${1_000_000 + index}`,
    priceCents: template.priceCents + (index % 40) * 5,
    quantity: (index * 31) % 400,
    attributes: new Map(template.attributes).set("Product Line", series),
  };
}

function* productRows(product: SampleProduct, categoryPath: string) {
  const base = baseCells(product, categoryPath);
  const metafields = METAFIELDS.map((name) => (name === "SPRC" ? product.sku : (product.attributes.get(name) ?? "1")));
  yield csvRow([...COLUMNS.map((column) => base[column] ?? ""), ...metafields]);
  const second: Partial<Record<BaseColumn, string>> = {
    Handle: base.Handle ?? "",
    "URL handle": handleOf(product.title),
    "Product image URL": imageUrl("Left", product.id),
    "Image position": "2",
    "Image alt text": product.title,
  };
  yield csvRow([...COLUMNS.map((column) => second[column] ?? ""), ...METAFIELDS.map(() => "")]);
}
