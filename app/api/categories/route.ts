import { categoryPage, listCategoriesEndpoint } from "@/lib/api/categories";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listCategoriesEndpoint }, ({ actor, query }) =>
  categoryPage(actor, query),
);
