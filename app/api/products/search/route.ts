import { postSearchEndpoint, searchProductsEndpoint } from "@/lib/api/product-endpoints";
import { productPage } from "@/lib/api/product-query";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...searchProductsEndpoint }, ({ actor, query }) =>
  productPage(actor, query),
);

/** The same question in a body. */
export const POST = route(
  { grant: "catalog:read", ...postSearchEndpoint },
  ({ actor, body: { query: q, ...search } }) => productPage(actor, { q, ...search }),
);
