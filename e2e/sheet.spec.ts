import type { Page } from "@playwright/test";
import { expect, PASSWORD, test } from "./fixtures";
import { open, products, type ShopProduct } from "./shop";

const HIGHLIGHTERS = "writing-supplies/markers/highlighters";
const SHEET = `/catalog/${HIGHLIGHTERS}?mode=grid&sort=sku&columns=sku.name.price.stock`;
/** By their places in the sheet. */
const [NAME, PRICE, STOCK] = [1, 2, 3];

// A tab that is signed out is refused what it asks.
test.use({ allowedErrors: [/status of 401/] });

function cell(page: Page, row: number, column: number) {
  return page.locator(`[data-row="${row}"][data-col="${column}"]`);
}

async function openSheet(page: Page): Promise<ShopProduct[]> {
  const rows = await products(page, { category_id: HIGHLIGHTERS, sort: "sku", per_page: 12 });
  expect(rows.length).toBeGreaterThan(8);
  await open(page, SHEET);
  await expect(page.getByRole("grid")).toContainText(rows[0]?.sku ?? "");
  return rows;
}

async function priceOf(page: Page, product: ShopProduct | undefined) {
  const answer = await page.request.get(`/api/products/${product?.id}`);
  return ((await answer.json()) as ShopProduct).price;
}

test("C40 prices are typed, filled down, pasted and taken back, and a colleague's price is never written over unseen", async ({
  as,
}) => {
  const page = await as("manager");
  const rows = await openSheet(page);
  const bar = page.getByRole("region", { name: "Sheet" });

  await cell(page, 0, PRICE).click();
  await page.keyboard.type("12.34");
  await page.keyboard.press("Enter");
  await expect(cell(page, 1, PRICE)).toBeFocused();
  await expect.poll(() => priceOf(page, rows[0])).toBe("12.34");

  await cell(page, 0, PRICE).click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+d");
  await expect.poll(() => priceOf(page, rows[2])).toBe("12.34");
  await page.keyboard.press("Control+z");
  await expect.poll(() => priceOf(page, rows[2])).toBe(rows[2]?.price);

  await cell(page, 3, PRICE).click();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "9.99\t7\r\ncheap\t8\r\n");
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  });
  await expect.poll(() => priceOf(page, rows[3])).toBe("9.99");
  await expect(cell(page, 4, PRICE)).toContainText("cheap");
  await expect(cell(page, 4, STOCK)).toContainText("8");
  await page.keyboard.press("F8");
  await expect(bar).toContainText("Enter a price like 12.50.");
  await page.keyboard.press("Escape");

  const target = rows[5];
  await page.request.patch(`/api/products/${target?.id}`, { data: { price: "55.50" } });
  await cell(page, 5, PRICE).click();
  await page.keyboard.type("66");
  await page.keyboard.press("Tab");
  await expect(bar.getByRole("button", { name: /1 conflict/ })).toBeVisible();
  await page.keyboard.press("F8");
  await expect(bar.getByRole("alert")).toContainText("55.50");
  expect(await priceOf(page, target)).toBe("55.50");
  await page.keyboard.press("Alt+m");
  await expect.poll(() => priceOf(page, target)).toBe("66.00");
});

test("R56 what is typed into the sheet outlives a sign-in that runs out, and a reload", async ({ as }) => {
  const page = await as("manager");
  const rows = await openSheet(page);
  const bar = page.getByRole("region", { name: "Sheet" });
  await page.context().clearCookies();
  await cell(page, 7, PRICE).click();
  await page.keyboard.type("77.70");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("alert")).toContainText("You are signed out.");
  await expect(cell(page, 7, PRICE)).toContainText("77.70");
  await cell(page, 8, NAME).click();
  await page.keyboard.type("Half a name");

  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("/sign-in");
  await page.getByLabel("E-mail or username").fill("manager");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await open(page, SHEET);
  await page.getByRole("button", { name: "Put back 2 cells" }).click();
  await expect(cell(page, 8, NAME)).toContainText("Half a name");
  await cell(page, 8, NAME).click();
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "Save again" }).click();
  await expect.poll(() => priceOf(page, rows[7])).toBe("77.70");
  await expect(cell(page, 8, NAME)).toContainText(rows[8]?.name ?? "");
});
