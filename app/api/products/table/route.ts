import { tableExport } from "@/lib/catalog/table-export/export-job";
import { FORMATS, tableFile } from "@/lib/catalog/table-export/request-export";
import { download } from "@/lib/download";
import { route } from "@/lib/route";

/** What the catalogue's table shows on all its pages: its filter, order and columns. */
export const GET = route(
  { grant: "catalog:read", query: tableExport.partial({ category: true }) },
  async ({ actor, query }) =>
    download({
      filename: `products.${query.format}`,
      contentType: FORMATS[query.format],
      body: await tableFile(actor, { ...query, category: query.category ?? null }),
    }),
);
