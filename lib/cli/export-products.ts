import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { exportProducts as productLines } from "@/lib/feeds/export-products";
import { formatPlural } from "@/lib/format";
import { openDatabase } from "./open-database";
import type { Outcome } from "./outcome";

/** Writes the catalogue into a CSV file; the file is there when it is whole, and not before. */
export async function exportProducts(path: string): Promise<Outcome> {
  await openDatabase();
  const products = await db.product.count();
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(productLines(SYSTEM)), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { ok: true, value: { path, products }, text: `Wrote ${formatPlural(products, "product")} to ${path}.` };
}
