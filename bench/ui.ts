// npm run bench -- ui [--products 10000]: how long people wait for the next paint after a key or click in the sheet and
// the list, in the built application and a real browser; 10,000 cells pasted, until the catalogue holds them.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { disconnect } from "@/lib/db/client";
import { type Application, chooseDataFolder, startApplication } from "./application";
import { ensureCatalogue } from "./catalogue";
import { measureList } from "./list-clicks";
import { quantiles } from "./quantiles";
import { numberOption, printResult } from "./report";
import { measureSheet } from "./sheet-keys";

const BUDGET = { nextPaintP95Ms: 100 };
const products = numberOption("products", 10_000);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  const data = await ensureCatalogue(folder, products);
  chooseDataFolder(data);
  const application = await startApplication(data);
  const measured = await measure(application).finally(() => application.stop());
  await disconnect();
  const { arrows, letters, floor, pasteMs, savedMs, cells, list } = measured;
  const rows = [
    { what: "an empty page's key (floor)", ...quantiles(floor) },
    { what: "an arrow key", ...quantiles(arrows) },
    { what: "a typed letter", ...quantiles(letters) },
    ...Object.entries(list).map(([what, times]) => ({ what, ...quantiles(times) })),
    { what: `paste of ${cells} cells`, ...quantiles([pasteMs]) },
    { what: "… until all are saved", ...quantiles([savedMs]) },
  ];
  const figures = {
    arrows: quantiles(arrows),
    letters: quantiles(letters),
    floor: quantiles(floor),
    list: rows.filter(({ what }) => what in list),
    pasteMs,
    savedMs,
  };
  printResult(rows, {
    bench: "ui",
    products,
    cells,
    ...figures,
    budget: BUDGET,
    cpus: cpus().length,
    node: process.version,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure({ url, cookie }: Application) {
  const executablePath = process.env.STOCKROOM_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: url });
    const cookies = cookie.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    });
    await context.addCookies(cookies);
    const page = await context.newPage();
    return { ...(await measureSheet(page)), list: await measureList(page) };
  } finally {
    await browser.close();
  }
}
