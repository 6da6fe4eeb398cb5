import {
  definitionPage,
  listDefinitionsEndpoint,
  postDefinition,
  postDefinitionEndpoint,
} from "@/lib/api/metafield-definitions";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listDefinitionsEndpoint }, ({ actor, query }) =>
  definitionPage(actor, query),
);

export const POST = route({ grant: "catalog:write", ...postDefinitionEndpoint }, async ({ actor, body }) =>
  Response.json(await postDefinition(actor, body), { status: 201 }),
);
