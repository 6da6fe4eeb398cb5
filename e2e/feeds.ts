import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import { open, type ShopProduct } from "./shop";

interface FileToSend {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** How an import of the page goes on once the feed was read. */
type Handling = "review" | "Apply without review" | "Dry run";

interface Import {
  feed: string;
  /** A new source is made, in this format. */
  format?: string;
  file: FileToSend;
  how: Handling;
}

const ENDS = /^(done|done in part|dry run done|waits for review|held for review|failed|cancelled|undone)$/;

export const priceText = (cents: string | number | null) => (Number(cents) / 100).toFixed(2);

/** A list as a file, its first row the header. */
export function csvFile(name: string, rows: (string | number)[][]): FileToSend {
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  const text = rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** A shop's own item list in the ERP's columns: each product under a number of this shop. */
export function itemList(shop: string, lines: { product: ShopProduct; shown: string }[]): FileToSend {
  const rows = lines.map(({ product, shown }) => [
    `${shop}-${product.sku}`,
    product.name,
    shown,
    product.upc,
    product.inventory_quantity ?? 0,
  ]);
  return csvFile(`${shop}.csv`, [["ItemNumber", "Description", "UnitPrice", "UPC", "QuantityOnHand"], ...rows]);
}

/** Adds a source of CSV files of its own shape, which people upload. @returns its id */
export async function addCsvSource(page: Page, name: string): Promise<string> {
  await open(page, "/feeds/new");
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel("Format").selectOption("Other CSV");
  await page.getByLabel("Comes from", { exact: true }).selectOption("People upload files");
  await page.getByRole("button", { name: "Add source" }).click();
  await expect(page).toHaveURL(/\/feeds\?source=/);
  return /source=([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
}

/** Sends a file through the page of feeds. @returns the number of its run, which has ended or waits */
export async function importFile(page: Page, given: Import): Promise<number> {
  const number = await startImport(page, given);
  await runEnded(page);
  return number;
}

/** As `importFile`, without waiting for the run. */
export async function startImport(page: Page, { feed, format, file, how }: Import): Promise<number> {
  await open(page, "/feeds");
  await page.getByLabel("Feed", { exact: true }).selectOption(format ? "A new feed…" : feed);
  if (format) {
    await page.getByLabel(/^Name/).fill(feed);
    await page.getByLabel("Format").selectOption(format);
  }
  await page.getByLabel("Upload them").check();
  await upload(page, file);
  if (how !== "review") await page.getByRole("checkbox", { name: how }).check();
  await page.getByRole("button", { name: how === "Dry run" ? "Start dry run" : "Start import" }).click();
  await expect(page).toHaveURL(/\/syncs\/\d+$/);
  return Number(/\d+$/.exec(page.url())?.[0]);
}

/** Until the server has it: while on its way, its row says how much has arrived. */
async function upload(page: Page, file: FileToSend) {
  await page.getByLabel(/^Drop the files here/).setInputFiles(file);
  const row = page.getByRole("listitem").filter({ hasText: file.name });
  await expect(row).toHaveText(new RegExp(`^${file.name.replaceAll(".", "\\.")}[\\d.,]+ \\w+$`));
}

/** The run's page says by itself that it has ended, or waits for a person. */
export async function runEnded(page: Page, words: RegExp = ENDS) {
  await expect(page.getByRole("main").getByText(words).first()).toBeVisible({ timeout: 40_000 });
}

/** What the run's head counts: "3 products: 2 changed, 1 rejected. No category changed." */
export function summaryOf(page: Page) {
  return page.getByRole("main").getByText(/^[\d,]+ products?: /);
}
