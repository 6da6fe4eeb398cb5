import { importFile, itemList, priceText, runEnded } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopProduct } from "./shop";

test("a price within a rule's limit goes in by itself under the rule's name, one beyond it waits", async ({ as }) => {
  const page = await as("manager");
  const three = await products(page, { category_id: "furniture/seating/guest-chairs", sort: "sku", per_page: 3 });
  const [within, beyond, same] = three;
  if (!within || !beyond || !same) throw new Error("the sample has no three guest chairs");
  const list = (prices: [ShopProduct, number][]) =>
    itemList(
      "rules-shop",
      prices.map(([product, cents]) => ({ product, shown: priceText(cents) })),
    );
  const feed = "Rules shop";
  const same3 = three.map((product): [ShopProduct, number] => [product, product.price_cents]);
  await importFile(page, { feed, format: "ERP item list", file: list(same3), how: "Apply without review" });

  await open(page, "/feeds/rules");
  await page.getByRole("button", { name: "New rule" }).click();
  const dialog = page.getByRole("dialog", { name: "New rule" });
  const name = "Chairs up to 25 % dearer";
  await dialog.getByLabel(/^Name/).fill(name);
  await dialog.getByLabel("From").selectOption(feed);
  await dialog.getByLabel(/^Rises up to/).fill("25");
  await dialog.getByLabel(/^Falls up to/).fill("0");
  await expect(dialog.getByRole("list", { name: "Tried on the last runs" })).toContainText("would have passed");
  await dialog.getByRole("button", { name: "Create rule" }).click();
  await expect(page.getByText("The rule holds from the next run on.")).toBeVisible();
  await expect(rowsOf(page, "Approval rules").filter({ hasText: name })).toContainText("up to 25 % more, no less");

  const dearer = (product: ShopProduct, percent: number) => Math.round(product.price_cents * (1 + percent / 100));
  const file = list([
    [within, dearer(within, 20)],
    [beyond, dearer(beyond, 40)],
    [same, same.price_cents],
  ]);
  const run = await importFile(page, { feed, file, how: "review" });
  await expect(page.getByRole("button", { name: "Approve 1 change" })).toBeVisible();
  const now = async ({ id }: ShopProduct) => (await ask<ShopProduct>(page, `/api/products/${id}`)).price_cents;
  expect(await now(within)).toBe(dearer(within, 20));
  expect(await now(beyond)).toBe(beyond.price_cents);
  await open(page, `/syncs/${run}?q=${within.sku}`);
  await expect(rowsOf(page, "Changes")).toContainText(`Allowed by rule: ${name}`);

  await page.getByRole("button", { name: "Reject all" }).click();
  await page.getByRole("dialog").getByLabel(/^Why/).fill("Too dear");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Reject/ })
    .click();
  await runEnded(page, /^done( in part)?$/);
  expect(await now(beyond)).toBe(beyond.price_cents);

  await open(page, "/feeds/rules");
  await page.getByRole("button", { name: `Edit ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await expect(rowsOf(page, "Approval rules").filter({ hasText: name })).toHaveCount(0);
});
