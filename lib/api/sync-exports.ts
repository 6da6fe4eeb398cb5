import { z } from "zod";
import { RUN_TRIGGERS } from "@/lib/sync/search-params";
import { endpoint } from "./endpoint";
import { ids } from "./fields";
import { runParams } from "./sync-logs";

const format = z.enum(["csv", "json"], "Choose csv or json.").default("csv").describe("Of the file.");
const media = ["text/csv", "application/json"];

export const exportRunsEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/export",
  tag: "Sync history",
  summary: "Gives the sync runs that a search means as one file",
  query: z.object({
    format,
    q: z
      .string()
      .max(100)
      .optional()
      .describe("Part of a source, file, message or refused row; a number, SKU or code."),
    source: z.uuid().optional().describe("A feed source's id."),
    status: z
      .enum(["pending", "running", "review", "success", "partial", "failed", "cancelled", "reverted"])
      .optional(),
    trigger: z.enum(RUN_TRIGGERS).optional().describe("What started the run."),
    who: z.string().optional().describe("A user's id, or `system`."),
    days: z.coerce.number().int().min(1).max(3_650).optional().describe("Only runs of the last so many days."),
    from: z.iso.date().optional().describe("First day, UTC."),
    to: z.iso.date().optional().describe("Last day, UTC."),
    rejections: z.enum(["1"]).optional().describe("`1`: only runs that refused rows."),
    dry: z.enum(["only", "none"]).optional().describe("Dry runs alone, or none."),
  }),
  answer: { media },
});

export const exportChangesEndpoint = endpoint({
  method: "get",
  path: "/api/sync-logs/{id}/export",
  tag: "Sync history",
  summary: "Gives a run's changes as one file, a line per field",
  params: runParams,
  query: z.object({ format }),
  answer: { media },
});

export const exportPricesEndpoint = endpoint({
  method: "get",
  path: "/api/products/{id}/prices",
  tag: "Products",
  summary: "Gives every price and stock that a product had as one file, a line per step",
  ...ids,
  query: z.object({ format }),
  answer: { media },
});

export const exportGrowthEndpoint = endpoint({
  method: "get",
  path: "/api/growth",
  tag: "Products",
  summary: "Gives the catalogue's growth and how much was changed in it, a line per month",
  query: z.object({ format }),
  answer: { media },
});
