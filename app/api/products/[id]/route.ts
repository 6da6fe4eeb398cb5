import { productAsOf } from "@/lib/api/product-as-of";
import { productDetail } from "@/lib/api/product-detail";
import { getProductEndpoint, patchProductEndpoint } from "@/lib/api/product-endpoints";
import { patchProduct } from "@/lib/api/product-patch";
import { route } from "@/lib/route";

export const GET = route(
  { grant: "catalog:read", ...getProductEndpoint },
  ({ actor, params: { id }, query: { as_of } }): Promise<object> =>
    as_of ? productAsOf(actor, id, as_of) : productDetail(actor, id),
);

/** Answers with the product as it stands afterwards. */
export const PATCH = route(
  { grant: "catalog:write", ...patchProductEndpoint },
  async ({ actor, params: { id }, body }) => {
    await patchProduct(actor, id, body);
    return productDetail(actor, id);
  },
);
