import type { z } from "zod";
import type { ErrorCode } from "@/lib/errors";

/** What a success answers: JSON by its schema, another kind of content by its media types, or nothing. */
export type Answer =
  | { json: z.ZodType; status?: 200 | 201 }
  | { media: readonly string[]; status?: 200 }
  | { status: 204 };

/** One method of one address. The route handler parses by it and the document is written from it. */
export interface Endpoint {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** As OpenAPI writes it: `/api/products/{id}`. */
  path: string;
  tag: "Products" | "Metafields" | "Categories" | "Icons" | "Sync history" | "Jobs" | "Access" | "System";
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Of a JSON body. */
  body?: z.ZodType;
  answer: Answer;
  /** Refusals beside those that everything with a token, an address or input may give. */
  refusals?: readonly ErrorCode[];
}

/** Keeps the schemas' own types, from which the handler's input is typed. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}
