import { changePage, listChangesEndpoint } from "@/lib/api/changes";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listChangesEndpoint }, ({ actor, query }) =>
  changePage(actor, query),
);
