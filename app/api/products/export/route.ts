import { Readable } from "node:stream";
import { z } from "zod";
import { exportQuery, listToExport } from "@/lib/catalog/export-query";
import { listProducts } from "@/lib/catalog/list-products";
import { firstSelected, productSelection } from "@/lib/catalog/selection";
import { download } from "@/lib/download";
import { exportProducts } from "@/lib/feeds/export-products";
import { route } from "@/lib/route";

/** The products that the catalogue's list shows, on all its pages, in the format that an import reads back. */
export const GET = route({ grant: "catalog:write", query: exportQuery }, async ({ actor, query }) => {
  const list = listToExport(query);
  // A category that is gone is told before the file begins.
  await listProducts(actor, { ...list, size: 1 });
  return download({
    filename: "products.csv",
    contentType: "text/csv; charset=utf-8",
    // A response is made of bytes.
    body: Readable.from(exportProducts(actor, list), { objectMode: false }),
  });
});

/** The same of what a person selected. */
export const POST = route(
  { grant: "catalog:write", body: z.object({ selection: productSelection }) },
  async ({ actor, body: { selection } }) => {
    await firstSelected(actor, selection, 1);
    return download({
      filename: "products.csv",
      contentType: "text/csv; charset=utf-8",
      body: Readable.from(exportProducts(actor, { selection }), { objectMode: false }),
    });
  },
);
