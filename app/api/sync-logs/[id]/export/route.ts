import { exportChangesEndpoint } from "@/lib/api/sync-exports";
import { download } from "@/lib/download";
import { route } from "@/lib/route";
import { exportRunChanges } from "@/lib/sync/history/export";
import { getRunOrThrow } from "@/lib/sync/queries";

export const GET = route(
  { grant: "sync:read", ...exportChangesEndpoint },
  async ({ actor, params: { id }, query: { format } }) => {
    const run = await getRunOrThrow(actor, id);
    return download(await exportRunChanges(actor, run.id, format));
  },
);
