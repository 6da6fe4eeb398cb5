import { expect, test } from "./fixtures";
import { ask, marker, open, type ShopProduct } from "./shop";

test("a product is made by hand: a taken SKU is told, and the person is its source", async ({ as }) => {
  const page = await as("manager");
  const taken = await marker(page, 20);
  await open(page, "/products/new");
  await page.getByRole("button", { name: "Make product" }).click();
  await expect(page.getByText("Enter a SKU.")).toBeVisible();
  await page.getByLabel("Name").fill("Walnut pen tray");
  await page.getByLabel("SKU").fill(taken.sku);
  await page.getByLabel("Price, EUR").fill("12.50");
  await page.getByRole("button", { name: "Make product" }).click();
  await expect(page.getByText(`${taken.sku} is taken by “${taken.name}”. Choose another SKU.`)).toBeVisible();

  await page.getByLabel("SKU").fill("TRAY-1");
  await page.getByRole("button", { name: "Make product" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Walnut pen tray" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toHaveCount(0);
  await expect(page.getByText(/^you/).first()).toBeVisible();
});

test("a duplicate is a draft with a SKU of its own and without the codes", async ({ as }) => {
  const page = await as("manager");
  const original = await marker(page, 21);
  await open(page, `/products/${original.id}`);
  await page.getByRole("button", { name: "Duplicate" }).click();
  const dialog = page.getByRole("dialog", { name: `Duplicate ${original.sku}` });
  await dialog.getByLabel("SKU").fill("MARKER-COPY");
  await dialog.getByLabel("Prices").uncheck();
  await dialog.getByRole("button", { name: "Make duplicate" }).click();
  await expect(page).not.toHaveURL(new RegExp(original.id));
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const copy = await ask<ShopProduct & { status: string; codes: unknown[] }>(page, `/api/products/${id}`);
  expect(copy).toMatchObject({ sku: "MARKER-COPY", name: original.name, status: "draft", price: null, codes: [] });
});
