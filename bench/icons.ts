// npm run bench -- icons [--icons 400] [--size 256]: icons that the built-in generator makes a second, alone and as a
// batch with files and rows, beside bare sharp that draws the same SVG into a PNG.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { insertRows } from "@/lib/db/bulk";
import { disconnect, transaction } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { tonesOf } from "@/lib/icons/built-in/colors";
import { composeIcon } from "@/lib/icons/built-in/compose-icon";
import { drawIcon } from "@/lib/icons/built-in/draw-icon";
import { pickSymbols } from "@/lib/icons/built-in/pick-symbol";
import { loadSymbols } from "@/lib/icons/built-in/symbols";
import { iconLook } from "@/lib/icons/icon-look";
import { iconRequest } from "@/lib/icons/icon-request";
import { requestIcons } from "@/lib/icons/request-icons";
import { runWorker } from "@/lib/jobs/worker";
import { newId } from "@/lib/sync/new-id";
import { chooseDataFolder } from "./application";
import { numberOption, printResult } from "./report";

const THINGS = ["Printers", "Pens", "Coffee", "Desks", "Cables", "Batteries", "Lamps", "Envelopes", "Chairs", "Mugs"];

const icons = numberOption("icons", 400);
const look = iconLook.parse({ size: numberOption("size", 256) });
const paths = Array.from({ length: icons }, (_, at) => [
  `Department ${at % 20}`,
  `${THINGS[at % THINGS.length]} ${at}`,
]);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  chooseDataFolder(folder);
  await migrate(env().databaseUrl);
  const symbols = await loadSymbols();
  const drawings = paths.map((path) => {
    const nodes = symbols.nodes[pickSymbols(symbols, path)[0]?.symbol ?? ""] ?? [];
    return Buffer.from(drawIcon(nodes, tonesOf(look.color, path), look));
  });
  await composeIcon(["Warm"], look);
  const bare = await timed(async () => {
    for (const svg of drawings)
      await sharp(svg, { density: (72 * look.size) / 96 })
        .resize(look.size)
        .png({ compressionLevel: 9 })
        .toBuffer();
  });
  const composed = await timed(async () => {
    for (const path of paths) await composeIcon(path, look);
  });
  const jobId = await ask();
  const batch = await timed(() => runWorker({ signal: new AbortController().signal, only: jobId }));
  const rows = { "bare sharp": bare, composed: composed, "a batch, with files and rows": batch };
  printResult(
    Object.entries(rows).map(([what, seconds]) => ({
      what,
      seconds: seconds.toFixed(2),
      "icons a second": perSecond(seconds),
    })),
    {
      ...{ bench: "icons", icons, size: look.size, node: process.version, sharp: sharp.versions.sharp },
      perSecond: { bare: perSecond(bare), composed: perSecond(composed), batch: perSecond(batch) },
      ratio: { composed: round(bare / composed), batch: round(bare / batch) },
    },
  );
} finally {
  await disconnect();
  rmSync(folder, { recursive: true, force: true });
}

async function ask() {
  const now = new Date();
  const rows = paths.map(([, name = ""], at) => {
    const slug = `thing-${at}`;
    return { id: newId(), name, nameKey: name.toLowerCase(), slug, path: slug, level: 0, updatedAt: now };
  });
  await transaction(async (tx) => {
    await insertRows(tx, "Category", rows);
    await raiseCatalogueVersion(tx, "categories");
  });
  const target = { kind: "missing" as const, under: null };
  return (await requestIcons(SYSTEM, iconRequest.parse({ target, ...look }))).jobId;
}

async function timed(work: () => Promise<unknown>) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

function perSecond(seconds: number) {
  return Math.round(icons / seconds);
}

function round(value: number) {
  return Math.round(value * 100) / 100;
}
