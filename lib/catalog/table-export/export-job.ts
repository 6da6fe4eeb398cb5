import "server-only";
import { rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { assertCan, SYSTEM } from "@/lib/auth/actor";
import { countWhole } from "@/lib/catalog/list-every-product";
import { transaction } from "@/lib/db/client";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
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

const exportParameters = z.object({
  query: tableExport.shape.query.default("").meta({
    title: "Which products",
    description: "The address of a product list, after its ?: brand=Acme&stock=out. Empty is all of them.",
  }),
  category: chosen("category", "Category", "Only this one and what is below it.").optional(),
  columns: tableExport.shape.columns.default("sku.name.brand.price.stock.status.category").meta({
    title: "Columns",
    description: "In their order, with points between them, as a product list's address has them.",
  }),
  format: z
    .enum(["csv", "xlsx"])
    .default("csv")
    .meta({ title: "Format", labels: { csv: "CSV", xlsx: "Excel" } }),
});

/** Writes a long list into a file; killed, it begins anew. Only reads the catalogue, so it runs beside anything. */
export const exportJob = defineJob({
  name: "export.products",
  displayName: "Export products",
  description: "Writes a list of products into a CSV or Excel file, which is kept for a week.",
  group: "Catalogue",
  permission: "catalog:read",
  stages: ["Writing the products"],
  isResumable: false,
  idempotency: "Only reads: run again it writes another file.",
  payload: tableExport,
  parameters: exportParameters,
  async start(actor, given): Promise<StartedJob> {
    assertCan(actor, "catalog:read");
    const payload = { ...given, category: given.category ?? null };
    const displayName = `Export products as ${given.format === "csv" ? "CSV" : "Excel"}`;
    return { jobId: await transaction((tx) => enqueue(tx, actor, exportJob, payload, { displayName })) };
  },
  recall: async ({ category, ...rest }) => ({ ...rest, ...(category === null ? {} : { category }) }),
  resultTitles: { bytes: "Size" },
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
