import { expect, test } from "./fixtures";
import { ask, open } from "./shop";

test("a category is made, renamed and archived from the tree by keyboard, and comes back by Undo", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/catalog");
  const tree = page.getByRole("tree", { name: "Categories" });
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "New category" }).click();
  await dialog.getByLabel("Name").press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("Enter a name.");
  await dialog.getByLabel("Name").fill("Ledgers");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog).toBeHidden();
  const ledgers = tree.getByRole("treeitem", { name: /^Ledgers/ });
  await expect(ledgers).toBeFocused();

  await page.keyboard.press("F2");
  await dialog.getByLabel("Name").fill("Account Books");
  await expect(dialog.getByText("1 address will lead on")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const books = tree.getByRole("treeitem", { name: /^Account Books/ });
  await expect(books).toBeFocused();

  await books.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await expect(dialog.getByText("0 products in it and below it")).toBeVisible();
  await dialog.getByRole("button", { name: "Archive" }).click();
  await expect(books).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(books).toBeVisible();
});

test("a category's page says what its products shall have, for those below it too", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/catalog/presentation-and-boards");
  await page.getByRole("link", { name: "Edit category" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Presentation & Boards" })).toBeVisible();
  await page.getByLabel("Ask for another metafield").fill("colo");
  const choice = page.getByRole("list").getByRole("button", { name: /colo/i }).first();
  const asked = ((await choice.textContent()) ?? "").split(/custom\.|etilize\./)[0] ?? "";
  await choice.click();
  await page.getByRole("checkbox", { name: /^Required/ }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved “Presentation & Boards”")).toBeVisible();

  await page.getByRole("link", { name: "Products", exact: true }).click();
  await page.getByRole("treeitem", { level: 2 }).first().getByRole("link").click();
  await expect(page).toHaveURL(/\/catalog\/presentation-and-boards\/.+/);
  await page.getByRole("link", { name: "Edit category" }).click();
  const inherited = page.getByRole("list", { name: "Asked from above" });
  await expect(inherited.getByRole("listitem").filter({ hasText: asked })).toContainText("from Presentation & Boards");
});

test("a category's earlier version comes back from its history", async ({ as }) => {
  const page = await as("manager");
  const { id } = await ask<{ id: string }>(page, `/api/categories/${encodeURIComponent("mailing-and-shipping")}`);
  const patch = (description: string) => page.request.patch(`/api/categories/${id}`, { data: { description } });
  expect((await patch("Boxes and tape")).status()).toBe(200);
  expect((await patch("Everything to send things")).status()).toBe(200);
  await open(page, `/categories/${id}/history`);
  await page.getByRole("button", { name: "As it was then…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Make it as it was then?" });
  await expect(dialog.getByRole("checkbox", { name: /Description/ })).toBeChecked();
  await dialog.getByRole("button", { name: "Restore 1 field" }).click();
  await expect(dialog).toBeHidden();
  await open(page, `/categories/${id}`);
  await expect(page.getByLabel("What belongs in it")).toHaveValue("Boxes and tape");
});
