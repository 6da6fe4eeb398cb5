import { expect, test } from "./fixtures";
import { ask, marker, open } from "./shop";

test("a product's earlier values come back from its history, as a run that is undone", async ({ as }) => {
  const page = await as("manager");
  const { id, sku, name } = await marker(page, 9);
  const nameNow = async () => (await ask<{ name: string }>(page, `/api/products/${id}`)).name;
  const answer = await page.request.patch(`/api/products/${id}`, { data: { name: `${name}, renamed` } });
  expect(answer.status()).toBe(200);

  await open(page, `/products/${id}?tab=history`);
  await page
    .getByRole("link", { name: /as of then/ })
    .nth(1)
    .click();
  await expect(page.getByText(/field has changed since|fields have changed since/)).toBeVisible();
  await page.getByRole("button", { name: "Restore these…" }).click();
  const dialog = page.getByRole("dialog", { name: "Restore these values?" });
  await expect(dialog.getByRole("checkbox", { name: /Name/ })).toBeChecked();
  await dialog.getByRole("button", { name: /^Restore \d/ }).click();
  await expect(page).toHaveURL(new RegExp(`/products/${id}$`));
  await expect.poll(nameNow).toBe(name);

  await open(page, `/activity?entity=product&id=${id}`);
  await expect(page.getByRole("link", { name: new RegExp(`Restore ${sku}`) }).first()).toBeVisible();
});

test("staff read a product's history and restore nothing", async ({ as }) => {
  const page = await as("staff");
  const { id } = await marker(page, 1);
  await open(page, `/products/${id}?tab=prices`);
  await expect(page.getByRole("heading", { name: /Price/ })).toBeVisible();
  await open(page, `/products/${id}?as_of=${new Date().toISOString()}`);
  await expect(page.getByRole("button", { name: "Restore these…" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Archive" })).toHaveCount(0);
});

test("what staff propose for a product can be withdrawn, or waits for a manager, who approves it", async ({ as }) => {
  const staff = await as("staff");
  const { id } = await marker(staff, 14);
  await open(staff, `/products/${id}`);
  async function propose() {
    await staff.getByRole("button", { name: "Propose changes" }).click();
    await staff.getByLabel("Search title").fill("Markers for any board");
    await staff
      .getByRole("button", { name: /^Propose/ })
      .last()
      .click();
    await expect(staff.getByText("Your proposal waits for a manager")).toBeVisible();
  }
  await propose();
  await staff.getByRole("button", { name: "Withdraw" }).click();
  await expect(staff.getByText("You withdrew your proposal")).toBeVisible();
  await propose();
  const manager = await as("manager");
  await open(manager, `/products/${id}`);
  await manager
    .getByRole("status")
    .getByRole("link", { name: /^Run \d+$/ })
    .click();
  await manager.getByRole("button", { name: "Approve 1 change" }).click();
  await expect
    .poll(async () => (await ask<{ seo_title: string | null }>(manager, `/api/products/${id}`)).seo_title)
    .toBe("Markers for any board");
  await open(staff, `/products/${id}`);
  await expect(staff.getByText(/^Your proposal was approved by .+ and applied/)).toBeVisible();
});
