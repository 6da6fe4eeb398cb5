import { approveBulkEdit, approveBulkEditEndpoint } from "@/lib/api/bulk-edits";
import { route } from "@/lib/route";

export const POST = route({ grant: "sync:review", ...approveBulkEditEndpoint }, ({ actor, params: { id }, body }) =>
  approveBulkEdit(actor, id, body),
);
