import type { Page } from "@playwright/test";
import { addCsvSource, csvFile, importFile, itemList, priceText } from "./feeds";
import { expect, PASSWORD, test } from "./fixtures";
import { ask, open, products, rowsOf } from "./shop";

const SIGNED_OUT = "You are signed out. Sign in again; what you typed is still here.";
const FOLDERS = "filing-and-storage/folders/file-folders";

// The tab left behind asks what runs now, and is refused.
test.use({ allowedErrors: [/status of 401/] });

/** As it is when a sign-in has run out: the browser has none to show any more. */
async function signInRunsOut(page: Page) {
  await page.context().clearCookies();
}

async function signInElsewhere(page: Page) {
  const other = await page.context().newPage();
  await open(other, "/sign-in");
  await other.getByLabel("E-mail or username").fill("manager");
  await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("heading", { name: "Overview" })).toBeVisible();
  await other.close();
}

test("rows ticked in a review stay ticked while the sign-in runs out, and are approved after the next one", async ({
  as,
}) => {
  const page = await as("manager");
  const three = await products(page, { category_id: FOLDERS, sort: "sku", per_page: 3 });
  expect(three).toHaveLength(3);
  const lines = three.map((product) => ({ product, shown: priceText(product.price_cents + 20) }));
  const file = itemList("evening-shop", lines);
  const run = await importFile(page, { feed: "Evening shop", format: "ERP item list", file, how: "review" });
  await open(page, `/syncs/${run}`);
  const rows = page.getByRole("checkbox", { name: /^Tick [A-Z0-9]/ });
  await rows.nth(0).click();
  await rows.nth(1).click();
  const bar = page.getByRole("region", { name: "Ticked rows" });
  await bar.getByLabel("Note, kept with the rows").fill("Asked by phone");

  await signInRunsOut(page);
  await bar.getByRole("button", { name: "Approve 2" }).click();
  await expect(bar.getByRole("alert")).toHaveText(SIGNED_OUT);
  await expect(bar).toContainText("2 rows ticked");
  await expect(bar.getByLabel("Note, kept with the rows")).toHaveValue("Asked by phone");

  await signInElsewhere(page);
  await bar.getByRole("button", { name: "Approve 2" }).click();
  await expect(page.getByText("Applying 2 rows")).toBeVisible();
  const states = async () =>
    (await ask<{ changes_by_state: Record<string, number> }>(page, `/api/sync-logs/${run}`)).changes_by_state;
  await expect.poll(states, { timeout: 20_000 }).toMatchObject({ applied: 2, staged: 1 });
});

test("a mapping half edited is saved after signing in again", async ({ as }) => {
  const page = await as("manager");
  const [folder] = await products(page, { category_id: FOLDERS, sort: "sku", per_page: 1 });
  const source = await addCsvSource(page, "Evening supplier");
  await open(page, `/feeds/${source}/mapping`);
  const list = csvFile("folders.csv", [
    ["Article", "EAN", "Channel"],
    ["F-1", folder?.upc ?? "", "Wholesale"],
  ]);
  await page.getByLabel(/^Drop the files here/).setInputFiles(list);
  const columns = page.getByRole("region", { name: "Columns" });
  await columns.getByLabel("Channel goes to").selectOption("Metafield…");
  await columns.getByLabel("Channel metafield").fill("custom.sold_by");

  await signInRunsOut(page);
  await page.keyboard.press("Control+s");
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  await expect(bar.getByRole("alert")).toHaveText(SIGNED_OUT);
  await expect(columns.getByLabel("Channel metafield")).toHaveValue("custom.sold_by");

  await signInElsewhere(page);
  await bar.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Version 1 is in force for the next run")).toBeVisible();
  await open(page, `/feeds/${source}/mapping`);
  await expect(columns.getByLabel("Channel metafield")).toHaveValue("custom.sold_by");
});

test("a refused row half mended is kept after signing in again", async ({ as }) => {
  const page = await as("manager");
  const two = await products(page, { category_id: FOLDERS, sort: "sku", per_page: 2 });
  const lines = two.map((product, at) => ({
    product,
    shown: at === 0 ? "on request" : priceText(product.price_cents),
  }));
  const file = itemList("evening-list", lines);
  const run = await importFile(page, {
    feed: "Evening list",
    format: "ERP item list",
    file,
    how: "Apply without review",
  });
  await open(page, `/syncs/${run}?tab=rejected`);
  const row = rowsOf(page, "Refused rows");
  await row.getByRole("button", { name: "Mend evening-list.csv, line 2" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("UnitPrice").fill("12.50");

  await signInRunsOut(page);
  await dialog.getByRole("button", { name: "Keep as ready" }).click();
  await expect(dialog.getByText(SIGNED_OUT)).toBeVisible();
  await expect(dialog.getByLabel("UnitPrice")).toHaveValue("12.50");

  await signInElsewhere(page);
  await dialog.getByRole("button", { name: "Keep as ready" }).click();
  await expect(page.getByText("Mended. Try it together with the others when you are through.")).toBeVisible();
});
