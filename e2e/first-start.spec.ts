import { expect, PASSWORD, test } from "./fixtures";

test("the first start ends in a catalogue, its runs, and a second day that waits for review", async ({ page }) => {
  test.setTimeout(180_000);

  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail or username").fill("admin@stockroom.local");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();

  // Reachable while the import runs, or already through with it: both are the overview.
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByText("This is the sample shop")).toBeVisible();

  await page.goto("/syncs");
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText("waits for review").count();
      },
      { timeout: 150_000, intervals: [2_000] },
    )
    .toBeGreaterThanOrEqual(2);

  await page.goto("/catalog");
  await expect(page.getByRole("tree")).toBeVisible();
  await expect(page.getByRole("treeitem").first()).toBeVisible();
});

test("staff see the same shop and no button that starts over", async ({ as }) => {
  const page = await as("staff");
  await page.goto("/");
  await expect(page.getByText("This is the sample shop")).toBeVisible();
  await expect(page.getByRole("button", { name: "Start with my own data" })).toHaveCount(0);
});
