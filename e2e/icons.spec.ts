import { expect, test } from "./fixtures";
import { ask, open } from "./shop";

test("icons are drawn for a branch without an account, approved, seen in the tree and rolled back", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/icons/new");
  await page.getByRole("radio", { name: /all below it/ }).check();
  await page.getByRole("searchbox", { name: "Category" }).fill("Breakroom");
  await page
    .getByRole("listitem")
    .filter({ hasText: /^Breakroom$/ })
    .click();
  await expect(page.getByText(/pictures for \d+ categories/)).toBeVisible();
  await expect(page.getByRole("img", { name: "Preview for Breakroom" })).toBeVisible();
  await page.getByRole("button", { name: /^Generate \d+ icons$/ }).click();
  await expect(page).toHaveURL(/\/icons\/batches\/\d+$/);
  await page.getByRole("button", { name: "Approve and use" }).click();
  await expect(page.getByText(/categories got an icon/)).toBeVisible();

  await open(page, "/catalog/breakroom");
  const inTree = page.getByRole("treeitem", { name: /^Breakroom/ }).first();
  await expect(inTree.locator("img").first()).toBeVisible();

  const { data } = await ask<{ data: { id: string }[] }>(page, "/api/categories", { root: "breakroom", depth: 1 });
  await open(page, `/categories/${data[0]?.id}`);
  const icon = page.getByRole("region", { name: "Icon" });
  await icon.getByRole("button", { name: "Show none" }).click();
  await expect(icon.getByText("It shows no icon.")).toBeVisible();
  await icon.getByRole("button", { name: "Bring back" }).click();
  await expect(icon.getByText("Active", { exact: true })).toBeVisible();
});

test("the library is walked and reviewed by keyboard, and a rejection is taken back", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/icons/new");
  await page.getByRole("radio", { name: "One category" }).check();
  await page.getByRole("searchbox", { name: "Category" }).fill("Gel Pens");
  await page
    .getByRole("listitem")
    .filter({ hasText: /^Gel Pens/ })
    .click();
  await page.getByRole("combobox", { name: "Variations of each" }).selectOption("2");
  await page.getByRole("button", { name: "Generate 2 icons" }).click();
  await expect(page.getByRole("button", { name: "Approve all 2" })).toBeVisible();

  await open(page, "/icons?show=review&q=Gel+Pens");
  const icons = page.getByRole("list", { name: "Icons" });
  await expect(icons.getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Why/).fill("A pencil, not a pen");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(icons.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(icons.getByRole("listitem")).toHaveCount(2);
});

test("two icons that look alike are merged into one, and that is taken back on the other's page", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/icons/new");
  await page.getByRole("radio", { name: "One category" }).check();
  await page.getByRole("searchbox", { name: "Category" }).fill("Rulers");
  await page
    .getByRole("listitem")
    .filter({ hasText: /^Rulers/ })
    .click();
  await page.getByRole("combobox", { name: "Variations of each" }).selectOption("2");
  await page.getByRole("button", { name: "Generate 2 icons" }).click();
  await expect(page.getByRole("button", { name: "Approve and use" })).toBeVisible();
  await page.getByRole("button", { name: "Approve and use" }).click();
  await expect(page.getByText("1 category got an icon")).toBeVisible();

  await open(page, "/icons?q=Rulers");
  const icons = page.getByRole("list", { name: "Icons" }).getByRole("listitem");
  await expect(icons).toHaveCount(2);
  for (const tick of await page.getByRole("checkbox", { name: "Tick Rulers" }).all()) await tick.check();
  await page.getByRole("region", { name: "Ticked icons" }).getByRole("button", { name: "Merge" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge icons" });
  await dialog.getByRole("radio", { name: "Keep rulers-2.png of Rulers" }).check();
  await expect(dialog.getByText("“Rulers” will show rulers-2.png.")).toBeVisible();
  await dialog.getByRole("button", { name: "Merge 1 icon" }).click();
  await expect(page.getByText("Merged 1 icon into rulers-2.png")).toBeVisible();

  await icons.filter({ hasText: "Rejected" }).getByRole("link").click();
  await expect(page.getByText("Merged into rulers-2.png by")).toBeVisible();
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("Stands for Rulers")).toBeVisible();
});
