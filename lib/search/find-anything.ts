import "server-only";
import { type Actor, can } from "@/lib/auth/actor";
import { listProducts } from "@/lib/catalog/list-products";
import type { ShownReading } from "@/lib/catalog/list-query";
import { type FoundCategory, searchCategories } from "@/lib/categories/search-categories";
import { db } from "@/lib/db/client";
import { type Suggestions, suggest } from "./suggest";

const PRODUCTS = 8;
const CATEGORIES = 5;
const RUNS = 4;

export interface Finding extends Suggestions {
  products: { id: string; sku: string; name: string }[];
  categories: FoundCategory[];
  runs: { number: number; source: string; at: Date }[];
  /** How the words were taken; null where there are none to look for. */
  reading: ShownReading | null;
}

/**
 * What the palette offers for what is typed: how it may go on, products by words or any code, brands and categories by
 * name, runs by number or source. Runs are left out for those who may not see them. @throws {AppError} `forbidden`
 */
export async function findAnything(actor: Actor, typed: string): Promise<Finding> {
  const [suggestions, list, categories, runs] = await Promise.all([
    suggest(actor, typed),
    listProducts(actor, { q: typed, size: PRODUCTS }),
    searchCategories(actor, typed, CATEGORIES),
    can(actor, "sync:read") ? findRuns(typed.trim()) : [],
  ]);
  const products = list.rows.map(({ id, sku, name }) => ({ id, sku, name }));
  return { ...suggestions, products, categories, runs, reading: list.reading };
}

async function findRuns(typed: string) {
  const number = /^(?:run )?#?(\d{1,9})$/i.exec(typed)?.[1];
  const rows = await db.syncHistory.findMany({
    where: number ? { number: Number(number) } : { source: { startsWith: typed } },
    select: { number: true, source: true, startedAt: true, createdAt: true },
    orderBy: { number: "desc" },
    take: RUNS,
  });
  return rows.map(({ startedAt, createdAt, ...run }) => ({ ...run, at: startedAt ?? createdAt }));
}
