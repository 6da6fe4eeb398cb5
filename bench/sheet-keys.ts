import type { Page } from "playwright";
import { REPEAT_MS, timesOf, watchPaints } from "./paint-times";

const ROUNDS = 60;
/** Rows and columns pasted: name, brand, price, stock. */
const PASTED = { rows: 2_500, columns: 4 };
const SHEET = "/catalog?mode=grid&columns=sku.name.brand.price.stock.status";
/** A paste of so many products is a run: the worker has it done by then. */
const SAVED_MS = 300_000;

export interface SheetTimes {
  /** From the key to the next paint, in milliseconds. */
  arrows: number[];
  letters: number[];
  /** The same on a page with nothing in it. */
  floor: number[];
  pasteMs: number;
  /** From the paste until the catalogue holds all of it. */
  savedMs: number;
  cells: number;
}

/** Types and pastes into the sheet of a signed-in person, and measures what they see of it. */
export async function measureSheet(page: Page): Promise<SheetTimes> {
  await watchPaints(page);
  await page.goto("/api/health");
  const floor = await timesOf(page, () => pressMany(page, "ArrowDown"));
  await page.goto(SHEET);
  await cell(page, 0, 1).click();
  const arrows = await timesOf(page, async () => {
    await pressMany(page, "ArrowDown");
    await pressMany(page, "ArrowRight");
  });
  await toFirstName(page);
  await page.keyboard.press("F2");
  const letters = await timesOf(page, () => page.keyboard.type("x".repeat(ROUNDS), { delay: REPEAT_MS }));
  await page.keyboard.press("Escape");
  await loadRows(page);
  await toFirstName(page);
  const began = performance.now();
  const [pasteMs = 0] = await timesOf(page, () => page.evaluate(paste, PASTED));
  const cells = PASTED.rows * PASTED.columns;
  await page.getByText(`${cells.toLocaleString("en-GB")} cells saved`).waitFor({ timeout: SAVED_MS });
  return { arrows, letters, floor, pasteMs, savedMs: performance.now() - began, cells };
}

/** Past the SKU, which is read only. */
async function toFirstName(page: Page) {
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
}

function cell(page: Page, row: number, col: number) {
  return page.locator(`[data-row="${row}"][data-col="${col}"]`);
}

async function pressMany(page: Page, key: string) {
  for (let round = 0; round < ROUNDS; round++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(REPEAT_MS);
  }
}

async function loadRows(page: Page) {
  for (;;) {
    await page.keyboard.press("Control+End");
    const rows = Number(await page.locator("[data-active]").getAttribute("data-row"));
    if (rows >= PASTED.rows) return;
    await page.waitForTimeout(50);
  }
}

/** Runs in the page: what a spreadsheet would put there, other in each cell than what stands there: equal ones are no edits. */
function paste({ rows }: { rows: number }) {
  const lines = Array.from(
    { length: rows },
    (_, row) => `Pasted ${row}\tBrand ${row % 9}\t${row + 1}.25\t${1_000_000 + row}`,
  );
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", lines.join("\r\n"));
  document.activeElement?.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
  );
}
