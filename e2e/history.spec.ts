import { expect, test } from "./fixtures";
import { marker, open, rowsOf } from "./shop";

test("a product is shown as it was at a time, beside what it holds now", async ({ as }) => {
  const page = await as("manager");
  const product = await marker(page, 20);
  const save = async (name: string) => {
    const answer = await page.request.patch(`/api/products/${product.id}`, { data: { name } });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  await save("Marker before");
  const between = await page.evaluate(() => {
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, -1);
  });
  await save("Marker after");

  await open(page, `/products/${product.id}?tab=history`);
  const main = page.getByRole("main");
  await main.getByLabel("See it as of").fill("2199-01-01T00:00");
  await main.getByRole("button", { name: "Show" }).click();
  await expect(main.getByRole("alert")).toHaveText("This time is still to come.");
  await main.getByLabel("See it as of").fill(between);
  await main.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/as_of=/);
  await expect(main.getByRole("heading", { level: 1, name: "Marker before" })).toBeVisible();
  await expect(main.getByRole("status")).toContainText("1 field has changed since");
  await expect(main.getByText("now Marker after")).toBeVisible();
  await expect(main.getByRole("textbox")).toHaveCount(0);
  await main.getByRole("link", { name: "Back to now" }).first().click();
  await expect(main.getByRole("heading", { level: 1, name: "Marker after" })).toBeVisible();
  await save(product.name);

  await open(page, `/products/${product.id}?as_of=2000-01-01T00:00:00.000Z`);
  await expect(main.getByText("It did not exist yet")).toBeVisible();
});

test("two runs are compared side by side, picked from the list", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/syncs");
  await page.getByRole("button", { name: "Compare two ticked runs" }).click();
  await expect(page.getByText("Pick two runs")).toBeVisible();
  await open(page, "/syncs");
  for (const run of [1, 3]) await page.getByRole("checkbox", { name: `Compare run ${run}`, exact: true }).check();
  await page.getByRole("button", { name: "Compare two ticked runs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Runs (1 and 3|3 and 1)$/ })).toBeVisible();
  const counts = page.getByRole("region", { name: "Side by side" });
  await expect(counts.getByRole("row", { name: /^Products in all/ })).toContainText("2,5");
  await expect(page.getByRole("navigation", { name: "Compared things" })).toContainText("Only in run");
});

test("the storage tab says what the history takes, and only an admin sets how long it stays", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/syncs");
  await page.getByRole("navigation", { name: "Sync history" }).getByRole("link", { name: "Storage" }).click();
  const main = page.getByRole("main");
  await expect(main.getByText(/^The database takes [\d.,]+ MB$/)).toBeVisible();
  await expect(main.getByRole("heading", { name: "How it grows" })).toBeVisible();
  await expect(main.getByText("Nothing has come of age")).toBeVisible();
  await expect(main.getByRole("button", { name: "Save" })).toHaveCount(0);

  const admin = await as("admin");
  await open(admin, "/syncs/storage");
  const days = admin.getByLabel(/^Days a run's changes/);
  const before = await days.inputValue();
  await days.fill(String(Number(before) + 1));
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Saved. The next clearing goes by it.")).toBeVisible();
  await open(admin, "/syncs/storage");
  await expect(days).toHaveValue(String(Number(before) + 1));
  await days.fill(before);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Saved. The next clearing goes by it.")).toBeVisible();
});

test("the timeline of all runs and the kinds of refusals are there for everybody", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/syncs/timeline");
  await expect(rowsOf(page, "Timeline").first()).toBeVisible();
  await open(page, "/syncs/errors");
  await expect(rowsOf(page, "Refused rows by kind").filter({ hasText: "Price zero" }).first()).toBeVisible();
});
