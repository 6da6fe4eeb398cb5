import { exportRunsEndpoint } from "@/lib/api/sync-exports";
import { download } from "@/lib/download";
import { route } from "@/lib/route";
import { exportRuns } from "@/lib/sync/history/export";
import { parseRunSearch } from "@/lib/sync/search-params";

export const GET = route({ grant: "sync:read", ...exportRunsEndpoint }, async ({ actor, query }) =>
  download(exportRuns(actor, parseRunSearch(query), query.format)),
);
