import { ownEan, ownUpc } from "./article-numbers";
import { BRAND_NAMES, BRANDS, type BrandName } from "./brands";
import { buildCategoryTree } from "./category-tree";
import { type Variant, variantsOf } from "./families";
import type { SampleCategory, SampleProduct } from "./model";
import { PRODUCT_KINDS } from "./product-kinds";
import { createRandom, type Random, seedFrom } from "./random";

const FIRST_PRODUCT_ID = 10_200_000;
const FIRST_STOCK_NUMBER = 10_000;
const FIRST_ERP_NUMBER = 100_200;
const UNCATEGORISED = 3;
const OUTSIDE_ERP_SHARE = 0.05;
const WITHOUT_PICTURE_SHARE = 0.02;
const OUT_OF_STOCK_SHARE = 0.12;

export interface Catalogue {
  categories: SampleCategory[];
  /** In the order of their ids. */
  products: SampleProduct[];
}

/** The same products for the same count and seed, on every machine. */
export function buildCatalogue(count: number, seed: number): Catalogue {
  const categories = buildCategoryTree();
  const idOf = new Map(categories.map((category) => [category.path, category.id]));
  const random = createRandom(seedFrom(seed, "catalogue"));
  const number = numberVariants(random);
  const products: SampleProduct[] = [];
  for (const [kindIndex, kind] of PRODUCT_KINDS.entries()) {
    const categoryId = idOf.get(kind.path) ?? null;
    for (const variant of shareOf(kindIndex, count, seed)) {
      products.push({ ...number(variant), kind: kindIndex, categoryId });
    }
  }
  markExceptions(products, random);
  return { categories, products };
}

/** The kind's part of the catalogue; what doesn't divide evenly goes to the first kinds. */
function shareOf(kindIndex: number, count: number, seed: number) {
  const kind = PRODUCT_KINDS[kindIndex];
  if (!kind) throw new RangeError(`No product kind ${kindIndex}`);
  const rest = kindIndex < count % PRODUCT_KINDS.length ? 1 : 0;
  const wanted = Math.floor(count / PRODUCT_KINDS.length) + rest;
  const variants: Variant[] = [];
  if (wanted === 0) return variants;
  for (const family of variantsOf(kind, seed)) {
    variants.push(...family.slice(0, wanted - variants.length));
    if (variants.length >= wanted) break;
  }
  return variants;
}

function numberVariants(random: Random) {
  let productId = FIRST_PRODUCT_ID;
  let erpNumber = FIRST_ERP_NUMBER;
  const stockNumbers = new Map<BrandName, number>();
  return (variant: Variant): Omit<SampleProduct, "kind" | "categoryId"> => {
    productId += random.int(3, 40);
    erpNumber += random.int(1, 9);
    const stockNumber = (stockNumbers.get(variant.brand) ?? FIRST_STOCK_NUMBER) + random.int(1, 12);
    stockNumbers.set(variant.brand, stockNumber);
    const { prefix } = BRANDS[variant.brand];
    const { suffix, ...facts } = variant;
    return {
      ...facts,
      id: productId,
      mpn: `${stockNumber}-${suffix}`,
      sku: `${prefix}${stockNumber}${suffix.slice(0, 2)}`,
      upcs: articleNumbers(variant.brand, stockNumber, random),
      quantity: stockOf(variant.priceCents, random),
      erpNumber: `CWS${erpNumber}`,
      hasPicture: !random.chance(WITHOUT_PICTURE_SHARE),
    };
  };
}

/** The piece's own number, and for some the inner box's and the carton's. */
function articleNumbers(brand: BrandName, stockNumber: number, random: Random) {
  const serial = BRAND_NAMES.indexOf(brand) * 100_000_000 + stockNumber * 10;
  const numbers = [random.chance(0.7) ? ownUpc(serial) : ownEan(serial)];
  const draw = random.next();
  if (draw < 0.45) numbers.push(ownUpc(serial + 1));
  if (draw < 0.15) numbers.push(ownEan(serial + 2));
  return numbers;
}

/** Cheap things lie on the shelf by the hundred, dear ones in ones and twos. */
function stockOf(priceCents: number, random: Random) {
  if (random.chance(OUT_OF_STOCK_SHARE)) return 0;
  const usual = Math.max(3, Math.round(60_000 / (priceCents + 150)));
  return Math.max(1, Math.round(usual * (0.2 + 1.6 * random.next())));
}

function markExceptions(products: SampleProduct[], random: Random) {
  const shuffled = random.shuffle(products);
  for (const product of shuffled.slice(0, UNCATEGORISED)) product.categoryId = null;
  const outside = Math.round(products.length * OUTSIDE_ERP_SHARE);
  for (const product of shuffled.slice(UNCATEGORISED, UNCATEGORISED + outside)) product.erpNumber = null;
}
