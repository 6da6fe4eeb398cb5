import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { sortKey } from "@/lib/search/fold";
import { refreshSearch } from "@/lib/search/refresh-search";
import { actor, createCategory, createCode, createImage, createProduct } from "@/lib/testing/factories";
import { raiseCatalogueVersion } from "./catalogue-version";
import { listProducts } from "./list-products";
import type { ListQuery } from "./list-query";

const staff = actor("staff");
const NAMES = [
  "Übung",
  "ubung",
  "Zebra",
  "äpfel",
  "Apple",
  "a-b",
  "(paren)",
  "10 pack",
  "9 pack",
  "étui",
  "Etui",
  "ß",
  "日本",
  "🖨 printer",
];
const BRANDS = ["3M", "Émile", "emile", "HP", null, "Zebra"];
const PRICES = [null, 100, 100, 250, 99_999, 5];
let top: { id: string; path: string };
let leaf: { id: string; path: string };

beforeAll(async () => {
  const root = await createCategory({ name: "Paper" });
  // Its path begins with the other's, and is no part of it.
  await createCategory({ name: "Paper Clips" });
  leaf = await createCategory({ name: "Notebooks" }, root);
  top = root;
  const homes = [root.id, leaf.id, (await db.category.findUniqueOrThrow({ where: { path: "paper-clips" } })).id, null];
  await transaction(async (tx) => {
    const rows = Array.from({ length: 240 }, (_, n) => {
      const name = NAMES[n % NAMES.length] ?? "";
      const brand = BRANDS[n % BRANDS.length] ?? null;
      const at = new Date(Date.UTC(2026, 0, 1 + (n % 9)));
      const stock = n % 5 === 0 ? null : n % 7;
      const status = n % 11 === 0 ? "archived" : n % 3 === 0 ? "draft" : "active";
      return {
        // Not in the order of anything else.
        id: `p-${String((n * 7919) % 1000).padStart(4, "0")}-${n}`,
        sku: `S-${(n * 31) % 240}`,
        name,
        nameKey: sortKey(name),
        description: "",
        shortDescription: "",
        priceCents: PRICES[n % PRICES.length] ?? null,
        brand,
        brandKey: brand && sortKey(brand),
        inventoryQuantity: stock,
        stockStatus: "unknown",
        status,
        categoryId: homes[n % homes.length] ?? null,
        fieldSources: {},
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
    });
    await insertRows(tx, "Product", rows);
    await refreshSearch(
      tx,
      rows.map((row) => row.id),
    );
    await raiseCatalogueVersion(tx, "products");
    await raiseCatalogueVersion(tx, "categories");
  });
});

afterEach(() => void vi.useRealTimers());

/** Every page from the first to the last, then back again. */
async function walk(query: ListQuery) {
  const forward: string[][] = [];
  let page = await listProducts(staff, query);
  for (;;) {
    expect(page.offset).toBe(forward.flat().length);
    forward.push(page.rows.map((row) => row.id));
    if (!page.next) break;
    page = await listProducts(staff, { ...query, after: page.next });
  }
  const backward = [forward.at(-1) ?? []];
  while (page.previous) {
    page = await listProducts(staff, { ...query, before: page.previous });
    backward.unshift(page.rows.map((row) => row.id));
  }
  expect(backward.flat()).toEqual(forward.flat());
  return forward.flat();
}

interface Expected {
  id: string;
  sku: string;
  nameKey: string;
  brandKey: string | null;
  priceCents: number | null;
  inventoryQuantity: number | null;
  updatedAt: Date;
}

const KEYS = {
  name: (row: Expected) => row.nameKey,
  sku: (row: Expected) => row.sku,
  brand: (row: Expected) => row.brandKey,
  price: (row: Expected) => row.priceCents,
  stock: (row: Expected) => row.inventoryQuantity,
  updated: (row: Expected) => row.updatedAt.getTime(),
};

/** By bytes, nulls last, ties by id: what both engines must give. */
function sorted(rows: Expected[], sort: keyof typeof KEYS, dir: "asc" | "desc") {
  const key = KEYS[sort];
  const way = dir === "asc" ? 1 : -1;
  const compare = (a: string | number, b: string | number) =>
    typeof a === "string" ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b);
  return rows
    .toSorted((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x === null || y === null) return x === y ? way * compare(a.id, b.id) : x === null ? 1 : -1;
      return way * (compare(x, y) || compare(a.id, b.id));
    })
    .map((row) => row.id);
}

describe.each(["name", "sku", "brand", "price", "stock", "updated"] as const)("sorted by %s", (sort) => {
  test.each(["asc", "desc"] as const)("the pages put together are the whole list, %s", async (dir) => {
    const all = await db.product.findMany({ where: { status: { not: "archived" } } });
    // 7 a page walks the index, 100 gathers: the same list either way.
    expect(await walk({ sort, dir, size: 7 })).toEqual(sorted(all, sort, dir));
    const sub = all.filter((row) => row.categoryId === top.id || row.categoryId === leaf.id);
    const place = { kind: "category", id: top.id } as const;
    expect(await walk({ sort, dir, size: 13, place })).toEqual(sorted(sub, sort, dir));
    expect(await walk({ sort, dir, size: 100, place })).toEqual(sorted(sub, sort, dir));
  });

  test("numbered pages are the same list", async () => {
    const all = await db.product.findMany({ where: { status: { not: "archived" } } });
    const ids: string[] = [];
    for (let page = 1; page <= 8; page++) {
      const { rows } = await listProducts(staff, { sort, size: 30, page, exact: true });
      ids.push(...rows.map((row) => row.id));
    }
    expect(ids).toEqual(sorted(all, sort, "asc"));
  });
});

describe("filters", () => {
  const count = async (query: ListQuery) => (await listProducts(staff, query)).total.count;

  test("archived products are there when asked for", async () => {
    expect(await count({})).toBe(await db.product.count({ where: { status: { not: "archived" } } }));
    expect(await count({ status: ["archived"] })).toBe(await db.product.count({ where: { status: "archived" } }));
    expect(await count({ status: ["archived", "draft", "active"] })).toBe(240);
  });

  test("a category is its subtree, or itself alone", async () => {
    const shown = { status: { not: "archived" } } as const;
    const inBoth = { ...shown, categoryId: { in: [top.id, leaf.id] } };
    const place = { kind: "category", id: top.id } as const;
    expect(await count({ place })).toBe(await db.product.count({ where: inBoth }));
    expect(await count({ place, own: true })).toBe(await db.product.count({ where: { ...shown, categoryId: top.id } }));
    expect(await count({ place: { kind: "uncategorised" } })).toBe(
      await db.product.count({ where: { ...shown, categoryId: null } }),
    );
    // Counted from the tree or from the rows: one figure.
    expect(await count({ place, exact: true })).toBe(await count({ place }));
  });

  test("brand, price, stock, picture and day narrow together", async () => {
    const product = await createProduct({
      name: "Zzz",
      brand: "HP",
      priceCents: 777,
      inventoryQuantity: 3,
      categoryId: leaf.id,
    });
    await createImage(product.id);
    const query: ListQuery = {
      brand: ["HP", "3M"],
      priceFrom: 777,
      priceTo: 777,
      stock: "in",
      image: true,
      since: "2026-02-01",
    };
    const { rows, total } = await listProducts(staff, query);
    expect(rows.map((row) => row.id)).toEqual([product.id]);
    expect(rows[0]).toMatchObject({ categoryName: "Notebooks", categoryPath: "paper/notebooks", picture: null });
    expect(rows[0]?.updatedAt.getTime()).toBe(product.updatedAt.getTime());
    expect(total).toEqual({ count: 1, isCapped: false });
    expect(await count({ ...query, image: false })).toBe(0);
    expect(await count({ ...query, stock: "unknown" })).toBe(0);
    await transaction((tx) => tx.productImage.deleteMany({ where: { productId: product.id } }));
    await transaction((tx) => tx.product.delete({ where: { id: product.id } }));
  });
});

describe("search", () => {
  test("a product is found by words, beginnings, and codes with or without punctuation", async () => {
    const product = await createProduct({
      name: "Grüner Ordner A4",
      sku: "ORD-77",
      brand: "Léitz",
      categoryId: leaf.id,
    });
    await createCode(product.id, { type: "mpn", code: "006R-90321/B" });
    await transaction((tx) => refreshSearch(tx, [product.id]));
    const found = async (q: string) => (await listProducts(staff, { q })).rows.map((row) => row.id);
    for (const q of [
      "gruner",
      "GRÜNER ordn",
      "leitz",
      "notebooks gruner",
      "ORD-77",
      "ord77",
      "006R-90321/B",
      "006r90321b",
      "006R90321",
      "006r 90321",
    ]) {
      expect(await found(q), q).toEqual([product.id]);
    }
    const literal = await listProducts(staff, { q: "grun notebooks x", literal: true });
    expect(literal.rows).toEqual([]);
    expect(await found("%_'\"*")).toEqual([]);
    await transaction((tx) => tx.productSearch.deleteMany({ where: { productId: product.id } }));
    await transaction(async (tx) => {
      await tx.productCode.deleteMany({ where: { productId: product.id } });
      await tx.product.delete({ where: { id: product.id } });
    });
  });

  test("a title counts more than a body, an exact code most", async () => {
    const body = await createProduct({ name: "Quartz holder", brand: "Wombat" });
    const title = await createProduct({ name: "Wombat" });
    const code = await createProduct({ name: "Wombat wombat something", sku: "wombat" });
    await transaction((tx) => refreshSearch(tx, [body.id, title.id, code.id]));
    const { rows } = await listProducts(staff, { q: "wombat" });
    expect(rows.map((row) => row.id)).toEqual([code.id, title.id, body.id]);
    const byName = await listProducts(staff, { q: "wombat", sort: "name" });
    expect(byName.rows.map((row) => row.id)).toEqual([body.id, title.id, code.id]);
    await transaction(async (tx) => {
      await tx.productSearch.deleteMany({ where: { productId: { in: [body.id, title.id, code.id] } } });
      await tx.product.deleteMany({ where: { id: { in: [body.id, title.id, code.id] } } });
    });
  });

  test("pages of matches are the whole list once", async () => {
    const ids = await walk({ q: "etui", size: 5 });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual((await walk({ q: "etui", sort: "price", size: 100 })).toSorted());
    expect(ids.length).toBeGreaterThan(20);
  });
});

test("a cursor of another order begins at the first page", async () => {
  const byName = await listProducts(staff, { size: 7 });
  const next = byName.next ?? undefined;
  for (const sort of ["price", "updated", "stock"] as const) {
    expect((await listProducts(staff, { sort, size: 7, after: next })).offset).toBe(0);
  }
});

test("a category that is gone is not found, and nobody without a role reads", async () => {
  await expect(listProducts(staff, { place: { kind: "category", id: "nope" } })).rejects.toMatchObject({
    code: "not_found",
  });
  // No role lacks this grant today; a made-up one stands for the next.
  await expect(listProducts(actor("visitor" as "staff"), {})).rejects.toMatchObject({ code: "forbidden" });
});
