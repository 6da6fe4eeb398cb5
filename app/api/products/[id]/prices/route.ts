import { exportPricesEndpoint } from "@/lib/api/sync-exports";
import { exportValueHistory } from "@/lib/catalog/value-history";
import { download } from "@/lib/download";
import { route } from "@/lib/route";

export const GET = route(
  { grant: "catalog:read", ...exportPricesEndpoint },
  async ({ actor, params: { id }, query: { format } }) => download(await exportValueHistory(actor, id, format)),
);
