import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, PASSWORD, test } from "./fixtures";
import { ask, open, products } from "./shop";

const SECOND = "second-admin";

/** Another admin, with the password of the sample's, for as long as this spec needs one. */
function setSecondAdmin(isActive: boolean) {
  const database = new Database(join(process.env.STOCKROOM_E2E_DATA ?? "", "stockroom.db"), { timeout: 10_000 });
  database
    .prepare(
      `INSERT INTO "User" (id, email, username, passwordHash, role, updatedAt, isActive)
       SELECT ?, ?, ?, passwordHash, 'admin', updatedAt, ? FROM "User" WHERE username = 'admin'
       ON CONFLICT (id) DO UPDATE SET isActive = excluded.isActive`,
    )
    .run(SECOND, `${SECOND}@example.com`, SECOND, Number(isActive));
  database.close();
}

test.afterAll(() => setSecondAdmin(false));

test("A23 archived products are deleted for good by a plan with typed words, and restored as they were", async ({
  as,
  browser,
  baseURL,
  watch,
}) => {
  const page = await as("admin");
  const [gone, stays] = await products(page, { sort: "sku", per_page: 2, q: "binder" });
  if (!gone || !stays) throw new Error("the sample has no two binders");
  const setStatus = async (status: string) => {
    const saved = await page.request.patch(`/api/products/${gone.id}`, { data: { status } });
    expect(saved.status(), await saved.text()).toBe(200);
  };
  await setStatus("archived");
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

  setSecondAdmin(true);
  await open(page, `/syncs/${run}`);
  await expect(page.getByRole("button", { name: "Delete 1 product…" })).toBeDisabled();
  await expect(page.getByRole("main")).toContainText("made this plan: another admin confirms it.");
  const context = await browser.newContext({ baseURL });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { csrfToken, login: SECOND, password: PASSWORD, json: "true" };
  expect((await context.request.post("/api/auth/callback/credentials", { form })).status()).toBe(200);
  const second = await context.newPage();
  watch(second);
  await open(second, `/syncs/${run}`);
  await second.getByRole("button", { name: "Delete 1 product…" }).click();
  const confirm = second.getByRole("dialog", { name: "Delete 1 product for good?" });
  await confirm.getByRole("button", { name: "Delete 1 product" }).click();
  await expect(confirm).toContainText('Type "DELETE 1" to go on.');
  await confirm.getByLabel('Type "DELETE 1" to confirm').fill("DELETE 1");
  await confirm.getByRole("button", { name: "Delete 1 product" }).click();
  await expect(second.getByRole("button", { name: "Restore" })).toBeVisible();
  await context.close();
  await open(colleague, `/products/${gone.id}`);
  await expect(colleague.getByRole("heading", { level: 1 })).toContainText("was deleted for good");
  await expect(colleague.getByRole("link", { name: `Run ${run}` })).toBeVisible();

  await open(page, `/syncs/${run}`);
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore 1 product" }).click();
  await expect(page.getByRole("main")).toContainText("1 product put back");
  expect(await ask<Record<string, unknown>>(page, `/api/products/${gone.id}`)).toEqual(before);
  await open(page, `/products/${gone.id}?tab=history`);
  await expect(page.getByRole("main")).toContainText("restored");
  expect((await page.request.get(`/api/products/${stays.id}`)).status()).toBe(200);
  // The stories after this one count the sample's products.
  await setStatus("active");
});
