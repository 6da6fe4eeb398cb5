import type { Page } from "@playwright/test";
import { complaints } from "./axe";
import { csvFile, importFile, itemList, priceText, runEnded, summaryOf } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopProduct } from "./shop";

async function openFromToast(page: Page) {
  await page.getByRole("button", { name: /^Open run \d+$/ }).click();
  await expect(page).toHaveURL(/\/syncs\/\d+$/);
  await runEnded(page);
}

test("a refused row is mended in the browser, tried alone, and says which run took it in", async ({ as }) => {
  const page = await as("manager");
  const two = await products(page, { category_id: "furniture/desks-and-tables/computer-desks", per_page: 2 });
  const [good, wrong] = two;
  if (!good || !wrong) throw new Error("the sample has no two computer desks");
  const file = itemList("retry-shop", [
    { product: good, shown: priceText(good.price_cents + 10) },
    { product: wrong, shown: "on request" },
  ]);
  const run = await importFile(page, {
    feed: "Retry shop",
    format: "ERP item list",
    file,
    how: "Apply without review",
  });
  await expect(summaryOf(page)).toContainText("2 products: 1 changed, 1 rejected");

  await open(page, `/syncs/${run}?tab=rejected`);
  const row = rowsOf(page, "Refused rows");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('UnitPrice "on request": not a number.');
  await row.getByRole("button", { name: "Mend retry-shop.csv, line 3" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("UnitPrice").fill("still to be asked");
  expect(await complaints(page, "[role=dialog]")).toEqual([]);
  await dialog.getByRole("button", { name: "Try it now" }).click();
  await openFromToast(page);
  const second = Number(/\/syncs\/(\d+)/.exec(page.url())?.[1]);
  expect((await ask<ShopProduct>(page, `/api/products/${wrong.id}`)).price_cents).toBe(wrong.price_cents);

  await open(page, `/syncs/${run}?tab=rejected`);
  await expect(row).toContainText(`refused in run ${second}`);
  await row.getByRole("button", { name: "Mend retry-shop.csv, line 3" }).click();
  await expect(dialog.getByLabel("UnitPrice")).toHaveValue("still to be asked");
  await dialog.getByLabel("UnitPrice").fill(priceText(wrong.price_cents + 10));
  await dialog.getByRole("button", { name: "Try it now" }).click();
  await openFromToast(page);
  const third = Number(/\/syncs\/(\d+)/.exec(page.url())?.[1]);
  expect((await ask<ShopProduct>(page, `/api/products/${wrong.id}`)).price_cents).toBe(wrong.price_cents + 10);

  await open(page, `/syncs/${run}?tab=rejected`);
  await expect(row).toContainText(`handled by run ${third}`);
  await expect(page.getByRole("button", { name: /^Mend/ })).toHaveCount(0);
});

test("a run that failed is run again from its own page, by whoever may", async ({ as }) => {
  const page = await as("manager");
  const file = csvFile("wrong-list.csv", [
    ["Thing", "Colour"],
    ["A", "red"],
  ]);
  const run = await importFile(page, { feed: "Wrong list", format: "ERP item list", file, how: "review" });
  const main = page.getByRole("main");
  await expect(main.getByText("failed", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("Back on the queue, with all its tries.")).toBeVisible();
  await expect(main.getByText("failed", { exact: true })).toBeVisible({ timeout: 40_000 });

  const staff = await as("staff");
  await open(staff, `/syncs/${run}`);
  await expect(staff.getByRole("main").getByText("failed", { exact: true })).toBeVisible();
  await expect(staff.getByRole("button", { name: "Run again" })).toHaveCount(0);
});
