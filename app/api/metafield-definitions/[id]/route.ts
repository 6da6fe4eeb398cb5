import {
  definitionDetail,
  deleteDefinitionEndpoint,
  getDefinitionEndpoint,
  patchDefinition,
  patchDefinitionEndpoint,
  removeDefinition,
} from "@/lib/api/metafield-definitions";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...getDefinitionEndpoint }, ({ actor, params: { id } }) =>
  definitionDetail(actor, id),
);

export const PATCH = route({ grant: "catalog:write", ...patchDefinitionEndpoint }, ({ actor, params: { id }, body }) =>
  patchDefinition(actor, id, body),
);

export const DELETE = route(
  { grant: "catalog:write", ...deleteDefinitionEndpoint },
  async ({ actor, params: { id }, query: { version } }) => {
    await removeDefinition(actor, id, version);
    return new Response(null, { status: 204 });
  },
);
