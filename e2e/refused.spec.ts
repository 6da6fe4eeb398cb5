import type { Page } from "@playwright/test";
import { expect, PASSWORD, test } from "./fixtures";
import { marker, open } from "./shop";

async function signIn(page: Page, login: string, password = PASSWORD) {
  await page.getByLabel("E-mail or username").fill(login);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: /account, theme, sign out$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

test("staff read everything a product has, and find nothing to change it with", async ({ as }) => {
  const page = await as("staff");
  const { id, name } = await marker(page, 15);
  await open(page, `/products/${id}`);
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(main.getByText("Tip Style", { exact: true })).toBeVisible();
  for (const role of ["textbox", "combobox", "spinbutton", "checkbox"] as const) {
    await expect(main.getByRole(role)).toHaveCount(0);
  }
  for (const words of [/save/i, /add metafield/i, /remove/i, /edit/i, /put back/i]) {
    await expect(main.getByRole("button", { name: words })).toHaveCount(0);
  }
});

test("staff see what feeds brought, and can neither import, approve nor reject", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/feeds");
  await expect(page.getByRole("table", { name: "Feeds" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "New import" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^Import/ })).toHaveCount(0);
  await open(page, "/syncs/3");
  await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
  await expect(page.getByRole("button", { name: /approve|reject/i })).toHaveCount(0);
});

test("staff who ask the server directly get 403, and nothing changes", async ({ as }) => {
  const page = await as("staff");
  const { id } = await marker(page, 15);
  const before = await (await page.request.get(`/api/products/${id}`)).json();
  const answers = [
    await page.request.patch(`/api/products/${id}`, { data: { name: "Mine now" } }),
    await page.request.put(`/api/products/${id}/metafields/etilize/tip_style`, { data: { value: "Mine" } }),
    await page.request.delete(`/api/products/${id}/metafields/etilize/tip_style`),
    await page.request.post("/api/feeds/uploads?name=mine.zip", { data: "PK" }),
  ];
  for (const answer of answers) {
    expect(answer.status(), answer.url()).toBe(403);
    expect((await answer.json()).error.code).toBe("forbidden");
  }
  expect(await (await page.request.get(`/api/products/${id}`)).json()).toEqual(before);
});

test("another site's page can't write with a manager's cookie", async ({ as }) => {
  const page = await as("manager");
  const { id } = await marker(page, 15);
  const answer = await page.request.patch(`/api/products/${id}`, {
    data: { name: "Lured" },
    headers: { origin: "https://evil.example" },
  });
  expect(answer.status()).toBe(403);
});

test("somebody not signed in is asked to, and then stands where they wanted to go", async ({ page }) => {
  await open(page, "/syncs/3?tab=rejected");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, "staff@stockroom.local");
  await expect(page).toHaveURL("/syncs/3?tab=rejected");
  await expect(page.getByRole("table", { name: "Refused rows" })).toBeVisible();
});

test("a wrong password is told in words, without saying which part was wrong", async ({ page }) => {
  await open(page, "/sign-in");
  for (const login of ["staff", "nobody@stockroom.local"]) {
    await signIn(page, login, "not-the-password");
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      "That name and password do not match. Check both and try again.",
    );
    await expect(page.getByLabel("E-mail or username")).toHaveValue(login);
  }
  await signIn(page, "staff");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("an address of another site is no place to go after signing in", async ({ page }) => {
  await open(page, "/sign-in?next=https://evil.example/");
  await signIn(page, "staff");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/");
});

test.describe("signed out elsewhere", () => {
  // The tab left behind asks what runs now, and is refused.
  test.use({ allowedErrors: [/status of 401/] });

  test("saving in a tab that was signed out says so and keeps what was typed", async ({ page, context, watch }) => {
    await open(page, "/sign-in");
    await signIn(page, "manager");
    await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
    const { id } = await marker(page, 16);
    await open(page, `/products/${id}`);
    const field = page.getByLabel("Tip Style", { exact: true });
    await field.fill("Calligraphy");

    const other = await context.newPage();
    watch(other);
    await open(other, "/");
    await signOut(other);
    await page.keyboard.press("Control+s");
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await expect(bar).toContainText("You are signed out. Sign in again; what you typed is still here.");
    await expect(field).toHaveValue("Calligraphy");

    await signIn(other, "manager");
    await expect(other.getByRole("heading", { name: "Overview" })).toBeVisible();
    await bar.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved 1 change.")).toBeVisible();
    await expect(bar).toHaveCount(0);
  });
});

test("a cookie kept from before signing out opens nothing", async ({ page, browser, baseURL }) => {
  await open(page, "/sign-in");
  await signIn(page, "manager");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  const kept = await page.context().storageState();
  await open(page, "/");
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  const replayed = await browser.newContext({ storageState: kept, baseURL });
  const answer = await replayed.request.get("/api/products");
  expect(answer.status()).toBe(401);
  const stranger = await replayed.newPage();
  await stranger.goto("/catalog");
  await expect(stranger).toHaveURL("/sign-in?next=%2Fcatalog");
  await replayed.close();
});

test("an address that is nothing says so, with a way back", async ({ as }) => {
  const page = await as("staff");
  const answer = await page.request.get("/products/00000000-0000-7000-8000-000000000000");
  expect(answer.status()).toBe(404);
  expect((await page.request.get("/syncs/999999")).status()).toBe(404);
});
