import { listSyncChangesEndpoint, syncChangePage } from "@/lib/api/sync-changes";
import { route } from "@/lib/route";

export const GET = route({ grant: "sync:read", ...listSyncChangesEndpoint }, ({ actor, params: { id }, query }) =>
  syncChangePage(actor, id, query),
);
