import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SYSTEM } from "@/lib/auth/actor";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import { getEndedRun, importFiles, workOff } from "./run-import";

const HEADER =
  "Handle,Title,Vendor,Barcode,Price,Inventory,Google Shopping / Google Product Category,Product image URL,Metafield: custom.SPRC[list.single_line_text],Metafield: custom.Colour[list.single_line_text]";

export interface FeedRow {
  title?: string;
  price?: string;
  stock?: number;
  category?: string;
  image?: string;
  colour?: string;
}

/** Products that stay as they are: one that goes missing among them holds no run. */
export const MANY: Record<string, FeedRow> = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`MANY${n}`, {}]));

let files = 0;

/** Imports a product CSV of these rows, by their SPR code; what a row leaves out is the usual. */
export async function importRows(rows: Record<string, FeedRow>, options: Parameters<typeof importFiles>[2] = {}) {
  const folder = await mkdtemp(join(tmpdir(), "stockroom-rows-"));
  const path = join(folder, `feed-${++files}.csv`);
  await writeFile(path, [HEADER, ...Object.entries(rows).map(lineOf), ""].join("\r\n"));
  try {
    return await importFiles("shopify_csv", [path], options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lineOf([code, row]: [string, FeedRow]) {
  const { title = "Gel pen", price = "1.99", stock = 5, category = "Office > Pens", image = "", colour = "Blue" } = row;
  return `${code.toLowerCase()},${title},Halden,,${price},${stock},${category},${image},${code},${colour}`;
}

/** Undoes a run as a script would, a worker in this process doing the work. */
export async function undoRun(runId: string) {
  const asked = await requestUndo(SYSTEM, { runId });
  await workOff(asked.jobId);
  return getEndedRun(asked.runId);
}
