import { makeBlotches } from "../lib/testing/pictures";
import { expect, test } from "./fixtures";
import { ask, open } from "./shop";

test("an earlier system's icons are tried, taken over once, and shown by their categories", async ({ as }) => {
  const icons = {
    pens: { category_id: "12", category_name: "Gel Pens", file_path: "data/generated_icons/icon_12_pens.png" },
    office: { category_id: "office", category_name: null, file_path: "data/generated_icons/icon_office.png" },
    gone: { category_id: "14", category_name: "Stools", file_path: "data/generated_icons/icon_14_gone.png" },
  };
  const json = Buffer.from(JSON.stringify({ icons }));
  const page = await as("manager");
  await open(page, "/icons/import");
  await page.getByLabel(/^Drop the files here/).setInputFiles([
    { name: "metadata.json", mimeType: "application/json", buffer: json },
    { name: "icon_12_pens.png", mimeType: "image/png", buffer: await makeBlotches(501) },
    { name: "icon_office.png", mimeType: "image/png", buffer: await makeBlotches(502) },
  ]);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await page.getByRole("button", { name: "Dry run" }).click();
  const told = "3 icons in: 1 assigned (1 by name), 1 without a category, 1 without a file, 0 duplicates, 0 refused.";
  await expect(page.getByText(told)).toBeVisible();
  await expect(page.getByText(/^A dry run: nothing was taken\. It would bring 3 new icons/)).toBeVisible();
  await page.getByRole("button", { name: "Import now" }).click();
  await expect(page.getByText(/^It brought 3 new icons/)).toBeVisible();
  await page.getByRole("button", { name: "Import again" }).click();
  await expect(page.getByText(/^It brought 0 new icons/)).toBeVisible();
  await expect(page.getByText("3 icons in: 1 assigned")).toBeVisible();

  await page.getByRole("link", { name: "icon_office.png" }).click();
  await expect(page).toHaveURL(/\/icons\/[0-9a-f-]{36}$/);
  const { data } = await ask<{ data: { filename: string }[] }>(page, "/api/icons", { show: "unassigned" });
  expect(data.map(({ filename }) => filename)).toContain("icon_office.png");
});
