import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET as getCategoryProducts } from "@/app/api/categories/[id]/products/route";
import { DELETE, PUT } from "@/app/api/products/[id]/metafields/[namespace]/[key]/route";
import { GET as getProduct, PATCH } from "@/app/api/products/[id]/route";
import { GET as listProducts } from "@/app/api/products/route";
import { POST as postSearch, GET as search } from "@/app/api/products/search/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { announceChanges, apiCaller, callRoute } from "@/lib/testing/api";
import { createCategory, createCode, createImage, createMetafield, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { failureJson } from "./failure-json";
import { productListJson } from "./product-endpoints";
import { metafieldJson, productDetailJson } from "./product-json";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

const NOBODY = "00000000-0000-7000-8000-000000000000";
let staff: Awaited<ReturnType<typeof apiCaller>>;
let manager: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  staff = await apiCaller("staff");
  manager = await apiCaller("manager");
});

/** The error of an answer, by the document's schema. */
function errorOf({ json }: { json: unknown }) {
  return failureJson.parse(json).error;
}

describe("who may", () => {
  test("nobody reads with a made-up token, and is told what to send", async () => {
    const { status, headers, text } = await callRoute(listProducts, { headers: { authorization: "Bearer stk_guess" } });
    expect(status).toBe(401);
    expect(headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(errorOf({ json: JSON.parse(text) }).code).toBe("unauthenticated");
  });

  test("staff and tokens that only read change nothing, and are told so whatever they send", async () => {
    const { id } = await createProduct({ name: "Mug" });
    const reader = await apiCaller("manager", "read");
    const params = { id, namespace: "custom", key: "color" };
    for (const caller of [staff, reader]) {
      for (const body of [{ name: "Cup" }, { name: 1, nonsense: true }, "{", "x".repeat(2_000_000)]) {
        expect(await caller(PATCH, { params, body })).toMatchObject({
          status: 403,
          json: { error: { code: "forbidden" } },
        });
        expect((await caller(PUT, { params, body })).status).toBe(403);
      }
      expect((await caller(PATCH, { params: { id: "none" }, body: {} })).status).toBe(403);
      expect((await caller(DELETE, { params })).status).toBe(403);
    }
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Mug", version: 1 });
  });
});

describe("one product", () => {
  test("comes with its exact prices, codes, pictures in order and metafields", async () => {
    const category = await createCategory({ name: "Paper" });
    const { id } = await createProduct({
      name: "Notebook",
      priceCents: 1999,
      compareAtPriceCents: 105,
      costPriceCents: 7,
      categoryId: category.id,
      description: "<b>Fine</b>",
    });
    await createCode(id, { type: "upc", code: "012345678905" });
    await createImage(id, {
      url: "https://example.com/b.jpg",
      sortOrder: 2,
      storagePath: "images/b.jpg",
      fileHash: "b",
    });
    await createImage(id, { url: "https://example.com/a.jpg", sortOrder: 1, isFeatured: true, altText: "Front" });
    await createMetafield(id, { namespace: "custom", key: "color", value: "Blue" });
    const { status, json } = await staff(getProduct, { params: { id } });
    expect(status).toBe(200);
    const product = productDetailJson.strict().parse(json);
    expect(product).toMatchObject({
      price: "19.99",
      price_cents: 1999,
      compare_at_price: "1.05",
      cost_price: "0.07",
      category_id: category.id,
      category: { path: "paper" },
      description: "<b>Fine</b>",
      codes: [{ type: "upc", code: "012345678905" }],
      images: [
        { position: 1, url: null, source_url: "https://example.com/a.jpg", alt_text: "Front" },
        { position: 2, url: expect.stringMatching(/^\/api\/images\/\d+\?v=b$/) },
      ],
      featured_image_url: expect.stringMatching(/^\/api\/images\/\d+\?v=b$/),
      metafields: [{ namespace: "custom", key: "color", value: "Blue", value_type: product.metafields[0]?.type }],
    });
  });

  test.each([1, 10, 99, 100, 101, 1_999, 12_345_678, 2_147_483_647])(
    "%i cents are an exact text, there and back",
    async (cents) => {
      const { id } = await createProduct();
      const text = `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
      const { json } = await manager(PATCH, { params: { id }, body: { price: text } });
      expect(json).toMatchObject({ price: text, price_cents: cents });
    },
  );

  test.each([NOBODY, "none", "", "\0", "x".repeat(300)])("%j is nothing", async (id) => {
    for (const [handler, body] of [
      [getProduct, undefined],
      [PATCH, { name: "Cup" }],
    ] as const) {
      const answer = await manager(handler, { params: { id }, body });
      expect(answer.status).toBe(404);
      expect(errorOf(answer).code).toBe("not_found");
    }
  });
});

describe("a patch", () => {
  test("takes values, pairs and values seen side by side, and gives the product back", async () => {
    const home = await createCategory({ name: "Mugs" });
    await announceChanges();
    const { id } = await createProduct({ name: "Mug", brand: "Acme", priceCents: 500 });
    const body = {
      name: { from: "Mug", to: "Blue mug" },
      brand: "Zenith",
      price: 7.5,
      cost_price_cents: null,
      category_id: "mugs",
      from: { brand: "Acme", price: "5.00", category_id: null },
    };
    const { status, json } = await manager(PATCH, { params: { id }, body });
    expect(status).toBe(200);
    expect(productDetailJson.strict().parse(json)).toMatchObject({
      name: "Blue mug",
      brand: "Zenith",
      price: "7.50",
      cost_price: null,
      category_id: home.id,
      version: 2,
    });
  });

  test("of the second of two managers is refused with both values, and saves nothing", async () => {
    const { id } = await createProduct({ name: "Mug", priceCents: 500 });
    await manager(PATCH, { params: { id }, body: { price: { from: "5.00", to: "6.00" } } });
    const second = await (await apiCaller("manager"))(PATCH, {
      params: { id },
      body: { name: "Cup", price: { from: "5.00", to: "7.00" } },
    });
    expect(second.status).toBe(409);
    expect(errorOf(second)).toMatchObject({
      code: "conflict",
      fields: { price: expect.stringMatching(/5\.00.*7\.00.*6\.00/) },
      details: { conflicts: [{ field: "price", from: "5.00", yours: "7.00", theirs: "6.00" }] },
    });
    const inCents = await manager(PATCH, { params: { id }, body: { price_cents: 700, from: { price_cents: 500 } } });
    expect(errorOf(inCents).details?.conflicts).toEqual([{ field: "price_cents", from: 500, yours: 700, theirs: 600 }]);
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Mug", priceCents: 600 });
  });

  test("of another field lands beside it", async () => {
    const { id } = await createProduct({ name: "Mug", brand: "Acme" });
    const edits = [{ name: { from: "Mug", to: "Cup" } }, { brand: { from: "Acme", to: "Zenith" } }];
    const answers = await Promise.all(edits.map((body) => manager(PATCH, { params: { id }, body })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: "Cup", brand: "Zenith" });
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ["a price of 0", { price: "0.00" }, { price: expect.stringContaining("0 is not a price") }],
    ["a price in pairs", { price: { from: "1.00", to: "cheap" } }, { price: expect.stringContaining("12.50") }],
    ["cents of 0", { price_cents: 0 }, { price_cents: expect.stringContaining("0 is not a price") }],
    ["half a cent", { price: 1.005 }, { price: expect.stringContaining("12.50") }],
    ["no name", { name: "" }, { name: "Enter a name." }],
    ["no word for the name", { name: null }, { name: expect.any(String) }],
    ["a status of its own", { status: "sold" }, { status: "Choose draft, active or archived." }],
    [
      "a category that is not there",
      { category_id: "no/such" },
      { category_id: expect.stringContaining("no such category") },
    ],
    ["the price twice", { price: "1.00", price_cents: 100 }, { price: "Send price_cents or price, not both." }],
    ["what was seen of nothing new", { name: "Cup", from: { brand: "Acme" } }, { "from.brand": expect.any(String) }],
    ["a character no database takes", { brand: "A\0B" }, { brand: "Leave out the character U+0000." }],
    ["a field that is none", { sku: "X" }, { "": expect.stringContaining("sku") }],
    ["nothing", {}, { "": "Send at least one field to change." }],
    ["a list", [], { "": expect.any(String) }],
  ])("with %s is refused in words", async (_, body, fields) => {
    const { id } = await createProduct({ name: "Mug", brand: "Acme", priceCents: 500 });
    const answer = await manager(PATCH, { params: { id }, body });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).fields).toEqual(fields);
    expect((await db.product.findUniqueOrThrow({ where: { id } })).version).toBe(1);
  });

  test("that is no JSON, or too much of it, is refused", async () => {
    const { id } = await createProduct();
    const broken = await manager(PATCH, { params: { id }, body: '{"name": ' });
    expect(broken).toMatchObject({ status: 422, json: { error: { message: "The body is not JSON." } } });
    const large = await manager(PATCH, { params: { id }, body: { name: "x".repeat(2_000_000) } });
    expect(large.status).toBe(413);
    expect(errorOf(large).code).toBe("too_large");
  });
});

describe("a metafield", () => {
  test("is added, edited against what was seen, and removed once", async () => {
    const { id } = await createProduct();
    const params = { id, namespace: "custom", key: "tags" };
    const type = "list.single_line_text_field";
    const added = await manager(PUT, {
      params,
      body: { value: ["a", "b"], value_type: type, name: "Tags", from: null },
    });
    expect(added.status).toBe(200);
    expect(metafieldJson.strict().parse(added.json)).toMatchObject({
      name: "Tags",
      value: '["a","b"]',
      type,
      value_type: type,
    });
    const edited = await manager(PUT, { params, body: { value: ["c"], from: ["a", "b"] } });
    expect(edited.json).toMatchObject({ value: '["c"]' });
    const late = await manager(PUT, { params, body: { value: ["d"], from: ["a", "b"] } });
    expect(late.status).toBe(409);
    expect(errorOf(late).details?.conflicts).toEqual([
      { field: "value", from: '["a","b"]', yours: '["d"]', theirs: '["c"]' },
    ]);
    expect((await manager(DELETE, { params, query: { from: "[]" } })).status).toBe(409);
    expect(await manager(DELETE, { params, query: { from: '["c"]' } })).toMatchObject({ status: 204, json: undefined });
    expect((await manager(DELETE, { params })).status).toBe(404);
    expect((await manager(PUT, { params: { ...params, id: NOBODY }, body: { value: "x" } })).status).toBe(404);
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ["no type", { value: "x" }, { value: expect.stringContaining("Choose a type") }],
    ["a type that is none", { value: "x", type: "shape" }, { value: expect.stringContaining("shape") }],
    ["two types", { value: "1", type: "url", value_type: "json" }, { value_type: expect.any(String) }],
    ["a value of another type", { value: "many", type: "number_integer" }, { value: expect.any(String) }],
    ["no value", { type: "url" }, { value: expect.any(String) }],
  ])("with %s is refused in words", async (_, body, fields) => {
    const { id } = await createProduct();
    const answer = await manager(PUT, { params: { id, namespace: "custom", key: "size" }, body });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).fields).toEqual(fields);
    expect(await db.metafieldDefinition.count()).toBe(0);
  });
});

describe("a list of products", () => {
  test("narrows by category with those below, brand, status and words; unknown categories are not found", async () => {
    const paper = await createCategory({ name: "Paper" });
    const notebooks = await createCategory({ name: "Notebooks" }, paper);
    const a = await createProduct({ name: "Ruled notebook", brand: "Acme", categoryId: notebooks.id });
    const b = await createProduct({ name: "Copy paper", brand: "Zenith", categoryId: paper.id, status: "draft" });
    const c = await createProduct({ name: "Old notebook", status: "archived", categoryId: notebooks.id });
    await announceChanges(a.id, b.id, c.id);
    const found = async (query: Record<string, string | string[]>) => {
      const { json } = await staff(listProducts, { query });
      const list = productListJson.parse(json);
      expect(list.total).toBe(list.data.length);
      return list.data.map(({ id }) => id);
    };
    expect(await found({})).toEqual([b.id, a.id]);
    expect(await found({ sort: "-name" })).toEqual([a.id, b.id]);
    expect(await found({ category_id: "paper" })).toEqual([b.id, a.id]);
    expect(await found({ category_id: paper.id, include_subcategories: "false" })).toEqual([b.id]);
    expect(await found({ category_id: "paper/notebooks", status: "archived" })).toEqual([c.id]);
    expect(await found({ brand: ["Acme", "Zenith"], status: ["draft"] })).toEqual([b.id]);
    expect(await found({ q: "noteb" })).toEqual([a.id]);
    expect(await found({ q: "!?" })).toEqual([]);
    const inCategory = await staff(getCategoryProducts, { params: { id: "paper/notebooks" } });
    expect(productListJson.parse(inCategory.json).data.map(({ id }) => id)).toEqual([a.id]);
    expect((await staff(listProducts, { query: { category_id: "nowhere" } })).status).toBe(404);
    expect((await staff(getCategoryProducts, { params: { id: NOBODY } })).status).toBe(404);
  });

  test("counts exactly what has just changed", async () => {
    const { id } = await createProduct();
    await createProduct();
    expect((await staff(listProducts)).json).toMatchObject({ total: 2 });
    await manager(PATCH, { params: { id }, body: { status: "archived" } });
    expect((await staff(listProducts)).json).toMatchObject({ total: 1 });
  });

  const ORDERS = [
    "name",
    "-name",
    "sku",
    "brand",
    "-brand",
    "price",
    "-price",
    "inventory_quantity",
    "updated_at",
    "relevance",
  ];
  test.each(ORDERS)("sorted by %s is the whole set however it is paged, each product once", async (sort) => {
    const ids: string[] = [];
    for (let n = 0; n < 23; n++) {
      const { id } = await createProduct({
        name: `Pen ${n % 4}`,
        brand: n % 3 === 0 ? null : `Brand ${n % 2}`,
        priceCents: n % 5 === 0 ? null : 100 + (n % 3),
        inventoryQuantity: n % 2 === 0 ? null : n % 4,
      });
      ids.push(id);
    }
    await announceChanges(...ids);
    const query = { sort, ...(sort === "relevance" && { q: "pen" }) };
    const whole = productListJson.parse((await staff(listProducts, { query: { ...query, per_page: 200 } })).json);
    expect(whole).toMatchObject({ total: 23, page: 1, per_page: 200, next_cursor: null });
    expect(whole.data.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const perPage of [1, 7, 23]) {
      const paged: string[] = [];
      const followed: string[] = [];
      let cursor: string | null = null;
      for (let page = 1; page <= Math.ceil(23 / perPage); page++) {
        const numbered = productListJson.parse(
          (await staff(listProducts, { query: { ...query, per_page: perPage, page } })).json,
        );
        paged.push(...numbered.data.map(({ id }) => id));
        const from: Record<string, string> = cursor ? { cursor } : {};
        const next = productListJson.parse(
          (await staff(listProducts, { query: { ...query, per_page: perPage, ...from } })).json,
        );
        expect(next).toMatchObject({ page, per_page: perPage, total: 23 });
        followed.push(...next.data.map(({ id }) => id));
        cursor = next.next_cursor;
      }
      expect(cursor).toBeNull();
      expect(paged).toEqual(whole.data.map(({ id }) => id));
      expect(followed).toEqual(paged);
    }
    expect((await staff(listProducts, { query: { ...query, page: 9 } })).json).toMatchObject({
      data: [],
      total: 23,
      page: 9,
    });
  });

  test.each<[string, string]>([
    ["page=0", "page"],
    ["page=-4", "page"],
    ["page=two", "page"],
    ["per_page=0", "per_page"],
    ["per_page=201", "per_page"],
    ["status=sold", "status.0"],
    ["sort=colour", "sort"],
    ["include_subcategories=maybe", "include_subcategories"],
    ["cursor=abc", "cursor"],
    ["cursor=-name.WyJhIiwiYiIsMF0", "cursor"],
    ["cursor=name.WzEsImIiLDBd", "cursor"],
    ["page=2&cursor=abc", "cursor"],
    ["q=%00", "q"],
    ["brand=%00", "brand.0"],
    ["category_id=%00", "category_id"],
    ["page=1&page=2", "page"],
  ])("?%s is refused in words", async (query, field) => {
    await createProduct();
    const answer = await staff(listProducts, { query });
    expect(answer.status).toBe(422);
    const { fields = {} } = errorOf(answer);
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toMatch(/^[A-Z].*\.$/);
  });
});

test("a search is answered the same by GET and POST, the best first", async () => {
  const a = await createProduct({ name: "Toner black", sku: "T-1" });
  const b = await createProduct({ name: "Black pen", sku: "TONER-X" });
  const c = await createProduct({ name: "Paper", brand: "Toner" });
  await announceChanges(a.id, b.id, c.id);
  const got = await staff(search, { query: { q: "toner", per_page: 2 } });
  const posted = await staff(postSearch, { body: { query: "toner", per_page: 2 } });
  expect(posted).toMatchObject({ status: 200, json: got.json });
  expect(productListJson.strict().parse(got.json)).toMatchObject({ total: 3, page: 1, per_page: 2 });
  const one = await staff(postSearch, { body: { query: "toner", brand: "Toner", status: "active" } });
  expect(productListJson.parse(one.json).data.map(({ id }) => id)).toEqual([c.id]);
  for (const body of [{}, { query: " " }, { query: "x", category: "paper" }, [], { query: "x", page: 0 }]) {
    expect((await staff(postSearch, { body })).status, JSON.stringify(body)).toBe(422);
  }
  expect((await staff(search)).status).toBe(422);
});
