import { ownUpc } from "./article-numbers";
import { buildCatalogue } from "./catalogue";
import { type ChangesOfDayTwo, changeDay, planDayTwo } from "./day-two";
import type { ErpItem, SampleCategory, SampleProduct } from "./model";
import { createRandom, seedFrom } from "./random";

export const DEFAULT_PRODUCTS = 2500;
export const DEFAULT_SEED = 20_261_102;

/** What the supplier and the ERP say on one day. */
export interface SampleDay {
  day: 1 | 2;
  /** `2026-11-02` */
  date: string;
  categories: SampleCategory[];
  products: SampleProduct[];
  strayErpItems: ErpItem[];
  /** Null on the first day. */
  changes: ChangesOfDayTwo | null;
}

export interface SampleOptions {
  day: 1 | 2;
  /** On the first day. At least 200, so that the second has one of everything to change. */
  products?: number;
  seed?: number;
}

/** Throws RangeError for fewer than 200 products. */
export function makeSampleDay(options: SampleOptions): SampleDay {
  const { day, products: count = DEFAULT_PRODUCTS, seed = DEFAULT_SEED } = options;
  if (count < 200) throw new RangeError(`The sample needs at least 200 products, not ${count}`);
  const random = createRandom(seedFrom(seed, "days"));
  const added = Math.round(count * 0.015);
  const { categories, products: all } = buildCatalogue(count + added, seed);
  const comingLater = new Set(random.shuffle(all.filter(({ categoryId }) => categoryId !== null)).slice(0, added));
  const first: SampleDay = {
    day: 1,
    date: "2026-11-02",
    categories,
    products: all.filter((product) => !comingLater.has(product)),
    strayErpItems: STRAY_ERP_ITEMS,
    changes: null,
  };
  return day === 1 ? first : changeDay(first, planDayTwo(first, [...comingLater], random), random);
}

const STRAY_ERP_ITEMS: ErpItem[] = [
  { description: "Delivery Charge, Zone 2", price: "24.50", quantity: 0 },
  { description: "Chair Assembly, per Seat", price: "18.00", quantity: 0 },
  { description: "Halden Trade-Show Pen, Printed", price: "0.89", quantity: 1200 },
  { description: "Refurbished Lateral File, 4-Drawer", price: "149.00", quantity: 2 },
  { description: "Gift Card, Reception Desk", price: "25.00", quantity: 60 },
].map((item, index) => ({
  ...item,
  number: `CWS${90_010 + index * 7}`,
  partNumber: `LOCAL-${index + 1}`,
  upc: ownUpc(9_900_000_000 + index),
}));
