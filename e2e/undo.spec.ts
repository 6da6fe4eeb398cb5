import type { Page } from "@playwright/test";
import { importFile, itemList, priceText, runEnded } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, type ShopProduct } from "./shop";

const now = (page: Page, { id }: ShopProduct) => ask<ShopProduct>(page, `/api/products/${id}`);

test("a run is undone from its page after its preview, once, and what somebody changed since stays", async ({ as }) => {
  const page = await as("manager");
  const three = await products(page, { category_id: "furniture/lighting/desk-lamps", sort: "sku", per_page: 3 });
  const [back, stays] = three;
  if (!back || !stays) throw new Error("the sample has no three desk lamps");
  const before = await ask<Record<string, unknown>>(page, `/api/products/${back.id}`);
  const lines = three.map((product) => ({ product, shown: priceText(product.price_cents + 40) }));
  const run = await importFile(page, {
    feed: "Undo shop",
    format: "ERP item list",
    file: itemList("undo-shop", lines),
    how: "Apply without review",
  });
  expect((await now(page, back)).price_cents).toBe(back.price_cents + 40);
  const own = stays.price_cents + 99;
  const saved = await page.request.patch(`/api/products/${stays.id}`, { data: { price: priceText(own) } });
  expect(saved.status(), await saved.text()).toBe(200);

  await open(page, `/syncs/${run}`);
  const colleague = await as("admin");
  await open(colleague, `/syncs/${run}`);
  for (const one of [page, colleague]) {
    await one.getByRole("button", { name: "Undo run" }).click();
    const plan = one.getByRole("dialog", { name: `Undo run ${run} of Undo shop?` });
    await expect(plan.getByRole("row", { name: /^Put back as they were/ })).toContainText("3");
    await expect(plan.getByRole("region", { name: "Left as they are" })).toContainText(stays.sku);
  }
  await page.getByRole("dialog").getByRole("button", { name: "Undo 3 changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/syncs/(?!${run}$)\\d+$`));
  await runEnded(page, /^done( in part)?$/);
  await expect(page.getByRole("main")).toContainText(`Takes back run ${run}`);
  const undo = Number(/\d+$/.exec(page.url())?.[0]);

  await colleague.getByRole("dialog").getByRole("button", { name: "Undo 3 changes" }).click();
  await expect(colleague.getByRole("dialog").getByRole("alert")).toContainText(
    `Run ${run} is undone already, by run ${undo}.`,
  );

  const after = await ask<Record<string, unknown>>(page, `/api/products/${back.id}`);
  for (const field of ["price", "name", "upc", "codes", "inventory_quantity"]) {
    expect(after[field], field).toEqual(before[field]);
  }
  expect((await now(page, stays)).price_cents).toBe(own);
  await open(page, `/syncs/${run}`);
  await expect(page.getByRole("main")).toContainText(`Undone by run ${undo}`);
  await expect(page.getByRole("button", { name: "Undo run" })).toHaveCount(0);
  await open(page, `/products/${back.id}?tab=history`);
  await expect(page.getByRole("main").getByText("since undone").first()).toBeVisible();
});
