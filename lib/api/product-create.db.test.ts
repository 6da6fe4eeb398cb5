import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { POST } from "@/app/api/products/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createCategory, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { productDetailJson } from "./product-json";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

let manager: Awaited<ReturnType<typeof apiCaller>>;

afterEach(notesWritten);
beforeEach(async () => {
  await resetDatabase();
  manager = await apiCaller("manager");
});

test("a product posted by the names of PATCH is answered whole, with 201", async () => {
  const category = await createCategory({ name: "Pens" });
  const body = {
    sku: "PEN-1",
    name: "Pen",
    upc: "4006381333931",
    price: "2.50",
    category_id: category.path,
    brand: "Acme",
    metafields: [
      { namespace: "custom", key: "ink_width", value: 0.7, type: "float" },
      { namespace: "custom", key: "colours", value: ["Red", "Blue"], value_type: "list.single_line_text_field" },
    ],
  };
  const { status, json } = await manager(POST, { body });
  expect(status).toBe(201);
  expect(productDetailJson.parse(json)).toMatchObject({
    ...{ sku: "PEN-1", status: "draft", price: "2.50", price_cents: 250, category: { path: "pens" } },
    codes: [{ type: "upc", code: "4006381333931" }],
    metafields: [
      { key: "ink_width", type: "number_decimal", value: "0.7" },
      { key: "colours", value: '["Red","Blue"]' },
    ],
  });
});

test("a refusal speaks of the fields as the request did, and nothing is made", async () => {
  await createProduct({ sku: "PEN-1", name: "Gel pen" });
  const cases: [object, number, string][] = [
    [{ sku: "PEN-1", name: "Pen" }, 409, "sku"],
    [{ sku: "PEN-2", name: "Pen", price: "0" }, 422, "price"],
    [{ sku: "PEN-2", name: "Pen", category_id: "no/such" }, 422, "category_id"],
    [{ sku: "PEN-2", name: "Pen", price: "1", price_cents: 1 }, 422, "price"],
    [{ sku: "PEN-2" }, 422, "name"],
    [
      { sku: "PEN-2", name: "Pen", metafields: [{ namespace: "custom", key: "ink", value: "x", type: "integer" }] },
      422,
      "metafield:custom.ink",
    ],
  ];
  for (const [body, status, field] of cases) {
    const answer = await manager(POST, { body });
    expect(answer, JSON.stringify(body)).toMatchObject({
      status,
      json: { error: { fields: { [field]: expect.any(String) } } },
    });
  }
  expect(await db.product.count()).toBe(1);
});

test("staff make nothing, whatever they send", async () => {
  const staff = await apiCaller("staff");
  for (const body of [{ sku: "A1", name: "Pen" }, { nonsense: true }]) {
    expect(await staff(POST, { body })).toMatchObject({ status: 403, json: { error: { code: "forbidden" } } });
  }
  expect(await db.product.count()).toBe(0);
});
