import { createReadStream } from "node:fs";
import { ids } from "@/lib/api/fields";
import { download } from "@/lib/download";
import { exportedIcons } from "@/lib/icons/export/export-job";
import { route } from "@/lib/route";

/** The zip that an export's job packed. */
export const GET = route({ grant: "catalog:read", ...ids }, async ({ actor, params }) => {
  const { path } = await exportedIcons(actor, params.id);
  return download({ filename: "icons.zip", contentType: "application/zip", body: createReadStream(path) });
});
