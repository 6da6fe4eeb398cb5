import { addCsvSource, csvFile, importFile, priceText, runEnded, summaryOf } from "./feeds";
import { expect, test } from "./fixtures";
import { ask, open, products, type ShopProduct } from "./shop";

type Metafield = { namespace: string; key: string; value: string };

test("a supplier's own list: uploaded, guessed, one column put right, previewed, saved, tried dry, imported", async ({
  as,
}) => {
  const page = await as("manager");
  const two = await products(page, { category_id: "desk-accessories/cutting-tools/scissors", per_page: 2 });
  const [dearer, same] = two;
  if (!dearer || !same) throw new Error("the sample has no two pairs of scissors");
  const rows = two.map((product) => [
    `S-${product.sku}`,
    product.upc,
    priceText(product.price_cents + 50),
    "Wholesale",
    "Sheffield",
  ]);
  const file = csvFile("scissors.csv", [["Article", "EAN", "Our price", "Channel", "Origin"], ...rows]);

  const source = await addCsvSource(page, "Scissors supplier");

  await open(page, `/feeds/${source}/mapping`);
  await page.getByLabel(/^Drop the files here/).setInputFiles(file);
  const columns = page.getByRole("region", { name: "Columns" });
  await expect(columns.getByLabel("EAN goes to")).toHaveValue("code:upc");
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText(dearer.upc);
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  await expect(bar).toContainText("saving makes version 1");
  await expect(page.getByLabel("The supplier's own key")).toHaveValue("Article");
  await page.getByLabel("SKU of new products").selectOption("None");
  await columns.getByLabel("Our price goes to").selectOption("Price");
  await columns.getByLabel("Channel goes to").selectOption("Leave out");
  await columns.getByLabel("Origin goes to").selectOption("Metafield…");
  await columns.getByLabel("Origin metafield").fill("custom.made_in");
  await expect(preview).toContainText("Price");
  await expect(preview).toContainText("Sheffield");
  await expect(preview).not.toContainText("Wholesale");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Version 1 is in force for the next run")).toBeVisible();
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Versions" })).toContainText("Version 1");

  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page).toHaveURL(/\/syncs\/\d+$/);
  await runEnded(page, /^dry run done$/);
  await expect(summaryOf(page)).toContainText("2 products: 2 changed");
  const now = ({ id }: ShopProduct) => ask<ShopProduct & { metafields: Metafield[] }>(page, `/api/products/${id}`);
  const madeIn = async () => (await now(dearer)).metafields.find(({ key }) => key === "made_in")?.value;
  expect(await madeIn()).toBeUndefined();

  await importFile(page, { feed: "Scissors supplier", file, how: "Apply without review" });
  await expect(summaryOf(page)).toContainText("2 products: 2 changed");
  // The ERP list rules prices.
  expect((await now(dearer)).price_cents).toBe(dearer.price_cents);
  expect(await madeIn()).toBe("Sheffield");
  await open(page, `/feeds/${source}/mapping?version=1`);
  await expect(page.getByRole("region", { name: "Versions" })).toContainText("2 runs");
});
