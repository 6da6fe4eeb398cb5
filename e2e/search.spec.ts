import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ask, open, rowsOf } from "./shop";

/** The worker learns the sample's words behind its import. */
async function wordsLearnt(page: Page) {
  await expect
    .poll(async () => (await ask<{ words: string[] }>(page, "/api/palette", { q: "stap" })).words, { timeout: 60_000 })
    .toContain("staplers");
}

test("a slip of the pen is mended and told, and taken to the letter when asked", async ({ as }) => {
  const page = await as("staff");
  await wordsLearnt(page);
  await open(page, "/catalog?q=stapeler+red");
  await expect(page.getByText("Showing results for stapler red.")).toBeVisible();
  await expect(rowsOf(page, "Products").first().locator("mark")).toHaveText(["Stapler", "Red"]);
  await page.getByRole("link", { name: "Search for “stapeler red” instead" }).click();
  await expect(page.getByText("Nothing here is found by “stapeler red”.")).toBeVisible();
});

test("the box suggests words and remembers what was searched for", async ({ as }) => {
  const page = await as("staff");
  await wordsLearnt(page);
  await open(page, "/catalog");
  const box = page.getByRole("combobox", { name: "Search products" });
  await box.click();
  await box.fill("stap");
  const word = page.getByRole("option", { name: "Search for: staplers", exact: true });
  await expect(word).toBeVisible();
  await word.click();
  await expect(page).toHaveURL(/q=staplers$/);
  await box.fill("");
  await expect(page.getByRole("option", { name: "Recent searches: staplers" })).toBeVisible();
  await box.press("ArrowDown");
  await box.press("Delete");
  await expect(page.getByRole("option", { name: "Recent searches: staplers" })).toHaveCount(0);
});

test("the palette finds what the open page offers, and does it", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/catalog");
  const run = async (typed: string, command: string) => {
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/^Search products, SKUs/).fill(typed);
    const here = page.getByRole("group", { name: "On this page" });
    await here.getByRole("option", { name: command, exact: true }).click();
  };
  await run("colu", "Columns");
  await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  await page.keyboard.press("Escape");
  await run("new cat", "New category");
  await expect(page.getByRole("dialog", { name: /category/i })).toBeVisible();
});
