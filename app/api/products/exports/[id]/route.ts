import { createReadStream } from "node:fs";
import { z } from "zod";
import { exportedFile, FORMATS } from "@/lib/catalog/table-export/request-export";
import { download } from "@/lib/download";
import { route } from "@/lib/route";

/** The file that an export's job wrote. */
export const GET = route({ grant: "catalog:read", params: z.object({ id: z.uuid() }) }, async ({ actor, params }) => {
  const { path, format } = await exportedFile(actor, params.id);
  return download({ filename: `products.${format}`, contentType: FORMATS[format], body: createReadStream(path) });
});
