import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { ZipFile } from "yazl";
import { expect, test } from "./fixtures";
import { ask, open, products, rowsOf, type ShopChange, type ShopProduct } from "./shop";

// One story: each part begins where the one before it ended.
test.describe.configure({ mode: "serial" });

/** The sample's second day: the price list, and the content feed. */
const PRICES = 4;
const CONTENT = 3;

const numberIn = (text: string | null) => Number(/[\d,]+/.exec(text ?? "")?.[0].replaceAll(",", ""));

/** A change of one field alone that waits, that no rule allowed and nobody has touched by hand. */
async function pureChange(page: Page, run: number, field: RegExp) {
  const query = { kind: "changed", state: "staged", entity: "product", per_page: 100 };
  const { data } = await ask<{ data: ShopChange[] }>(page, `/api/sync-logs/${run}/changes`, query);
  const found = data.find(({ fields }) => fields.length === 1 && fields[0] && field.test(fields[0].field));
  if (!found?.fields[0] || found.fields[0].kept) throw new Error(`run ${run} changes no ${field}`);
  return { ...found, line: found.fields[0] };
}

const price = (cents: string | number | null) => (Number(cents) / 100).toFixed(2);

test("the overview leads to the run that waits, and its counts add up", async ({ as }) => {
  const page = await as("manager");
  await open(page, "/");
  const work = page.getByRole("region", { name: "Needs a person" });
  await work.getByRole("link", { name: /^Review \d+ changes of ERP list/ }).click();
  await expect(page).toHaveURL(`/syncs/${PRICES}`);
  await expect(page.getByRole("heading", { level: 1, name: /^ERP list \(sample\)/ })).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByText("waits for review").first()).toBeVisible();

  const all = numberIn(await main.getByText(/^[\d,]+ products: /).textContent());
  const legend = main
    .getByRole("listitem")
    .filter({ hasText: /^[\d,]+(unchanged|changed|added|missing|to decide|re)/ });
  const parts = (await legend.allTextContents()).map(numberIn);
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);

  for (const run of [PRICES, CONTENT]) {
    await open(page, `/syncs/${run}?tab=files`);
    const files = rowsOf(page, "Files");
    await expect(files.first()).toBeVisible();
    for (const file of await files.all()) {
      await expect(file).toContainText("every row accounted for");
      const figures = (await file.getByRole("cell").allTextContents()).slice(4, 9).map(numberIn);
      expect(figures.slice(1).reduce((sum, part) => sum + part, 0)).toBe(figures[0]);
    }
  }
});

test("a change shows each field before and after, and its line in the feed", async ({ as }) => {
  const page = await as("manager");
  const { label, line } = await pureChange(page, PRICES, /^price_cents$/);
  await open(page, `/syncs/${PRICES}`);
  await page.getByRole("searchbox", { name: "Find a change" }).fill(label);
  await page.keyboard.press("Enter");
  const rows = rowsOf(page, "Changes");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Price");
  await expect(rows).toContainText(`before ${price(line.before)}→after ${price(line.after)}`);
  await expect(rows.getByRole("cell", { name: /^Xorosoft-CurrentProducts-\d+\.csv\s*:\d+$/ })).toBeVisible();

  await page.getByRole("searchbox", { name: "Find a change" }).fill("");
  await page.keyboard.press("Enter");
  // Until then the links below still carry what was looked for.
  await expect.poll(() => rows.count()).toBeGreaterThan(1);
  await page
    .getByRole("navigation", { name: "Kinds of change" })
    .getByRole("link", { name: /^Missing/ })
    .click();
  await expect(page).toHaveURL(/kind=missing/);
  await expect(rows.first()).toContainText("missing");
});

test("refused rows are told with file, line and reason, and come back as they were received", async ({ as }) => {
  const page = await as("manager");
  await open(page, `/syncs/${PRICES}`);
  await page
    .getByRole("navigation", { name: "Run" })
    .getByRole("link", { name: /^Rejected/ })
    .click();
  const rows = rowsOf(page, "Refused rows");
  await expect(rows.filter({ hasText: 'UnitPrice "0.00": zero not allowed.' })).toContainText(/\.csv:\d+/);
  await expect(rows.filter({ hasText: 'UnitPrice "N/A": not a number.' })).toContainText("UnitPrice");
  await expect(rows.filter({ hasText: "appears twice with different content" })).toHaveCount(1);
  const shown = (await rows.last().getByRole("cell").nth(3).textContent()) ?? "";

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "As received" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Xorosoft-CurrentProducts-\d+\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  const [head, ...lines] = text.split("\r\n");
  expect(head).toBe("\uFEFFItemNumber,BasePartNumber,Description,UnitPrice,UPC,QuantityOnHand,Location");
  expect(lines.filter((line) => line.includes(",0.00,"))).toHaveLength(1);
  expect(lines.filter((line) => line.includes(",N/A,"))).toHaveLength(1);
  for (const line of shown.split("\n")) expect(text).toContain(line.trim());

  const reasons = await page.request.get(`/api/sync-logs/${PRICES}/rejections?reasons=1`);
  expect(await reasons.text()).toContain("zero not allowed");
});

test("what the rules allow was applied with the rule's name, the rest waits", async ({ as }) => {
  const page = await as("manager");
  const query = { state: "applied", entity: "product", per_page: 100 };
  const { data } = await ask<{ data: (ShopChange & { rule: string | null })[] }>(
    page,
    `/api/sync-logs/${PRICES}/changes`,
    query,
  );
  expect(data.length).toBeGreaterThan(0);
  for (const { rule } of data) expect(rule).toMatch(/^(Price within 10 %|Stock within 50 %)/);
  await open(page, `/syncs/${PRICES}?state=applied`);
  await expect(rowsOf(page, "Changes").first()).toContainText(/Allowed by rule: (Price|Stock) within/);
});

test("rows are ticked by key, turned down with a reason and put back", async ({ as }) => {
  const page = await as("manager");
  await open(page, `/syncs/${PRICES}?state=staged`);
  const bar = page.getByRole("region", { name: "Ticked rows" });
  // Until the page listens, a key does nothing.
  await expect(async () => {
    await page
      .getByRole("checkbox", { name: /^Tick [A-Z]/ })
      .first()
      .focus();
    await page.keyboard.press("x");
    await expect(bar).toContainText("1 row ticked", { timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(bar).toContainText("2 rows ticked");
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByLabel(/^Why/).fill("Asked the supplier");
  await page.getByRole("dialog").getByRole("button", { name: "Reject", exact: true }).click();
  await expect(page.getByText("Rejected 2 rows")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("2 rows wait again")).toBeVisible();
});

test("approved, the prices are applied while one watches, and each says where it came from", async ({ as }) => {
  const page = await as("manager");
  const { label, entity_id, line } = await pureChange(page, PRICES, /^price_cents$/);
  await open(page, `/syncs/${PRICES}`);
  await page.getByRole("button", { name: /^Approve \d+ changes$/ }).click();
  await expect(page.getByText(/^Applying \d+ changes$/)).toBeVisible();
  // Nobody reloads: the page follows the job by itself.
  await expect(
    page
      .getByRole("main")
      .getByText(/^done( in part)?$/)
      .first(),
  ).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Run" }).getByRole("link", { name: "Timeline" }).click();
  await expect(page.getByRole("table", { name: "Stages" })).toContainText(/by Max Manager/);

  await open(page, `/products/${entity_id}`);
  await expect(page.getByText(label).first()).toBeVisible();
  await expect(page.getByLabel("Price", { exact: true })).toHaveValue(price(line.after));
  const side = page.getByRole("complementary", { name: "Status and price" });
  await expect(side.getByText(new RegExp(`ERP list \\(sample\\) · run ${PRICES}`)).first()).toBeVisible();
  await page.getByRole("link", { name: "History", exact: true }).click();
  const newest = page.getByRole("main").getByRole("listitem").first();
  await expect(newest).toContainText(/ERP list \(sample\)\s*changed/);
  await expect(newest).toContainText(`before ${price(line.before)}→after ${price(line.after)}`);
});

test("approved, the content feed moves, adds and flags, and leaves what people keep", async ({ as }) => {
  const page = await as("manager");
  const { entity_id, line } = await pureChange(page, CONTENT, /^metafield:/);
  const [namespace, key] = line.field.replace("metafield:", "").split(".");
  await open(page, `/syncs/${CONTENT}`);
  await page.getByRole("button", { name: /^Approve \d+ changes$/ }).click();
  await expect(
    page
      .getByRole("main")
      .getByText(/^done( in part)?$/)
      .first(),
  ).toBeVisible({ timeout: 40_000 });
  const product = await ask<{ metafields: { namespace: string; key: string; value: string }[] }>(
    page,
    `/api/products/${entity_id}`,
  );
  const now = product.metafields.find((metafield) => metafield.namespace === namespace && metafield.key === key);
  expect(now?.value).toBe(line.after);
  const run = await ask<{ changes_by_state: Record<string, number>; created: number }>(
    page,
    `/api/sync-logs/${CONTENT}`,
  );
  expect(run.changes_by_state.staged).toBeUndefined();
  const { total } = await ask<{ total: number }>(page, "/api/products", { per_page: 1 });
  expect(total).toBe(2500 + run.created);
});

/** A zipped price list: one product dearer, one at its price, one whose price can't be read. */
async function priceList([dearer, same, wrong]: ShopProduct[], cents: number) {
  const row = (one: ShopProduct | undefined, shown: string) =>
    `SHOP-${one?.sku},"${one?.name}",${shown},${one?.upc},${one?.inventory_quantity}`;
  const rows = [
    "ItemNumber,Description,UnitPrice,UPC,QuantityOnHand",
    row(dearer, price(cents)),
    row(same, price(same?.price_cents ?? 0)),
    row(wrong, "on request"),
  ];
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(`${rows.join("\r\n")}\r\n`), "corner-shop.csv");
  zip.end();
  return { name: "corner-shop.zip", mimeType: "application/zip", buffer: await buffer(zip.outputStream) };
}

/** Until the server has it: while on its way, the row says how much has arrived. */
async function upload(page: Page, file: Awaited<ReturnType<typeof priceList>>) {
  await page.getByLabel(/^Drop the files here/).setInputFiles(file);
  await expect(page.getByRole("listitem").filter({ hasText: file.name })).toHaveText(/^corner-shop\.zip[\d.,]+ \w+$/);
}

test("a price list sent through the page: first as a dry run, then for real, then once more", async ({ as }) => {
  const page = await as("manager");
  const three = await products(page, { category_id: "breakroom", sort: "sku", page: 4, per_page: 3 });
  const [dearer, , wrong] = three;
  if (!dearer || !wrong) throw new Error("the sample has no three products in Breakroom");
  const cents = dearer.price_cents + 30;
  const list = await priceList(three, cents);
  const now = async (id: string) => (await ask<ShopProduct>(page, `/api/products/${id}`)).price_cents;

  await open(page, "/feeds");
  await page.getByLabel("Feed", { exact: true }).selectOption("A new feed…");
  await page.getByLabel(/^Name/).fill("Corner shop");
  await page.getByLabel("Format").selectOption("ERP item list");
  await page.getByLabel("Upload them").check();
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByText("Choose at least one file.")).toBeVisible();
  await page
    .getByLabel(/^Drop the files here/)
    .setInputFiles({ name: "list.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") });
  await expect(page.getByText("No feed file. Choose a zip, gzip, CSV, TXT or JSON file.")).toBeVisible();
  await page.getByRole("button", { name: "Remove list.pdf" }).click();
  await upload(page, list);
  await page.getByRole("checkbox", { name: "Dry run" }).check();
  await page.getByRole("button", { name: "Start dry run" }).click();
  const main = page.getByRole("main");
  await expect(main.getByText("dry run done")).toBeVisible({ timeout: 40_000 });
  await expect(main.getByText("dry run, nothing written")).toBeVisible();
  const summary = await main.getByText(/^3 products: /).textContent();
  // The shop's own item numbers are new, so the product with the same price changes too.
  expect(summary).toMatch(/^3 products: 2 changed, 1 rejected\./);
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  expect(await now(dearer.id)).toBe(dearer.price_cents);

  for (const found of [summary, "3 products: 1 rejected; 2 unchanged. No category changed."]) {
    await open(page, "/feeds");
    await page.getByLabel("Feed", { exact: true }).selectOption("Corner shop");
    await upload(page, list);
    await page.getByRole("checkbox", { name: "Apply without review" }).check();
    await page.getByRole("button", { name: "Start import" }).click();
    await expect(main.getByText("done in part").first()).toBeVisible({ timeout: 40_000 });
    expect(await main.getByText(/^3 products: /).textContent()).toBe(found);
    expect(await now(dearer.id)).toBe(cents);
    expect(await now(wrong.id)).toBe(wrong.price_cents);
  }

  await open(page, `/products/${dearer.id}`);
  await expect(
    page
      .getByRole("complementary", { name: "Status and price" })
      .getByText(/Corner shop · run \d+/)
      .first(),
  ).toBeVisible();
});
