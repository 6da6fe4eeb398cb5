import { expect, test } from "./fixtures";
import { ask, open, products } from "./shop";

test("A23 archived products are deleted for good by a plan with typed words, and restored as they were", async ({
  as,
}) => {
  const page = await as("admin");
  const [gone, stays] = await products(page, { sort: "sku", per_page: 2, q: "binder" });
  if (!gone || !stays) throw new Error(`the sample has no two products to delete`);
  const saved = await page.request.patch(`/api/products/${gone.id}`, { data: { status: "archived" } });
  expect(saved.status(), await saved.text()).toBe(200);
  const before = await ask<Record<string, unknown>>(page, `/api/products/${gone.id}`);

  const colleague = await as("manager");
  await open(colleague, `/catalog?status=archived&q=${gone.sku}`);
  await colleague.getByRole("checkbox", { name: new RegExp(`^Select ${gone.sku}`) }).click();
  await expect(colleague.getByRole("button", { name: "Archive" })).toBeVisible();
  await expect(colleague.getByRole("button", { name: /^Delete/ })).toHaveCount(0);

  await open(page, `/catalog?status=archived&q=${gone.sku}`);
  await page.getByRole("checkbox", { name: new RegExp(`^Select ${gone.sku}`) }).click();
  await page.getByRole("button", { name: "Delete for good…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete for good" });
  await expect(dialog.getByRole("row", { name: /^Would be deleted/ })).toContainText("1");
  await dialog.getByRole("button", { name: "Plan to delete 1 product" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText("Delete products for good");
  await expect(page.getByRole("main")).toContainText("Deletes 1 product for good");
  await expect(page.getByRole("main")).toContainText(/Backup of 1 product verified/);
  const run = Number(/\d+$/.exec(page.url())?.[0]);
  await open(colleague, `/syncs/${run}`);
  await expect(colleague.getByRole("main")).toContainText("Deletes 1 product for good");
  await expect(colleague.getByRole("button", { name: /^(Delete|Reject)/ })).toHaveCount(0);

  await page.getByRole("button", { name: "Delete 1 product…" }).click();
  const confirm = page.getByRole("dialog", { name: "Delete 1 product for good?" });
  await confirm.getByRole("button", { name: "Delete 1 product" }).click();
  await expect(confirm).toContainText('Type "DELETE 1" to go on.');
  await confirm.getByLabel('Type "DELETE 1" to confirm').fill("DELETE 1");
  await confirm.getByRole("button", { name: "Delete 1 product" }).click();
  await expect(page.getByRole("button", { name: "Restore" })).toBeVisible();
  await open(colleague, `/products/${gone.id}`);
  await expect(colleague.getByRole("heading", { level: 1 })).toContainText("was deleted for good");
  await expect(colleague.getByRole("link", { name: `Run ${run}` })).toBeVisible();

  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore 1 product" }).click();
  await expect(page.getByRole("main")).toContainText("1 product put back");
  expect(await ask<Record<string, unknown>>(page, `/api/products/${gone.id}`)).toEqual(before);
  await open(page, `/products/${gone.id}?tab=history`);
  await expect(page.getByRole("main")).toContainText("restored");
  expect((await page.request.get(`/api/products/${stays.id}`)).status()).toBe(200);
});
