import { expect, test } from "./fixtures";
import { marker, open, rowsOf } from "./shop";

test("a change of a definition shows which values would break before it is saved", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/metafields?q=ink_type");
  await rowsOf(page, "Metafield definitions").getByRole("link").first().click();
  await expect(page.getByText("fixed, since products have it")).toBeVisible();
  await page.getByLabel("Pattern").fill("(a+");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("This is no pattern: check its brackets and escapes.")).toBeVisible();
  await page.getByLabel("Pattern").fill("^Nothing is so$");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/would not fit any more\./)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Save, and leave [\d,]+ values as they are$/ })).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Pattern")).toHaveValue("");
});

test("a metafield is noted, hidden and moved where it stands", async ({ as }) => {
  const page = await as("manager");
  const { id } = await marker(page, 22);
  await open(page, `/products/${id}`);
  const line = page.getByRole("group", { name: "Metafield Tip Style" });
  await line.hover();
  await line.getByRole("button", { name: /^Order, note/ }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Measured by hand");
  await page.getByLabel("Shown in the shop").uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(line.getByText("Measured by hand")).toBeVisible();
  await expect(line.getByLabel("hidden from the shop")).toBeVisible();

  const groups = page.getByRole("group", { name: /^Metafield / });
  const second = await groups.nth(1).getAttribute("aria-label");
  await groups.nth(1).getByRole("textbox").or(groups.nth(1).getByRole("combobox")).first().focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(groups.first()).toHaveAttribute("aria-label", second ?? "");
});

test("a definition without values is deleted with Undo; one with values plans their removal first", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/metafields?q=ink_type");
  await rowsOf(page, "Metafield definitions").getByRole("link").first().click();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog").getByText(/have a value of it\. Those go first/)).toBeVisible();
  await page.getByRole("button", { name: "Keep it" }).click();

  await open(page, "/metafields/new");
  await page.getByRole("textbox", { name: "Name required" }).fill("Shelf life");
  await page.getByRole("button", { name: "Make definition" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Shelf life" })).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/metafields");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Shelf life" })).toBeVisible();
});
