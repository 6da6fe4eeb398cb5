import { getSyncLogEndpoint, syncLogDetail } from "@/lib/api/sync-logs";
import { route } from "@/lib/route";

export const GET = route({ grant: "sync:read", ...getSyncLogEndpoint }, ({ actor, params: { id } }) =>
  syncLogDetail(actor, id),
);
