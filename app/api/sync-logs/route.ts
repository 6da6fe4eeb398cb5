import { listSyncLogsEndpoint, syncLogPage } from "@/lib/api/sync-logs";
import { route } from "@/lib/route";

export const GET = route({ grant: "sync:read", ...listSyncLogsEndpoint }, ({ actor, query }) =>
  syncLogPage(actor, query),
);
