import { z } from "zod";
import { tokenRequest } from "@/lib/auth/login-input";
import { endpoint } from "./endpoint";

export const getHealthEndpoint = endpoint({
  method: "get",
  path: "/api/health",
  tag: "System",
  summary: "Tells whether the system is usable",
  description:
    "`degraded` is usable, but needs a person. When it is `unhealthy` the status is 503, with the same body.",
  answer: {
    json: z
      .object({
        status: z.enum(["healthy", "degraded", "unhealthy"]),
        database: z.enum(["ok", "unavailable"]),
        version: z.string(),
      })
      .meta({ id: "Health" }),
  },
});

export const getDocumentEndpoint = endpoint({
  method: "get",
  path: "/api/openapi.json",
  tag: "System",
  summary: "Gives this document",
  answer: { json: z.looseObject({ openapi: z.string() }) },
});

export const postTokenEndpoint = endpoint({
  method: "post",
  path: "/api/auth/token",
  tag: "Access",
  summary: "Gives a token of one hour for a name and a password",
  description:
    "It ends early when the person's password or role changes. Long-lived tokens are made on the account page.",
  body: tokenRequest,
  answer: {
    json: z
      .object({ access_token: z.string(), token_type: z.literal("Bearer"), expires_in: z.int().describe("Seconds.") })
      .meta({ id: "AccessToken" }),
  },
  refusals: ["unauthenticated", "too_many"],
});
