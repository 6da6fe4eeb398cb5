import { askBulkEdit, postBulkEditEndpoint } from "@/lib/api/bulk-edits";
import { route } from "@/lib/route";

export const POST = route({ grant: "catalog:write", ...postBulkEditEndpoint }, async ({ actor, body }) =>
  Response.json(await askBulkEdit(actor, body), { status: 201 }),
);
