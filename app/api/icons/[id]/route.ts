import { iconDetailJson } from "@/lib/api/icon-answers";
import { getIconEndpoint } from "@/lib/api/icons";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...getIconEndpoint }, ({ actor, params }) =>
  iconDetailJson(actor, params.id),
);
