import { expect, test } from "./fixtures";
import { open } from "./shop";

test("a manager starts a dry run from its form, is told what is missing, and runs it again with changes", async ({
  as,
}) => {
  const page = await as("manager");
  await open(page, "/jobs");
  await page.getByRole("link", { name: "New job" }).click();
  await page.getByRole("link", { name: /^Import a feed/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import a feed" })).toBeVisible();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("Choose a feed.")).toBeVisible();

  await page.getByRole("button", { name: /^Feed/ }).click();
  await page.getByRole("searchbox", { name: "Find: Feed" }).fill("ERP");
  await page.getByRole("button", { name: /^ERP list \(sample\)/ }).click();
  await page.getByLabel("Dry run").check();
  await page.getByRole("button", { name: "Start dry run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Preview ERP list (sample)" })).toBeVisible();

  await page.getByRole("link", { name: "Run again with changes" }).click();
  await expect(page.getByLabel("Dry run")).toBeChecked();
  await expect(page.getByRole("button", { name: /^Feed/ })).toContainText("ERP list (sample)");
});

test("staff see who may start a job", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/jobs/new");
  await expect(page.getByRole("link", { name: /^Export products/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Import a feed/ })).toHaveCount(0);
  await open(page, "/jobs/new/feed.import");
  await expect(page.getByText("Managers and admins may start this job. Ask one of them.")).toBeVisible();
});
