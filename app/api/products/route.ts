import { listProductsEndpoint } from "@/lib/api/product-endpoints";
import { productPage } from "@/lib/api/product-query";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listProductsEndpoint }, ({ actor, query }) =>
  productPage(actor, query),
);
