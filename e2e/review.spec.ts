import type { Page } from "@playwright/test";
import { importFile, itemList, priceText, runEnded } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopProduct } from "./shop";

// One story: the run of the first part is answered in the parts after it.
test.describe.configure({ mode: "serial" });

const SHOP = "Review shop";
const SENT = 60;
let run = 0;
let sent: ShopProduct[] = [];

const priceNow = async (page: Page, { id }: ShopProduct) =>
  (await ask<ShopProduct>(page, `/api/products/${id}`)).price_cents;
const states = async (page: Page) =>
  (await ask<{ changes_by_state: Record<string, number> }>(page, `/api/sync-logs/${run}`)).changes_by_state;

function tick(page: Page, { sku }: ShopProduct) {
  return page.getByRole("checkbox", { name: `Tick ${sku}`, exact: true });
}

test("rows ticked across pages are applied, others turned down with a reason, and the rest waits", async ({ as }) => {
  const page = await as("manager");
  sent = await products(page, { category_id: "cleaning-and-facilities", sort: "sku", per_page: SENT });
  expect(sent).toHaveLength(SENT);
  const lines = sent.map((product) => ({ product, shown: priceText(product.price_cents + 30) }));
  run = await importFile(page, {
    feed: SHOP,
    format: "ERP item list",
    file: itemList("review-shop", lines),
    how: "review",
  });
  await expect(page.getByRole("button", { name: `Approve ${SENT} changes` })).toBeVisible();

  const rows = page.getByRole("checkbox", { name: /^Tick [A-Z0-9]/ });
  const bar = page.getByRole("region", { name: "Ticked rows" });
  await open(page, `/syncs/${run}`);
  await rows.nth(0).click();
  await rows.nth(1).click();
  const onFirst = await rows.nth(0).getAttribute("aria-label");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(rows).toHaveCount(SENT - 50);
  await rows.nth(0).click();
  await expect(bar).toContainText("3 rows ticked");
  const onSecond = await rows.nth(0).getAttribute("aria-label");
  await bar.getByLabel("Note, kept with the rows").fill("Checked with the supplier");
  await bar.getByRole("button", { name: "Approve 3" }).click();
  await expect(page.getByText("Applying 3 rows")).toBeVisible();
  await expect.poll(async () => (await states(page)).applied, { timeout: 20_000 }).toBe(3);
  for (const label of [onFirst, onSecond]) {
    const product = sent.find(({ sku }) => label === `Tick ${sku}`);
    if (!product) throw new Error(`${label} is no product of the list`);
    expect(await priceNow(page, product)).toBe(product.price_cents + 30);
  }

  await open(page, `/syncs/${run}?state=staged`);
  await rows.nth(0).click();
  await rows.nth(2).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("3 rows ticked");
  await bar.getByRole("button", { name: "Reject…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(dialog.getByRole("alert").or(dialog.locator("[aria-invalid=true]")).first()).toBeVisible();
  await dialog.getByLabel(/^Why/).fill("Not agreed with the supplier");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(page.getByText("Rejected 3 rows")).toBeVisible();
  expect(await states(page)).toMatchObject({ applied: 3, rejected: 3, staged: SENT - 6 });

  await open(page, `/syncs/${run}?state=rejected`);
  await expect(rowsOf(page, "Changes").filter({ hasText: "Rejected: Not agreed with the supplier" })).toHaveCount(3);
  await expect(page.getByRole("main").getByText("waits for review").first()).toBeVisible();
});

test("a row whose product somebody changed meanwhile comes back with both values, and nothing of it is written", async ({
  as,
}) => {
  const page = await as("manager");
  await open(page, `/syncs/${run}?state=staged`);
  const label = await page
    .getByRole("checkbox", { name: /^Tick [A-Z0-9]/ })
    .first()
    .getAttribute("aria-label");
  const product = sent.find(({ sku }) => label === `Tick ${sku}`);
  if (!product) throw new Error(`${label} is no product of the list`);
  await tick(page, product).click();

  const colleague = await as("admin");
  const own = product.price_cents + 777;
  const saved = await colleague.request.patch(`/api/products/${product.id}`, { data: { price: priceText(own) } });
  expect(saved.status(), await saved.text()).toBe(200);

  await page.getByRole("button", { name: "Approve 1", exact: true }).click();
  await expect(page.getByText("Applying 1 row")).toBeVisible();
  await open(page, `/syncs/${run}?q=${product.sku}`);
  const words = `Price was ${priceText(product.price_cents)} when this was approved and is ${priceText(own)} now`;
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table", { name: "Changes" })).toContainText(words, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  expect(await priceNow(page, product)).toBe(own);
  expect(await states(page)).toMatchObject({ applied: 3, rejected: 3, staged: SENT - 6 });
});

test("the run ends when its last rows are answered", async ({ as }) => {
  const page = await as("manager");
  await open(page, `/syncs/${run}`);
  await page.getByRole("button", { name: `Approve ${SENT - 6} changes` }).click();
  await runEnded(page, /^done( in part)?$/);
  expect((await states(page)).staged).toBeUndefined();
  const applied = await ask<{ data: unknown[] }>(page, `/api/sync-logs/${run}/changes`, {
    state: "applied",
    per_page: 100,
  });
  expect(applied.data).toHaveLength(SENT - 3);
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
});
