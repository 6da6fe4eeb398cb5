import { categoryDetail, getCategoryEndpoint } from "@/lib/api/categories";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...getCategoryEndpoint }, ({ actor, params: { id } }) =>
  categoryDetail(actor, id),
);
