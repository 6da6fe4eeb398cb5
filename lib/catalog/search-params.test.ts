import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";
import { isFiltered, productListHref, withoutFilters } from "./product-search";
import { parseProductSearch } from "./search-params";

function parse(address: string) {
  const params: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(address)) {
    const held = params[name];
    params[name] = held === undefined ? value : [held, value].flat();
  }
  return parseProductSearch(params);
}

test("an empty address is the first page by name", () => {
  expect(parse("")).toMatchObject({ q: "", status: [], brand: [], own: false, sort: "name", dir: "asc", size: 50 });
});

test("every part of a wrong address falls back alone", () => {
  const search = parse(
    "sort=password&dir=up&size=7&priceFrom=-4&priceTo=10,5&status=active&status=gone&stock=in&after=xx&since=soon&columns=sku.sku.nope",
  );
  expect(search).toMatchObject({ sort: "name", dir: "asc", size: 50, priceTo: 1050, stock: "in", status: [] });
  expect(search).not.toHaveProperty("after", expect.anything());
  expect(search.priceFrom ?? search.since ?? search.columns).toBeUndefined();
});

test("a search is sorted by relevance unless another order is asked for", () => {
  expect(parse("q=toner").sort).toBe("relevance");
  expect(parse("q=toner&sort=price").sort).toBe("price");
  expect(parse("sort=relevance").sort).toBe("name");
});

test("an address says what the list shows", () => {
  const href =
    "/catalog/paper?q=a4&status=draft&brand=3M&brand=B%26O&priceFrom=9.99&priceTo=20&stock=out&image=no&own=yes&since=2026-11-01&sort=price&dir=desc&size=100&columns=sku.name";
  expect(productListHref("/catalog/paper", parse(href.slice(href.indexOf("?") + 1)))).toBe(href);
  expect(isFiltered(parse("brand=3M"))).toBe(true);
  expect(productListHref("/catalog", withoutFilters(parse("q=x&brand=3M&dir=desc")))).toBe("/catalog?dir=desc");
});

test("a changed filter begins at the first page", () => {
  const search = parse(`after=${encodeCursor({ key: "x", id: "y", rank: 49 })}`);
  expect(search.after).toEqual({ key: "x", id: "y", rank: 49 });
  expect(productListHref("/catalog", search, { stock: "in" })).toBe("/catalog?stock=in");
});

test("cursors survive the address, whatever is in them, and nothing else is one", () => {
  const key = fc.oneof(fc.string({ unit: "grapheme" }), fc.maxSafeInteger(), fc.constant(null));
  fc.assert(
    fc.property(key, fc.string(), fc.nat(), (of, id, rank) => {
      expect(decodeCursor(encodeCursor({ key: of, id, rank }))).toEqual({ key: of, id, rank });
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text)));
});

test("no address breaks the list", () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constantFrom("asc", "yes", "\0", "1e9"));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("q", "brand", "status", "sort", "after", "size", "priceFrom", "columns"), value),
      (params) => void parseProductSearch(params),
    ),
  );
});
