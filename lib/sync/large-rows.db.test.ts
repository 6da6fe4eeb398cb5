import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";

const PRODUCTS = 30;
const DESCRIPTION = "Paper of a very long tale. ".repeat(40_000);

test("R19 products of a megabyte each are applied a few at a time, and all arrive whole", {
  timeout: 60_000,
}, async () => {
  await resetDatabase();
  const folder = await mkdtemp(join(tmpdir(), "stockroom-large-"));
  try {
    const path = join(folder, "large.csv");
    const rows = Array.from({ length: PRODUCTS }, (_, n) => `paper-${n},Paper ${n},SKU-${n},1.00,${DESCRIPTION}${n}`);
    await writeFile(path, ["Handle,Title,Variant SKU,Variant Price,Body (HTML)", ...rows].join("\n"));
    const run = await importFiles("shopify_csv", [path]);
    expect(run).toMatchObject({ status: "success", created: PRODUCTS, successful: PRODUCTS });
    const batches = await db.auditEntry.findMany({ where: { action: "sync.apply" }, select: { after: true } });
    const applied = batches.map(({ after }) => (after as { applied: number }).applied);
    expect(Math.max(...applied)).toBeLessThanOrEqual(8);
    const products = await db.product.findMany({ select: { description: true } });
    expect(products.every(({ description }) => description.startsWith(DESCRIPTION))).toBe(true);
    expect(products).toHaveLength(PRODUCTS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
