import "server-only";
import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from "@asteasolutions/zod-to-openapi";
import { type Access, PUBLIC, ROUTES } from "@/lib/auth/access";
import { type ErrorCode, httpStatus } from "@/lib/errors";
import packageJson from "../../package.json" with { type: "json" };
import type { Answer, Endpoint } from "./endpoint";
import { ENDPOINTS, routeName } from "./endpoints";
import { failureJson } from "./failure-json";

const JSON_TYPE = "application/json";

const REFUSALS: Record<ErrorCode, string> = {
  invalid_input: "The input is not right; `fields` says what of it.",
  unauthenticated: "There is no token or session, or it is over.",
  forbidden: "The role or the token's scope does not allow this.",
  not_found: "There is no such thing.",
  conflict:
    "Somebody changed the same in between: nothing was saved. `details.conflicts` has both values of each field.",
  too_large: "The body is too large.",
  too_many: "Too many tries: `Retry-After` says how many seconds to wait.",
  unavailable: "The database is busy or does not answer. Try again.",
  internal: "Something went wrong; `ref` names it in the log.",
};

/** The OpenAPI document of everything in `ENDPOINTS`, written from the schemas that the handlers parse by. */
export function openApiDocument() {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description: "The session of somebody who is signed in. Over HTTPS its name begins with `__Secure-`.",
  });
  for (const endpoint of ENDPOINTS) registerEndpoint(registry, endpoint);
  return new OpenApiGeneratorV31(registry.definitions, { sortComponents: "alphabetically" }).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Stockroom",
      version: packageJson.version,
      description:
        "For scripts. Names are in snake_case, times in UTC, prices in the shop's currency: exact texts (`19.99`) beside whole cents.",
    },
    servers: [{ url: "/" }],
  });
}

function registerEndpoint(registry: OpenAPIRegistry, endpoint: Endpoint) {
  const { method, path, tag, summary, description, params, query, body, answer } = endpoint;
  const access = ROUTES[routeName(endpoint)];
  if (access === undefined) throw new Error(`${routeName(endpoint)} has no rule in lib/auth/access.ts.`);
  registry.registerPath({
    method,
    path,
    summary,
    tags: [tag],
    operationId: operationId(endpoint),
    description: [description, rights(access)].filter(Boolean).join(" "),
    security: access === PUBLIC ? [] : [{ bearer: [] }, { session: [] }],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body: { required: true, content: { [JSON_TYPE]: { schema: body } } } }),
    },
    responses: {
      [answer.status ?? 200]: success(answer),
      ...Object.fromEntries(refusalsOf(endpoint, access).map((code) => [httpStatus(code), refusal(code)])),
    },
  });
}

/** `patch /api/products/{id}` as `patch_products_id`. */
function operationId({ method, path }: Endpoint) {
  const words = path.replace("/api/", "").match(/[a-z]+/g) ?? [];
  return [method, ...words].join("_");
}

function rights(access: Access) {
  return access === PUBLIC ? "For anybody." : `Needs the right \`${access}\`.`;
}

function success(answer: Answer): ResponseConfig {
  if ("json" in answer) return { description: "Done.", content: { [JSON_TYPE]: { schema: answer.json } } };
  if (!("media" in answer)) return { description: "Done; there is nothing to tell." };
  const content = Object.fromEntries(answer.media.map((type) => [type, { schema: { type: "string" as const } }]));
  return { description: "Done.", content };
}

function refusalsOf({ params, query, body, refusals = [] }: Endpoint, access: Access): ErrorCode[] {
  const codes: ErrorCode[] = [
    ...(access === PUBLIC ? [] : (["unauthenticated", "forbidden"] as const)),
    ...(params ? (["not_found"] as const) : []),
    ...(query || body ? (["invalid_input"] as const) : []),
    ...(body ? (["too_large"] as const) : []),
    ...refusals,
    "unavailable",
    "internal",
  ];
  return [...new Set(codes)];
}

function refusal(code: ErrorCode): ResponseConfig {
  return { description: REFUSALS[code], content: { [JSON_TYPE]: { schema: failureJson } } };
}
