import { csvFile, importFile, itemList, priceText, summaryOf } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopProduct } from "./shop";

test("a row nobody knows is said to be a product, and the next import obeys", async ({ as }) => {
  const page = await as("manager");
  const [product] = await products(page, {
    category_id: "furniture/lighting/desk-lamps",
    sort: "sku",
    page: 8,
    per_page: 1,
  });
  if (!product) throw new Error("the sample has no eighth desk lamp");
  const key = "BRANCH-4711";
  const list = (cents: number) =>
    csvFile("branch.csv", [
      ["ItemNumber", "Description", "UnitPrice", "UPC", "QuantityOnHand"],
      [key, "Lamp of the branch", priceText(cents), "", product.inventory_quantity ?? 0],
    ]);
  const feed = "Branch";
  const now = async () => (await ask<ShopProduct>(page, `/api/products/${product.id}`)).price_cents;
  await importFile(page, {
    feed,
    format: "ERP item list",
    file: list(product.price_cents + 15),
    how: "Apply without review",
  });
  await expect(summaryOf(page)).toContainText("1 to decide");
  expect(await now()).toBe(product.price_cents);

  await open(page, `/inbox?kind=match&q=${key}`);
  const item = page.getByRole("list", { name: "What needs a person" }).getByRole("listitem");
  await expect(item).toHaveCount(1);
  await item.getByRole("link").click();
  const panel = page.getByRole("complementary", { name: "What is open" });
  await expect(panel).toContainText("Lamp of the branch");
  await panel.getByLabel("Another product").fill(product.sku);
  await panel
    .getByRole("button", { name: `It is ${product.sku}` })
    .last()
    .click();
  await expect(page.getByText(`${key} is ${product.sku} from now on.`)).toBeVisible();
  await expect.poll(now, { timeout: 20_000 }).toBe(product.price_cents + 15);
  await expect(item).toHaveCount(0);
  await open(page, `/inbox/answers?q=${key}`);
  await expect(rowsOf(page, "Answers given")).toContainText(product.sku);

  await importFile(page, { feed, file: list(product.price_cents + 25), how: "Apply without review" });
  await expect(summaryOf(page)).toContainText("1 product: 1 changed");
  expect(await now()).toBe(product.price_cents + 25);
});

test("where a feed speaks against a person, one keeps theirs and the other takes the feed's, field by field", async ({
  as,
}) => {
  const page = await as("manager");
  const two = await products(page, { category_id: "furniture/lighting/desk-lamps", sort: "sku", page: 5, per_page: 2 });
  const [mine, theirs] = two;
  if (!mine || !theirs) throw new Error("the sample has no two desk lamps more");
  const feed = "Conflict shop";
  const list = (more: number) =>
    itemList(
      "conflict-shop",
      two.map((product) => ({ product, shown: priceText(product.price_cents + more) })),
    );
  const now = async ({ id }: ShopProduct) => (await ask<ShopProduct>(page, `/api/products/${id}`)).price_cents;
  await importFile(page, { feed, format: "ERP item list", file: list(5), how: "Apply without review" });
  for (const { id, price_cents } of two) {
    const answer = await page.request.patch(`/api/products/${id}`, { data: { price: priceText(price_cents + 100) } });
    expect(answer.status(), await answer.text()).toBe(200);
  }
  await importFile(page, { feed, file: list(7), how: "Apply without review" });
  for (const product of two) expect(await now(product)).toBe(product.price_cents + 100);

  const panel = page.getByRole("complementary", { name: "What is open" });
  const items = page.getByRole("list", { name: "What needs a person" }).getByRole("listitem");
  const openConflict = async ({ sku }: ShopProduct) => {
    await open(page, `/inbox?kind=conflict&q=${sku}`);
    await expect(items).toHaveCount(1);
    await items.getByRole("link").click();
    await expect(panel.getByRole("region", { name: "Price" })).toBeVisible();
  };
  await openConflict(mine);
  const price = panel.getByRole("region", { name: "Price" });
  await expect(price).toContainText(priceText(mine.price_cents + 100));
  await expect(price).toContainText(priceText(mine.price_cents + 7));

  await panel.getByLabel("Who looks after it").selectOption("Max Manager (me)");
  await expect(page.getByText("You look after it now.")).toBeVisible();
  await panel.getByLabel("Comment", { exact: true }).fill("The supplier confirmed our price by phone.");
  await panel.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(panel.getByRole("region", { name: "Comments" })).toContainText("The supplier confirmed our price");
  const staff = await as("staff");
  await open(staff, `/inbox?q=${mine.sku}`);
  const seen = staff.getByRole("list", { name: "What needs a person" }).getByRole("listitem");
  await expect(seen).toContainText("Max Manager");
  await seen.getByRole("link").click();
  const shown = staff.getByRole("complementary", { name: "What is open" });
  await expect(shown).toContainText("The supplier confirmed our price by phone.");
  await expect(shown.getByRole("button", { name: "Keep mine" })).toHaveCount(0);

  await price.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByText("Price stays as it is.")).toBeVisible();
  await openConflict(theirs);
  await price.getByRole("button", { name: "Take the feed's" }).click();
  await expect(page.getByText("Price is the feed's again.")).toBeVisible();
  await expect.poll(() => now(theirs)).toBe(theirs.price_cents + 7);
  expect(await now(mine)).toBe(mine.price_cents + 100);

  await importFile(page, { feed, file: list(7), how: "Apply without review" });
  await open(page, `/inbox?kind=conflict&q=${mine.sku}`);
  await expect(items).toHaveCount(0);
  expect(await now(mine)).toBe(mine.price_cents + 100);
});
