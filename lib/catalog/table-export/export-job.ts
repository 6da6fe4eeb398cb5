import "server-only";
import { rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { countWhole } from "@/lib/catalog/list-products";
import { defineJob } from "@/lib/jobs/define-job";
import { readColumns } from "../product-search";
import { listOf, listSelection } from "../selection";
import { clearOldExports, exportPath, makeExportsFolder } from "./exports-folder";
import { openTable, writeTableTo } from "./write-table";

export const tableExport = listSelection.extend({
  /** As the address has them. */
  columns: z
    .string()
    .max(5_000)
    .refine((text) => readColumns(text).columns.length > 0, "Choose at least one column."),
  format: z.enum(["csv", "xlsx"]),
});
export type TableExport = z.output<typeof tableExport>;

/** Writes a long list into a file; killed, it begins anew. Only reads the catalogue, so it runs beside anything. */
export const exportJob = defineJob({
  name: "export.products",
  displayName: "Export products",
  payload: tableExport,
  maxAttempts: 3,
  exclusive: null,
  async handle({ columns, format, ...list }, context) {
    await makeExportsFolder();
    await clearOldExports();
    const query = listOf(list);
    const total = await countWhole(SYSTEM, query);
    const table = await openTable(SYSTEM, query, readColumns(columns).columns);
    const path = exportPath(context.jobId, format);
    const part = `${path}.part`;
    let done = 0;
    try {
      await writeTableTo(part, format, table, async (rows) => {
        done += rows;
        await context.report({ stage: "Writing the products", done, total, unit: "products" });
      });
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
    const { size } = await stat(path);
    context.log(`Wrote ${done} products, ${size} bytes`);
    return { products: done, bytes: size, format };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});
