import { openApiDocument } from "@/lib/api/openapi";
import { getDocumentEndpoint } from "@/lib/api/system";
import { route } from "@/lib/route";

let document: ReturnType<typeof openApiDocument> | undefined;

/** The document of a version does not change: it is written once. */
export const GET = route({ grant: "catalog:read", ...getDocumentEndpoint }, async () => {
  document ??= openApiDocument();
  return document;
});
