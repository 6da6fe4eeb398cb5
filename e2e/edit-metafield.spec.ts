import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ask, hydrated, marker, open } from "./shop";

const saveBar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const toast = (page: Page, words: string) => page.getByRole("listitem").filter({ hasText: words });

/** The product of this test alone, open in front of somebody who may edit it. */
async function openMarker(page: Page, n: number) {
  const product = await marker(page, n);
  await open(page, `/products/${product.id}`);
  await expect(page.getByRole("heading", { level: 1, name: product.name })).toBeVisible();
  return product;
}

async function metafieldOf(page: Page, id: string, key: string) {
  const { metafields } = await ask<{ metafields: { key: string; value: string }[] }>(page, `/api/products/${id}`);
  return metafields.find((metafield) => metafield.key === key)?.value;
}

test("a manager edits metafields; the save bar names them, and the history tells who, what, when", async ({ as }) => {
  const page = await as("manager");
  const { id } = await openMarker(page, 1);
  const before = await field(page, "Tip Style").inputValue();
  await expect(saveBar(page)).toHaveCount(0);
  await field(page, "Tip Style").fill("Brush");
  await field(page, "Refillable").selectOption("Yes");
  await expect(saveBar(page)).toContainText("2 unsaved changes · Tip Style, Refillable");
  await saveBar(page).getByRole("button", { name: "Save" }).click();
  await expect(toast(page, "Saved 2 changes.")).toBeVisible();
  await expect(saveBar(page)).toHaveCount(0);

  await page.reload();
  await expect(field(page, "Tip Style")).toHaveValue("Brush");
  await expect(field(page, "Refillable")).toHaveValue("true");
  await expect(page.getByRole("button", { name: /^you · kept/ })).toHaveCount(2);

  await page.getByRole("link", { name: "History", exact: true }).click();
  const newest = page.getByRole("main").getByRole("listitem").first();
  await expect(newest).toContainText(/^you\s*changed/);
  await expect(newest).toContainText(`Tip Style: before ${before}→after Brush`);
  await expect(newest).toContainText("before No→after Yes");
  const theirs = await as("admin");
  await theirs.goto(`/products/${id}?tab=history`);
  await expect(theirs.getByRole("main").getByRole("listitem").first()).toContainText(/Max Manager\s*changed/);
  await expect(theirs.getByRole("main").getByRole("time").first()).toBeVisible();
});

test("Ctrl-S saves, and Discard takes everything back", async ({ as }) => {
  const page = await as("manager");
  const { id } = await openMarker(page, 2);
  const before = await field(page, "Ink Type").inputValue();
  await field(page, "Ink Type").fill("Chalk");
  await saveBar(page).getByRole("button", { name: "Discard" }).click();
  await expect(saveBar(page)).toHaveCount(0);
  await expect(field(page, "Ink Type")).toHaveValue(before);

  await field(page, "Ink Type").fill("Liquid chalk");
  await page.keyboard.press("Control+s");
  await expect(toast(page, "Saved 1 change.")).toBeVisible();
  expect(await metafieldOf(page, id, "ink_type")).toBe("Liquid chalk");
});

test("what does not fit the type is refused beside the field, and stays as typed", async ({ as }) => {
  const page = await as("manager");
  const { id } = await openMarker(page, 3);
  const quantity = field(page, "Pack Quantity");
  const before = await metafieldOf(page, id, "pack_quantity");
  await quantity.fill("a dozen");
  await page.keyboard.press("Control+s");
  await expect(quantity).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").filter({ hasText: "Enter a whole number like 12." })).toBeVisible();
  await expect(saveBar(page)).toContainText("Nothing was saved: correct the marked fields.");
  await expect(quantity).toHaveValue("a dozen");
  await expect(quantity).toBeFocused();
  expect(await metafieldOf(page, id, "pack_quantity")).toBe(before);
  await quantity.fill("144");
  await page.keyboard.press("Control+s");
  await expect(toast(page, "Saved 1 change.")).toBeVisible();
});

/** Per type what is wrong, what is said about it, and what is right. */
const TYPED: [type: string, wrong: string, sentence: string, right: string][] = [
  ["Single line text", " ", "Enter a value, or remove the metafield.", "Washable"],
  ["Whole number", "12.5", "Enter a whole number like 12.", "12"],
  ["Decimal number", "half", "Enter a number like 12.5.", "0.5"],
  ["URL", "example.com", "Enter a full address like https://example.com.", "https://example.com/sheet"],
  ["Colour", "reddish", "Enter a colour like #0a7d5c.", "#0a7d5c"],
  ["JSON", "{brand", 'Enter JSON like {"brand": "HP"}.', '{"brand": "HP"}'],
  ["Money", "12.50", 'Enter an amount and its currency like "12.50 EUR".', "12.50 EUR"],
  ["Rating", "good", 'Enter a rating and its scale like "4.5 of 1 to 5".', "4.5 of 1 to 5"],
  ["Dimension", "25", 'Enter a number and a unit like "25 cm"', "25 cm"],
  ["Weight", "2.5 cm", 'Enter a number and a unit like "2.5 kg"', "2.5 kg"],
  ["List of whole number", "1\ntwo", '"two": Enter a whole number like 12.', "1\n2"],
];

test("a new metafield is checked by its type before it is added", async ({ as }) => {
  test.setTimeout(120_000);
  const page = await as("manager");
  const { id } = await openMarker(page, 4);
  const dialog = page.getByRole("dialog", { name: "Add metafield" });
  for (const [index, [type, wrong, sentence, right]] of TYPED.entries()) {
    const key = `trial_${index}`;
    await page.getByRole("button", { name: "Add metafield" }).click();
    await dialog.getByLabel("Find a metafield").fill(key);
    await dialog.getByRole("button", { name: `A new metafield “${key}”` }).click();
    await dialog.getByLabel("Type").selectOption({ label: type });
    await dialog.getByLabel("Value").fill(wrong);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(dialog.getByRole("alert"), type).toContainText(sentence);
    await dialog.getByLabel("Value").fill(right);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(toast(page, `Added custom.${key}.`)).toBeVisible();
    expect(await metafieldOf(page, id, key), type).toBeTruthy();
  }
});

test("a date and a yes or no are chosen, and a defined metafield keeps its type", async ({ as }) => {
  const page = await as("manager");
  const { id } = await openMarker(page, 5);
  const dialog = page.getByRole("dialog", { name: "Add metafield" });
  const begin = async (key: string, type: string) => {
    await page.getByRole("button", { name: "Add metafield" }).click();
    await dialog.getByLabel("Find a metafield").fill(key);
    await dialog.getByRole("button", { name: `A new metafield “${key}”` }).click();
    await dialog.getByLabel("Type").selectOption({ label: type });
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("Enter a value, or remove the metafield.");
  };
  await begin("launch_day", "Date");
  await dialog.getByLabel("Value").fill("2026-11-07");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(toast(page, "Added custom.launch_day.")).toBeVisible();
  await begin("giftable", "Yes or no");
  await dialog.getByLabel("Value").selectOption("Yes");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(toast(page, "Added custom.giftable.")).toBeVisible();
  expect(await metafieldOf(page, id, "launch_day")).toBe("2026-11-07");
  expect(await metafieldOf(page, id, "giftable")).toBe("true");

  await openMarker(page, 6);
  await page.getByRole("button", { name: "Add metafield" }).click();
  await dialog.getByLabel("Find a metafield").fill("giftable");
  await dialog.getByRole("button", { name: /custom\.giftable/ }).click();
  await expect(dialog.getByText("custom.giftable · Yes or no")).toBeVisible();
  await expect(dialog.getByLabel("Type")).toHaveCount(0);
});

test("a removed metafield comes back with Undo", async ({ as }) => {
  const page = await as("manager");
  const { id } = await openMarker(page, 8);
  const before = await metafieldOf(page, id, "tip_style");
  await field(page, "Tip Style").hover();
  await page.getByRole("button", { name: "Remove Tip Style" }).click();
  await expect(toast(page, "Removed Tip Style.")).toBeVisible();
  await expect(field(page, "Tip Style")).toHaveCount(0);
  expect(await metafieldOf(page, id, "tip_style")).toBeUndefined();
  await toast(page, "Removed Tip Style.").getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "Tip Style")).toHaveValue(before ?? "");
  expect(await metafieldOf(page, id, "tip_style")).toBe(before);
});

test("what a feed still says can be put back after it was removed", async ({ as }) => {
  const page = await as("manager");
  await openMarker(page, 9);
  const before = await field(page, "Style").inputValue();
  await field(page, "Style").hover();
  await page.getByRole("button", { name: "Remove Style" }).click();
  await expect(page.getByText(`says ${before}`)).toBeVisible();
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(field(page, "Style")).toHaveValue(before);
});

test("leaving with unsaved changes asks first, by a link and by going back", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/catalog/writing-supplies/markers/dry-erase-markers");
  const product = await marker(page, 10);
  await page.getByRole("link", { name: product.name, exact: true }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: product.name })).toBeVisible();
  await hydrated(page);
  await field(page, "Tip Style").fill("Wedge");
  const guard = page.getByRole("dialog", { name: "Leave without saving?" });
  await page.getByRole("link", { name: "Syncs" }).click();
  await guard.getByRole("button", { name: "Stay" }).click();
  await expect(guard).toHaveCount(0);
  await expect(field(page, "Tip Style")).toHaveValue("Wedge");
  await page.evaluate(() => window.history.back());
  await guard.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(`/products/${product.id}`);
  await expect(field(page, "Tip Style")).toHaveValue("Wedge");

  // What is typed outlives the change of tabs.
  await page.getByRole("link", { name: "History", exact: true }).click();
  await expect(page).toHaveURL(/tab=history/);
  await expect(saveBar(page)).toBeVisible();
  await page.getByRole("link", { name: "Product", exact: true }).click();
  await expect(field(page, "Tip Style")).toHaveValue("Wedge");

  await page.getByRole("link", { name: "Syncs" }).click();
  await guard.getByRole("button", { name: "Save and leave" }).click();
  await expect(page).toHaveURL("/syncs");
  expect(await metafieldOf(page, product.id, "tip_style")).toBe("Wedge");

  await open(page, `/products/${product.id}`);
  await field(page, "Tip Style").fill("Wedged");
  await page.getByRole("link", { name: "Jobs" }).click();
  await guard.getByRole("button", { name: "Discard and leave" }).click();
  await expect(page).toHaveURL("/jobs");
  expect(await metafieldOf(page, product.id, "tip_style")).toBe("Wedge");
});

test("two people change different fields: both land", async ({ as }) => {
  const [first, second] = [await as("manager"), await as("admin")];
  const { id } = await openMarker(first, 11);
  await openMarker(second, 11);
  await field(first, "Tip Style").fill("Dagger");
  await field(second, "Country of Origin").fill("Portugal");
  await first.keyboard.press("Control+s");
  await expect(toast(first, "Saved 1 change.")).toBeVisible();
  await second.keyboard.press("Control+s");
  await expect(toast(second, "Saved 1 change.")).toBeVisible();
  await expect(field(second, "Tip Style")).toHaveValue("Dagger");
  expect(await metafieldOf(first, id, "tip_style")).toBe("Dagger");
  expect(await metafieldOf(first, id, "country_of_origin")).toBe("Portugal");
});

for (const choice of ["Theirs", "Yours"] as const) {
  test(`two people change the same field: the second sees both values and chooses ${choice.toLowerCase()}`, async ({
    as,
  }) => {
    const [first, second] = [await as("manager"), await as("admin")];
    const n = choice === "Theirs" ? 12 : 13;
    const { id } = await openMarker(first, n);
    await openMarker(second, n);
    const seen = await field(first, "Tip Style").inputValue();
    await field(first, "Tip Style").fill("Needle");
    await field(second, "Tip Style").fill("Marble");
    await first.keyboard.press("Control+s");
    await expect(toast(first, "Saved 1 change.")).toBeVisible();
    await second.keyboard.press("Control+s");

    await expect(saveBar(second)).toContainText(
      "Somebody changed Tip Style since you opened this. Choose which value stands.",
    );
    const cards = second.getByRole("group", { name: "Tip Style: which value stands?" });
    await expect(cards).toContainText(`You saw${seen}`);
    const theirs = cards.getByRole("button", { name: /^Theirs, saved since.*Needle$/ });
    const yours = cards.getByRole("button", { name: /^Yours, not saved.*Marble$/ });
    await expect(theirs).toBeFocused();
    expect(await metafieldOf(first, id, "tip_style")).toBe("Needle");

    if (choice === "Theirs") {
      await theirs.click();
      await expect(saveBar(second)).toHaveCount(0);
      await expect(field(second, "Tip Style")).toHaveValue("Needle");
    } else {
      await yours.click();
      await expect(cards).toHaveCount(0);
      await second.keyboard.press("Control+s");
      await expect(toast(second, "Saved 1 change.")).toBeVisible();
      expect(await metafieldOf(first, id, "tip_style")).toBe("Marble");
    }
  });
}
