import { expect, test } from "./fixtures";
import { open, rowsOf } from "./shop";

test("C17 any field is a filter, its chip edited where it stands, also a metafield", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("button", { name: "Any field" }).click();
  const form = page.getByRole("form", { name: "Conditions" });
  await form.getByRole("button", { name: "Show products" }).click();
  await expect(form.getByRole("alert")).toHaveText("Condition 1: fill in its value, or remove it.");
  await form.getByLabel("Condition 1: field").selectOption("Find a metafield…");
  await form.getByLabel("Find a metafield").fill("material");
  await form.getByRole("button", { name: /^Material/ }).click();
  await form.getByLabel("Condition 1: value").fill("steel");
  await form.getByRole("button", { name: "Condition", exact: true }).click();
  await form.getByLabel("Condition 2: field").selectOption("Price");
  await form.getByLabel("Condition 2: operator").selectOption("less than");
  await form.getByLabel("Condition 2: value").fill("10");
  await form.getByRole("button", { name: "Show products" }).click();
  await expect(page).toHaveURL(/filter=m\.etilize\.material:has:steel;price:lt:10/);
  const few = await page.getByText(/^1–\d+ of /).textContent();

  await page.getByRole("button", { name: "Price less than 10" }).click();
  const editor = page.getByRole("dialog", { name: "Edit the condition" });
  await editor.getByLabel("Condition 1: value").fill("20");
  await editor.getByRole("button", { name: "Show products" }).click();
  await expect(page.getByRole("button", { name: "Price less than 20" })).toBeVisible();
  await expect(page.getByText(/^1–\d+ of /)).not.toHaveText(few ?? "");
  await page.getByRole("link", { name: "Remove filter Material contains steel" }).click();
  await expect(page).toHaveURL(/filter=price:lt:20$/);
});

test("C18 a list is kept as a view, says when it is changed, and comes back after it was deleted", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog?filter=price:lt:5&sort=price");
  await page.getByRole("button", { name: /^View:/ }).click();
  await page.getByRole("button", { name: "Keep this list as a view…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Cheap ones");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=[0-9a-f-]+$/);
  await expect(page.getByRole("button", { name: "View: Cheap ones" })).toBeVisible();
  await expect(rowsOf(page, "Products")).toHaveCount(50);

  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(page.getByRole("button", { name: "View: Cheap ones · changed" })).toBeVisible();
  await page.getByRole("button", { name: /^View:/ }).click();
  await page.getByRole("dialog", { name: "Views" }).getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "View: All products" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "View: Cheap ones" })).toBeVisible();
});
