import { putCategoryIcon } from "@/lib/api/icon-answers";
import { putCategoryIconEndpoint } from "@/lib/api/icons";
import { route } from "@/lib/route";

export const PUT = route({ grant: "catalog:write", ...putCategoryIconEndpoint }, ({ actor, params, body }) =>
  putCategoryIcon(actor, params.id, body),
);
