import { expect, test } from "./fixtures";
import { open, products, rowsOf } from "./shop";

const BOARDS = "presentation-and-boards";

test("what is selected is edited at once after a look at each value, and put back by an undo", async ({ as }) => {
  const page = await as("manager");
  // Some have no price: those would be refused.
  const boards = await products(page, { category_id: BOARDS, sort: "sku", per_page: 20 });
  const first = boards.find((board) => board.price_cents > 0);
  if (!first) throw new Error("the sample has no board with a price");
  await open(page, `/catalog/${BOARDS}?q=${encodeURIComponent(first.sku)}`);
  await page.getByRole("checkbox", { name: new RegExp(`^Select ${first.sku}`) }).click();
  const bar = page.getByRole("region", { name: "Selected products" });
  await expect(bar).toContainText("1 selected");

  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Edit 1 product" });
  await dialog.getByLabel("Percent").fill("10");
  await expect(dialog.getByRole("list", { name: "What it does to the first products" })).toContainText(first.price);
  await dialog.getByRole("button", { name: "Plan 1 product" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bulk edit: Price +10 %");
  await page.getByRole("button", { name: "Approve 1 change" }).click();
  await expect(page.getByRole("button", { name: "Undo run" })).toBeVisible();
  const raised = Math.round((first.price_cents * 110) / 100);
  await expect.poll(async () => (await products(page, { q: first.sku, per_page: 1 }))[0]?.price_cents).toBe(raised);
  await page.getByRole("button", { name: "Undo run" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Undo/ }).click();
  await expect
    .poll(async () => (await products(page, { q: first.sku, per_page: 1 }))[0]?.price_cents)
    .toBe(first.price_cents);
});

test("a selection lives through paging and is let go, with a word, in another list", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/catalog?size=25");
  await rowsOf(page, "Products").first().getByRole("checkbox").click();
  const bar = page.getByRole("region", { name: "Selected products" });
  await expect(bar).toContainText("1 selected");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/after=/);
  await page.getByRole("checkbox", { name: "Select all products of this page" }).click();
  await expect(bar).toContainText("26 selected");
  await open(page, "/catalog?status=active");
  await expect(page.getByText("The selection was let go")).toBeVisible();
  await expect(bar).toHaveCount(0);
});

test("rows are selected by keyboard one after the other: the first tick does not take the focus away", async ({
  as,
}) => {
  const page = await as("manager");
  await open(page, `/catalog/${BOARDS}`);
  const links = rowsOf(page, "Products").locator("a.row-link");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Selected products" })).toContainText("1 selected");
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("region", { name: "Selected products" })).toContainText("3 selected");
  await expect(links.nth(2)).toBeFocused();
  await page.keyboard.press("Escape");
});

test("who may only look selects nothing", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  await expect(rowsOf(page, "Products").first()).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
});
