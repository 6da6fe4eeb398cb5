import { listCategoryProductsEndpoint } from "@/lib/api/categories";
import { productPage } from "@/lib/api/product-query";
import { route } from "@/lib/route";

export const GET = route(
  { grant: "catalog:read", ...listCategoryProductsEndpoint },
  ({ actor, params: { id }, query }) => productPage(actor, { ...query, category_id: id }),
);
