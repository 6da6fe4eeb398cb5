import { putMetafield, removeMetafield } from "@/lib/api/metafields";
import { deleteMetafieldEndpoint, putMetafieldEndpoint } from "@/lib/api/product-endpoints";
import { route } from "@/lib/route";

export const PUT = route({ grant: "catalog:write", ...putMetafieldEndpoint }, ({ actor, params, body }) =>
  putMetafield(actor, params, body),
);

export const DELETE = route(
  { grant: "catalog:write", ...deleteMetafieldEndpoint },
  async ({ actor, params, query }) => {
    await removeMetafield(actor, params, query.from);
    return new Response(null, { status: 204 });
  },
);
