import type { SampleCategory, SampleProduct } from "./model";
import { PRODUCT_KINDS } from "./product-kinds";
import type { Random } from "./random";
import type { SampleDay } from "./sample-days";

/** Everything the second day does to the first; no product has two parts in it. */
export interface ChangesOfDayTwo {
  priceChanged: { id: number; beforeCents: number; afterCents: number }[];
  stockChanged: { id: number; before: number; after: number }[];
  attributeChanged: { id: number; name: string; before: string; after: string }[];
  /** Its new value does not fit the type that the first day gave the attribute. */
  misfits: { id: number; name: string; before: string; after: string }[];
  moved: { id: number; from: string; to: string }[];
  missing: number[];
  added: number[];
  renamedCategories: { id: number; before: string; after: string }[];
}

interface Plan {
  added: SampleProduct[];
  missing: SampleProduct[];
  priceChanged: SampleProduct[];
  stockChanged: SampleProduct[];
  attributeChanged: SampleProduct[];
  misfits: SampleProduct[];
  moved: SampleProduct[];
}

const PRICE_SHARE = 0.02;
const STOCK_SHARE = 0.03;
const ATTRIBUTE_SHARE = 0.015;
const MISSING_SHARE = 0.01;
const MOVED_SHARE = 0.003;
const RENAMED = { before: "Sticky Notes", after: "Sticky Notes & Memo Cubes" };
const MISFIT_ATTRIBUTE = "Sheet Capacity";

/** Deals the products of the first day out to the changes of the second. */
export function planDayTwo(first: SampleDay, added: SampleProduct[], random: Random): Plan {
  const pool = random.shuffle(first.products.filter(({ categoryId }) => categoryId !== null));
  const count = first.products.length;
  function take(wanted: number, fits: (product: SampleProduct) => boolean = () => true) {
    const taken: SampleProduct[] = [];
    for (let index = pool.length - 1; index >= 0 && taken.length < wanted; index -= 1) {
      const product = pool[index];
      if (product && fits(product)) taken.push(...pool.splice(index, 1));
    }
    return taken;
  }
  return {
    added,
    misfits: take(1, ({ attributes }) => attributes.has(MISFIT_ATTRIBUTE)),
    attributeChanged: take(Math.round(count * ATTRIBUTE_SHARE), (product) => changeableFact(product) !== null),
    moved: take(
      Math.max(2, Math.round(count * MOVED_SHARE)),
      (product) => siblingOf(product, first.categories) !== null,
    ),
    missing: take(Math.round(count * MISSING_SHARE)),
    priceChanged: take(Math.round(count * PRICE_SHARE), ({ erpNumber }) => erpNumber !== null),
    stockChanged: take(Math.round(count * STOCK_SHARE), ({ erpNumber }) => erpNumber !== null),
  };
}

export function changeDay(first: SampleDay, plan: Plan, random: Random): SampleDay {
  const changes: ChangesOfDayTwo = {
    priceChanged: [],
    stockChanged: [],
    attributeChanged: [],
    misfits: [],
    moved: [],
    missing: plan.missing.map(({ id }) => id),
    added: plan.added.map(({ id }) => id).sort((a, b) => a - b),
    renamedCategories: [],
  };
  const products = new Map(first.products.map((product) => [product.id, product]));
  for (const { id } of plan.missing) products.delete(id);
  for (const product of plan.added) products.set(product.id, product);
  const change = (product: SampleProduct, to: Partial<SampleProduct>) =>
    products.set(product.id, { ...product, ...to });

  for (const product of plan.priceChanged) {
    const afterCents = repriced(product.priceCents, random);
    changes.priceChanged.push({ id: product.id, beforeCents: product.priceCents, afterCents });
    change(product, { priceCents: afterCents });
  }
  for (const product of plan.stockChanged) {
    const after = product.quantity === 0 ? random.int(5, 60) : Math.max(0, product.quantity - random.int(1, 25));
    changes.stockChanged.push({ id: product.id, before: product.quantity, after });
    change(product, { quantity: after });
  }
  for (const product of plan.attributeChanged) {
    const fact = changeableFact(product);
    if (!fact) continue; // planDayTwo chose only products that have one
    changes.attributeChanged.push({ id: product.id, ...fact });
    change(product, { attributes: new Map(product.attributes).set(fact.name, fact.after) });
  }
  for (const product of plan.misfits) {
    const before = product.attributes.get(MISFIT_ATTRIBUTE) ?? "";
    const after = `${before} (20 lb paper)`;
    changes.misfits.push({ id: product.id, name: MISFIT_ATTRIBUTE, before, after });
    change(product, { attributes: new Map(product.attributes).set(MISFIT_ATTRIBUTE, after) });
  }
  for (const product of plan.moved) {
    const sibling = siblingOf(product, first.categories);
    const from = first.categories.find(({ id }) => id === product.categoryId);
    if (!sibling || !from) continue; // planDayTwo chose only products that have both
    changes.moved.push({ id: product.id, from: from.path, to: sibling.path });
    change(product, { categoryId: sibling.id });
  }
  const categories = first.categories.map((category) => {
    if (category.name !== RENAMED.before) return category;
    changes.renamedCategories.push({ id: category.id, ...RENAMED });
    return { ...category, name: RENAMED.after, path: category.path.replace(RENAMED.before, RENAMED.after) };
  });
  const sorted = [...products.values()].sort((a, b) => a.id - b.id);
  return { ...first, day: 2, date: "2026-11-03", categories, products: sorted, changes };
}

/** Some percent up or down, never the same. */
function repriced(cents: number, random: Random) {
  const factor = random.pick([0.85, 0.9, 0.95, 1.03, 1.05, 1.08, 1.12]);
  const after = Math.max(9, Math.round((cents * factor) / 10) * 10 - 1);
  return after === cents ? cents + 10 : after;
}

/** The first fact of the product that its kind knows another value for, with that value. */
function changeableFact(product: SampleProduct) {
  const kind = PRODUCT_KINDS[product.kind];
  const fixed = kind?.styleFacts?.[product.attributes.get("Style") ?? ""] ?? {};
  for (const [name, values] of Object.entries(kind?.facts ?? {})) {
    if (name in fixed) continue; // it would contradict the title
    const before = product.attributes.get(name);
    const after = values.map(String).find((value) => value !== before);
    if (before !== undefined && after !== undefined) return { name, before, after };
  }
  return null;
}

/** The category beside the product's own, if there is one that holds products. */
function siblingOf(product: SampleProduct, categories: SampleCategory[]) {
  const own = categories.find(({ id }) => id === product.categoryId);
  if (!own) return null;
  const parents = new Set(categories.map(({ parentId }) => parentId));
  return categories.find(({ id, parentId }) => parentId === own.parentId && id !== own.id && !parents.has(id)) ?? null;
}
