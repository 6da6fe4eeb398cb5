import type { Page } from "@playwright/test";
import { complaints } from "./axe";
import { expect, test } from "./fixtures";
import { ask, MARKERS, marker, open } from "./shop";

/** While one is open, the page behind it is out of reach of everybody. */
const OVER = "[role=dialog], [role=menu]";

/** The pages of the sample's sources, as the list of feeds links them. */
async function sources(page: Page) {
  await open(page, "/feeds");
  const table = page.getByRole("table", { name: "Feeds" });
  const of = async (name: string) => {
    const href = await table.getByRole("link", { name, exact: true }).first().getAttribute("href");
    if (!href) throw new Error(`the list of feeds has no link to ${name}`);
    return href;
  };
  return { etilize: await of("Etilize (sample)"), erp: await of("ERP list (sample)") };
}

async function addresses(page: Page) {
  const { id } = await marker(page, 17);
  const jobs = await ask<{ job_id: string | null }>(page, "/api/sync-logs/3");
  const feeds = await sources(page);
  const category = await ask<{ id: string }>(page, `/api/categories/${encodeURIComponent(MARKERS)}`);
  const tabs = ["changes", "rejected", "held", "timeline", "files", "log"].map((tab) => `/syncs/3?tab=${tab}`);
  return [
    "/",
    "/catalog",
    `/catalog/${MARKERS}?stock=in&sort=price`,
    `/catalog/${MARKERS}?open=${id}`,
    "/catalog?q=nosuchthing",
    `/catalog/${MARKERS}?mode=grid`,
    "/catalog/~uncategorised",
    `/categories/${category.id}`,
    "/reports/images",
    "/reports/images?tab=alike",
    "/reports/duplicates",
    "/activity",
    "/activity/growth",
    `/categories/${category.id}/history`,
    `/products/${id}?tab=prices`,
    `/products/${id}`,
    `/products/${id}?tab=history`,
    `/products/${id}?as_of=${new Date().toISOString()}`,
    "/products/new",
    "/metafields",
    "/metafields/new",
    "/icons",
    "/icons/coverage",
    "/icons/import",
    "/icons/batches",
    "/icons/new",
    "/jobs/new",
    "/jobs/new/bulk.plan",
    "/jobs/schedules",
    "/jobs/schedules/new",
    "/jobs/schedules/new?type=export.products",
    "/notifications",
    "/feeds",
    "/feeds/new",
    "/feeds/rules",
    "/feeds/precedence",
    ...["", "/connection", "/mapping", "/policies"].map((tab) => `${feeds.etilize}${tab}`),
    `${feeds.erp}/mapping`,
    "/inbox",
    "/inbox?open=rejection:1",
    "/inbox/answers",
    "/syncs",
    "/syncs/timeline",
    "/syncs/errors",
    "/syncs/storage",
    "/syncs/compare",
    "/syncs/compare?run=1,3",
    ...tabs,
    "/syncs/4?tab=held",
    "/syncs/4?tab=rejected",
    "/syncs/1",
    "/jobs",
    `/jobs/${jobs.job_id}`,
    "/account",
    "/products/00000000-0000-7000-8000-000000000000",
  ];
}

test.use({ allowedErrors: [/status of 404/] });

test("axe finds nothing on any page of a manager", async ({ as }) => {
  test.setTimeout(400_000);
  const page = await as("manager");
  for (const address of await addresses(page)) {
    await open(page, address);
    expect.soft(await complaints(page), address).toEqual([]);
  }
});

test("axe finds nothing on the pages of staff and before signing in", async ({ as, page: stranger }) => {
  test.setTimeout(120_000);
  await open(stranger, "/sign-in");
  expect.soft(await complaints(stranger), "sign-in").toEqual([]);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByRole("alert").first()).toBeVisible();
  expect.soft(await complaints(stranger), "sign-in refused").toEqual([]);
  const page = await as("staff");
  const { id } = await marker(page, 17);
  for (const address of [`/products/${id}`, "/feeds", "/syncs/3"]) {
    await open(page, address);
    expect.soft(await complaints(page), address).toEqual([]);
  }
});

test("axe finds nothing in what opens over a page", async ({ as }) => {
  test.setTimeout(120_000);
  const page = await as("manager");
  const { id } = await marker(page, 17);
  await open(page, "/catalog");
  const openOver = async (name: string | RegExp, holds = "") => {
    await page.getByRole("button", { name }).first().click();
    await expect(page.getByRole("dialog").or(page.getByRole("menu"))).toContainText(holds, { timeout: 30_000 });
    expect.soft(await complaints(page, OVER), String(name)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog").or(page.getByRole("menu"))).toHaveCount(0);
  };
  await openOver("Filter");
  await openOver("Columns");
  await openOver(/account, theme, sign out$/);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("marker");
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  expect.soft(await complaints(page, OVER), "palette").toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  expect.soft(await complaints(page, OVER), "shortcuts").toEqual([]);

  await open(page, `/products/${id}`);
  await openOver("Add metafield");
  await page.getByLabel("Pack Quantity", { exact: true }).fill("a dozen");
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("alert").first()).toBeVisible();
  expect.soft(await complaints(page), "an edit refused").toEqual([]);
  await page.getByRole("button", { name: "Discard" }).click();
  await open(page, "/syncs/3");
  await openOver("Reject all");
  await open(page, "/syncs/1");
  await openOver("Undo run", "Put back as they were");
  await open(page, "/feeds/rules");
  await openOver("New rule", "Tried on the last runs");
});

test("axe finds nothing at the width of a phone", async ({ as }) => {
  test.setTimeout(120_000);
  const page = await as("manager");
  await page.setViewportSize({ width: 390, height: 844 });
  const { id } = await marker(page, 17);
  for (const address of ["/", "/catalog", `/products/${id}`, "/syncs/3", "/feeds"]) {
    await open(page, address);
    expect.soft(await complaints(page), address).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(390);
  }
});
