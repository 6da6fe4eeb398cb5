import { expect, test } from "./fixtures";
import { hydrated, MARKERS, marker, open, products, rowsOf } from "./shop";

test("the tree is walked by mouse: unfold, fold, open", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  const tree = page.getByRole("tree", { name: "Categories" });
  const writing = tree.getByRole("treeitem", { name: /^Writing Supplies/ });
  await writing.getByRole("button", { includeHidden: true }).click();
  const markers = tree.getByRole("treeitem", { name: /^Markers/ });
  await expect(writing).toHaveAttribute("aria-expanded", "true");
  await expect(markers).toHaveAttribute("aria-level", "2");

  await markers.getByRole("link").click();
  await expect(page).toHaveURL("/catalog/writing-supplies/markers");
  await expect(page.getByRole("heading", { level: 1, name: "Markers" })).toBeVisible();
  await expect(markers).toHaveAttribute("aria-selected", "true");

  await writing.getByRole("button", { includeHidden: true }).click();
  await expect(markers).toHaveCount(0);
});

test("the tree is walked by keyboard: arrows, letters, Home, End, Enter", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  const items = page.getByRole("treeitem");
  const [first, last] = [items.first(), items.last()];
  await items.nth(1).focus();
  await page.keyboard.press("End");
  await expect(last).toBeFocused();
  await page.keyboard.press("Home");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-expanded", "true");
  // Until the level has come, one line stands for it.
  const below = page.getByRole("treeitem", { level: 2 });
  await expect(below.getByRole("link").first()).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(below.first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(first).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.type("fil");
  await expect(page.getByRole("treeitem", { name: /^Filing & Storage/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/catalog/filing-and-storage");
  await expect(page.getByRole("heading", { level: 1, name: "Filing & Storage" })).toBeVisible();
});

test("a deep link opens the tree where it leads, and the breadcrumb leads back up", async ({ as }) => {
  const page = await as("staff");
  await open(page, `/catalog/${MARKERS}`);
  await expect(page.getByRole("heading", { level: 1, name: "Dry-Erase Markers" })).toBeVisible();
  await expect(page.getByRole("treeitem", { name: /^Dry-Erase Markers/ })).toHaveAttribute("aria-selected", "true");
  const trail = page.getByRole("navigation", { name: "Breadcrumb" });
  await expect(trail.getByRole("link")).toHaveText(["Catalogue", "Writing Supplies", "Markers"]);
  await trail.getByRole("link", { name: "Markers" }).click();
  await expect(page).toHaveURL("/catalog/writing-supplies/markers");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Dry-Erase Markers" })).toBeVisible();
});

test("a category's count is what its list holds, and the sum of those below it", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog/writing-supplies");
  const countOf = async (text: string | null) => Number(/([\d,]+)$/.exec(text ?? "")?.[1]?.replaceAll(",", ""));
  const total = await countOf(await page.getByRole("treeitem", { name: /^Writing Supplies/ }).textContent());
  await expect(page.getByText(new RegExp(`^1–50 of ${total.toLocaleString("en")}$`))).toBeVisible();
  const below = page.getByRole("treeitem", { level: 2 });
  await expect(below.first()).toBeVisible();
  const parts = await Promise.all((await below.allTextContents()).map(countOf));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
});

test("a category is found by a part of its name", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  await page.getByRole("searchbox", { name: "Find a category" }).fill("dry-er");
  const found = page.getByRole("link", { name: /^Dry-Erase Markers/ });
  await expect(found).toContainText("Writing Supplies › Markers");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/catalog/${MARKERS}`);
});

test("products are found by SKU, by code and by words", async ({ as }) => {
  const page = await as("staff");
  const wanted = await marker(page, 20);
  await open(page, "/catalog");
  const box = page.getByRole("combobox", { name: "Search products" });
  const rows = rowsOf(page, "Products");
  for (const typed of [wanted.sku, wanted.upc, wanted.sku.toLowerCase().slice(0, -1)]) {
    await box.fill(typed);
    await expect(page).toHaveURL(new RegExp(`q=${typed}$`));
    await expect(rows.first()).toContainText(wanted.sku);
  }
  await box.fill("dry erase green");
  await expect(page).toHaveURL(/q=dry(\+|%20)erase(\+|%20)green/);
  await expect(rows.first()).toContainText(/Dry-Erase .*Green/);

  await box.fill("nosuchthing");
  await expect(page.getByText("Nothing here is found by “nosuchthing”.")).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(box).toHaveValue("");
  await expect(rows).toHaveCount(50);
});

test("filters become chips, and each is taken away alone", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog/writing-supplies");
  await page.getByRole("button", { name: "Filter" }).click();
  const form = page.getByRole("form", { name: "Filter products" });
  await form.getByRole("searchbox", { name: "Find a brand" }).fill("board");
  await form.getByRole("checkbox", { name: "Boardwell" }).check();
  await form.getByLabel("Stock").selectOption("in stock");
  await form.getByLabel("Price to").fill("abc");
  await form.getByRole("button", { name: "Show products" }).click();
  await expect(form.getByText("Enter a price like 12.50")).toBeVisible();
  await form.getByLabel("Price to").fill("3");
  await form.getByRole("button", { name: "Show products" }).click();

  const chip = (name: string) => page.getByRole("link", { name: `Remove filter ${name}` });
  await expect(chip("Brand Boardwell")).toBeVisible();
  await expect(chip("Price up to 3")).toBeVisible();
  await expect(chip("Stock in stock")).toBeVisible();
  const expected = await products(page, {
    category_id: "writing-supplies",
    brand: "Boardwell",
    per_page: 200,
    sort: "name",
  });
  const fitting = expected.filter((one) => one.price_cents <= 300 && (one.inventory_quantity ?? 0) > 0);
  await expect(page.getByText(new RegExp(`of ${fitting.length}$`))).toBeVisible();

  await chip("Price up to 3").click();
  await expect(chip("Price up to 3")).toHaveCount(0);
  await expect(page).toHaveURL("/catalog/writing-supplies?brand=Boardwell&stock=in");
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL("/catalog/writing-supplies");
});

test("a column's head sorts, and turns the order round", async ({ as }) => {
  const page = await as("staff");
  await open(page, `/catalog/${MARKERS}`);
  const head = page.getByRole("columnheader", { name: "Price" });
  const prices = async () => {
    const cells = await rowsOf(page, "Products")
      .getByRole("cell")
      .filter({ hasText: /^\d+\.\d\d$/ })
      .allTextContents();
    return cells.map(Number);
  };
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=price&dir=desc/);
  const falling = await prices();
  expect(falling.length).toBeGreaterThan(10);
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  const rising = await prices();
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
});

test("the pager goes there and back, and no row is shown twice", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog?sort=stock&dir=desc");
  const links = page.locator("a.row-link");
  const pages = page.getByRole("navigation", { name: "Pages" });
  const first = await links.allTextContents();
  await expect(page.getByText(/^1–50 of 2,5\d\d$/)).toBeVisible();
  await expect(pages.getByRole("link", { name: "Previous" })).toHaveCount(0);
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText(/^51–100 of/)).toBeVisible();
  const second = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText(/^101–150 of/)).toBeVisible();
  const third = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(second.filter((href) => third.includes(href))).toEqual([]);
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText(/^51–100 of/)).toBeVisible();
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText(/^1–50 of/)).toBeVisible();
  expect(await links.allTextContents()).toEqual(first);
  await page.goBack();
  await expect(page.getByText(/^51–100 of/)).toBeVisible();
});

test("a list's address shows a colleague the same list", async ({ as }) => {
  const mine = await as("manager");
  await open(mine, "/catalog/writing-supplies?q=marker&stock=in&sort=price&dir=desc");
  await mine.getByRole("link", { name: "Next" }).click();
  await expect(mine.getByText(/^51–/)).toBeVisible();
  const theirs = await as("staff");
  await theirs.goto(mine.url());
  await expect(theirs.getByRole("combobox", { name: "Search in this category" })).toHaveValue("marker");
  expect(await theirs.locator("a.row-link").allTextContents()).toEqual(
    await mine.locator("a.row-link").allTextContents(),
  );
});

test("columns are chosen, kept, and part of the address", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  const head = (name: string) => page.getByRole("columnheader", { name });
  await expect(head("Brand")).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  const columns = page.getByRole("list", { name: "Columns" });
  await expect(columns.getByRole("checkbox", { name: "Name" })).toBeDisabled();
  await columns.getByRole("checkbox", { name: "Brand" }).uncheck();
  await expect(head("Brand")).toHaveCount(0);
  await columns.getByRole("checkbox", { name: "Category" }).setChecked(true);
  await expect(head("Category")).toBeVisible();
  await expect(page).toHaveURL(/columns=/);
  await page.goto("/catalog/breakroom");
  await expect(head("Category")).toBeVisible();
  await expect(head("Brand")).toHaveCount(0);
});

test("products without a category wait in Uncategorised", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  const link = page.getByRole("link", { name: /^Uncategorised/ });
  const count = Number(/\d+/.exec((await link.textContent()) ?? "")?.[0]);
  await link.click();
  await expect(page).toHaveURL("/catalog/~uncategorised");
  await expect(page.getByRole("heading", { level: 1, name: "Uncategorised" })).toBeVisible();
  await expect(rowsOf(page, "Products")).toHaveCount(count);
});

test("J and K walk the rows, Enter opens one, and back is where one was", async ({ as }) => {
  const page = await as("staff");
  await open(page, `/catalog/${MARKERS}`);
  const links = page.locator("a.row-link");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  const name = (await links.nth(0).textContent()) ?? "";
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`/catalog/${MARKERS}`);
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Search in this category" })).toBeFocused();
});

test("a click opens a product beside the list, J walks on, and the second click opens its page", async ({ as }) => {
  const page = await as("staff");
  await open(page, `/catalog/${MARKERS}`);
  const links = page.locator("a.row-link");
  const panel = page.getByRole("region", { name: "Product beside the list" });
  const nameOf = async (at: number) => (await links.nth(at).textContent()) ?? "";
  await links.nth(0).click();
  await expect(panel.getByRole("heading", { name: await nameOf(0) })).toBeVisible();
  await expect(panel.getByText("Price and stock")).toBeVisible();
  await page.keyboard.press("j");
  await expect(panel.getByRole("heading", { name: await nameOf(1) })).toBeVisible();
  await expect(page).toHaveURL(/\?open=/);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("f");
  await expect(page.getByRole("dialog", { name: "Filter" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Filter" })).toHaveCount(0);
  await links.nth(1).click();
  await expect(panel).toBeVisible();
  const name = await nameOf(1);
  await links.nth(1).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("Ctrl-K jumps to a product, a category, a run and a screen", async ({ as }) => {
  const page = await as("staff");
  const wanted = await marker(page, 7);
  await open(page, "/jobs");
  const jump = async (typed: string, option: RegExp) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("combobox").fill(typed);
    await expect(page.getByRole("option", { name: option }).first()).toBeVisible();
    await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await page.getByRole("option", { name: option }).first().click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  };
  await jump(wanted.sku, new RegExp(wanted.sku));
  await expect(page).toHaveURL(`/products/${wanted.id}`);
  await jump("dry-erase mark", /^Dry-Erase Markers/);
  await expect(page).toHaveURL(`/catalog/${MARKERS}`);
  await jump("run 3", /run 3/);
  await expect(page).toHaveURL("/syncs/3");
  await jump("feeds", /^Go to Feeds/);
  await expect(page).toHaveURL("/feeds");

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("zzzz");
  await expect(page.getByText("Nothing is found by “zzzz”.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("on a phone one goes down the categories level by level", async ({ as }) => {
  const page = await as("staff");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/catalog");
  await expect(page.getByRole("tree")).toBeHidden();
  for (const name of ["Writing Supplies", "Markers", "Dry-Erase Markers"]) {
    await page.getByText(/^Categories\d+$/).click();
    await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  await expect(page).toHaveURL(`/catalog/${MARKERS}`);
  await expect(page.locator("a.row-link").first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Syncs" }).click();
  await expect(page).toHaveURL("/syncs");
});

test("the dark theme is chosen once and stays", async ({ as }) => {
  const page = await as("staff");
  await open(page, "/catalog");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /account, theme, sign out$/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.goto("/syncs");
  expect(await background()).toBe(dark);
});
