import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** What the tests ask of a product of the sample, as the REST interface gives it. */
export interface ShopProduct {
  id: string;
  sku: string;
  name: string;
  brand: string;
  upc: string;
  price: string;
  price_cents: number;
  inventory_quantity: number | null;
  category: { name: string; path: string };
}

export interface ShopChange {
  label: string;
  name: string;
  entity_id: string;
  fields: { field: string; before: string | number | null; after: string | number | null; kept: boolean }[];
}

export const MARKERS = "writing-supplies/markers/dry-erase-markers";

/** One page of a list, asked for with the session of that page. */
export async function ask<T>(page: Page, path: string, query: Record<string, string | number> = {}): Promise<T> {
  const params = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const answer = await page.request.get(path, { params });
  expect(answer.status(), path).toBe(200);
  return answer.json();
}

export async function products(page: Page, query: Record<string, string | number>) {
  return (await ask<{ data: ShopProduct[] }>(page, "/api/products", query)).data;
}

/** The n-th marker from 1: every test that edits has one of its own. All have the same metafields. */
export async function marker(page: Page, n: number): Promise<ShopProduct> {
  const [product] = await products(page, { category_id: MARKERS, sort: "sku", page: n, per_page: 1 });
  if (!product) throw new Error(`the sample has no marker ${n}`);
  return product;
}

/**
 * Goes to an address and waits until every control in the page answers: a click before React has taken the page over
 * is lost, which happens to no person.
 */
export async function open(page: Page, address: string) {
  await page.goto(address);
  await hydrated(page);
}

/** Waits until React has put in place, and taken over, all that the server sent. */
export async function hydrated(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(() => {
        // A part still on its way has its place marked; one that came waits hidden at the end of the page.
        if (document.querySelector("template[id^='B:'], [hidden][id^='S:']")) return false;
        return [...document.querySelectorAll("button, input:not([type=hidden]), main a, form")].every((element) =>
          Object.keys(element).some((key) => key.startsWith("__reactProps$")),
        );
      }),
    )
    .toBe(true);
  // Effects, which hear the keys, run behind the take-over.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
}

/** The rows of a list without its head. */
export function rowsOf(page: Page, table: string) {
  return page.getByRole("table", { name: table }).locator("tbody").getByRole("row");
}
