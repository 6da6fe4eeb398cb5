import { expect, test } from "./fixtures";
import { open, rowsOf } from "./shop";

test("a job asked for by the clock: made with its next times, started now, paused, deleted", async ({ as }) => {
  test.setTimeout(120_000);
  const page = await as("manager");
  await open(page, "/jobs/schedules/new");
  await page.getByRole("link", { name: /^Look for duplicates/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Duplicates on Mondays");
  await page.getByLabel("Start", { exact: true }).selectOption("by a pattern (cron)");
  await page.getByLabel("Pattern").fill("0 7 * * 1");
  await page.getByLabel("Time zone").selectOption("America/New York");
  await expect(page.getByText("Mondays at 07:00, America/New York")).toBeVisible();
  await page.getByRole("button", { name: "Make schedule" }).click();
  await expect(page).toHaveURL(/\/jobs\/schedules$/);

  const row = rowsOf(page, "Schedules").filter({ hasText: "Duplicates on Mondays" });
  await row.getByRole("button", { name: "Run now: Duplicates on Mondays" }).click();
  await expect(row).toContainText("done", { timeout: 60_000 });
  await row.getByRole("button", { name: "Pause: Duplicates on Mondays" }).click();
  await expect(row).toContainText("paused");

  await row.getByRole("link", { name: "Duplicates on Mondays" }).click();
  await expect(page.getByText("its times pass without a job")).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete the schedule" }).click();
  await expect(page).toHaveURL(/\/jobs\/schedules$/);
  await expect(row).toHaveCount(0);
});

test("staff see the schedules and can't make one; nobody but an admin sees the channels", async ({ as }) => {
  const staff = await as("staff");
  await open(staff, "/jobs/schedules");
  await expect(staff.getByRole("heading", { name: "Upkeep" })).toBeVisible();
  await expect(staff.getByRole("link", { name: "New schedule" })).toHaveCount(0);
  await open(staff, "/notifications");
  await expect(staff.getByRole("link", { name: "Channels" })).toHaveCount(0);
});
