import { getIconBatchEndpoint, iconBatchJson } from "@/lib/api/icon-batches";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...getIconBatchEndpoint }, ({ actor, params, query }) =>
  iconBatchJson(actor, params.id, query),
);
