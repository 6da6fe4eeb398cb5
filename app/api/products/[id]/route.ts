import { productAsOf } from "@/lib/api/product-as-of";
import { productDetail } from "@/lib/api/product-detail";
import { getProductEndpoint, patchProductEndpoint } from "@/lib/api/product-endpoints";
import { patchProduct } from "@/lib/api/product-patch";
import { getMergeTarget } from "@/lib/catalog/merged-product";
import { route } from "@/lib/route";

export const GET = route(
  { grant: "catalog:read", ...getProductEndpoint },
  async ({ actor, params: { id }, query: { as_of } }): Promise<object> => {
    if (as_of) return productAsOf(actor, id, as_of);
    const merged = await getMergeTarget(actor, id);
    if (merged) return new Response(null, { status: 308, headers: { Location: `/api/products/${merged.id}` } });
    return productDetail(actor, id);
  },
);

/** Answers with the product as it stands afterwards. */
export const PATCH = route(
  { grant: "catalog:write", ...patchProductEndpoint },
  async ({ actor, params: { id }, body }) => {
    await patchProduct(actor, id, body);
    return productDetail(actor, id);
  },
);
