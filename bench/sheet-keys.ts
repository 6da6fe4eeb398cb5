import type { Page } from "playwright";

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
  await page.addInitScript(watchPaints);
  await page.goto("/api/health");
  const floor = await timesOf(page, () => pressMany(page, "ArrowDown"));
  await page.goto(SHEET);
  await cell(page, 0, 1).click();
  const arrows = await timesOf(page, async () => {
    await pressMany(page, "ArrowDown");
    await pressMany(page, "ArrowRight");
  });
  await cell(page, 3, 1).click();
  await page.keyboard.press("F2");
  const letters = await timesOf(page, () => page.keyboard.type("x".repeat(ROUNDS)));
  await page.keyboard.press("Escape");
  await loadRows(page);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  const began = performance.now();
  const [pasteMs = 0] = await timesOf(page, () => page.evaluate(paste, PASTED));
  const cells = PASTED.rows * PASTED.columns;
  await page.getByText(`${cells.toLocaleString("en-GB")} cells saved`).waitFor({ timeout: SAVED_MS });
  return { arrows, letters, floor, pasteMs, savedMs: performance.now() - began, cells };
}

function cell(page: Page, row: number, col: number) {
  return page.locator(`[data-row="${row}"][data-col="${col}"]`);
}

async function pressMany(page: Page, key: string) {
  for (let round = 0; round < ROUNDS; round++) await page.keyboard.press(key);
}

async function loadRows(page: Page) {
  for (;;) {
    await page.keyboard.press("Control+End");
    const rows = Number(await page.locator("[data-active]").getAttribute("data-row"));
    if (rows >= PASTED.rows) return;
    await page.waitForTimeout(50);
  }
}

async function timesOf(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => Reflect.set(window, "paints", []));
  await act();
  // The last key's paint is still to come.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return page.evaluate(() => Reflect.get(window, "paints") as number[]); // watchPaints fills it
}

/** Runs in the page. */
function watchPaints() {
  Reflect.set(window, "paints", []);
  const hear = (event: Event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (Reflect.get(window, "paints") as number[]).push(performance.now() - began); // set above
      port2.postMessage(null);
    });
  };
  for (const kind of ["keydown", "paste"]) window.addEventListener(kind, hear, { capture: true });
}

/** Runs in the page: what a spreadsheet would put there. */
function paste({ rows }: { rows: number }) {
  const lines = Array.from({ length: rows }, (_, row) => `Pasted ${row}\tBrand ${row % 9}\t${row + 1}.25\t${row % 50}`);
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", lines.join("\r\n"));
  document.activeElement?.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
  );
}
