import { exportGrowth } from "@/lib/activity/monthly-growth";
import { exportGrowthEndpoint } from "@/lib/api/sync-exports";
import { download } from "@/lib/download";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...exportGrowthEndpoint }, async ({ actor, query: { format } }) =>
  download(exportGrowth(actor, format)),
);
