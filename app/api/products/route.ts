import { postProduct } from "@/lib/api/product-create";
import { productDetail } from "@/lib/api/product-detail";
import { listProductsEndpoint, postProductEndpoint } from "@/lib/api/product-endpoints";
import { productPage } from "@/lib/api/product-query";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listProductsEndpoint }, ({ actor, query }) =>
  productPage(actor, query),
);

/** Answers with the product as it stands. */
export const POST = route({ grant: "catalog:write", ...postProductEndpoint }, async ({ actor, body }) => {
  const { id } = await postProduct(actor, body);
  return Response.json(await productDetail(actor, id), { status: 201 });
});
