import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { type Access, PUBLIC } from "@/lib/auth/access";
import { type Actor, assertCan, type Grant } from "@/lib/auth/actor";
import { requestActor } from "@/lib/auth/current-actor";
import { assertSameOrigin } from "@/lib/auth/origin";
import { AppError, httpStatus } from "@/lib/errors";
import { type Failure, parseInput, toFailure } from "@/lib/failure";
import { applySecurityHeaders } from "@/lib/security-headers";

/** Enough for any form or search; uploads name their own limit. */
const MAX_BODY_BYTES = 1024 * 1024;

type Nothing = z.ZodType<undefined>;
type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  /** Of the path. A wrong one answers 404, like one that does not exist. */
  params?: P;
  /** Of the query string; repeated names are arrays. */
  query?: Q;
  /** Of a JSON body; without it the body is left to `run` as `request.body`. */
  body?: B;
  /** Larger bodies answer 413. */
  maxBodyBytes?: number;
};
type Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  request: Request;
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
};
type Handler = ((request: Request, context: { params: Promise<unknown> }) => Promise<Response>) & { access: Access };

/**
 * A route handler for a session or an `Authorization: Bearer` token. The caller is authorised before the input is read.
 * `run` gives a Response, or data that is sent as JSON.
 */
export function route<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  definition: Input<P, Q, B> & { grant: Grant },
  run: (call: Parsed<P, Q, B> & { actor: Actor }) => Promise<unknown>,
): Handler {
  return handler(definition.grant, async (request, context) => {
    const { actor, via } = await requestActor(request);
    assertCan(actor, definition.grant);
    if (via === "cookie") assertSameOrigin(request);
    return run({ ...(await parse(definition, request, context)), actor });
  });
}

/** A route handler for anybody. */
export function publicRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(definition: Input<P, Q, B>, run: (call: Parsed<P, Q, B>) => Promise<unknown>): Handler {
  return handler(PUBLIC, async (request, context) => run(await parse(definition, request, context)));
}

function handler(
  access: Access,
  answer: (request: Request, context: { params: Promise<unknown> }) => Promise<unknown>,
): Handler {
  const handle = async (request: Request, context: { params: Promise<unknown> }) => {
    try {
      const result = await answer(request, context);
      return result instanceof Response ? secured(result) : secured(Response.json(result ?? null));
    } catch (error) {
      unstable_rethrow(error);
      return errorResponse(toFailure(error));
    }
  };
  return Object.assign(handle, { access });
}

/** The one error shape of the API. */
export function errorResponse(error: Failure) {
  const headers = new Headers();
  if (error.code === "unauthenticated") headers.set("WWW-Authenticate", "Bearer");
  if (error.code === "too_many") headers.set("Retry-After", String(waitSeconds(error.details)));
  return secured(Response.json({ error }, { status: httpStatus(error.code), headers }));
}

/** An answer that names its own caching, such as a picture's, keeps it. */
function secured(response: Response) {
  applySecurityHeaders(response.headers);
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
  return response;
}

function waitSeconds(details: unknown) {
  const seconds = typeof details === "object" && details && "waitSeconds" in details ? details.waitSeconds : 1;
  return Number(seconds);
}

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Input<P, Q, B>,
  request: Request,
  context: { params: Promise<unknown> },
): Promise<Parsed<P, Q, B>> {
  const params = definition.params?.safeParse(await context.params);
  if (params?.success === false) throw new AppError("not_found", "There is nothing at this address.");
  const limit = definition.maxBodyBytes ?? MAX_BODY_BYTES;
  assertBodySize(Number(request.headers.get("content-length") ?? 0), limit);
  const query = definition.query && parseInput(definition.query, queryOf(request));
  const body = definition.body && parseInput(definition.body, await readJson(request, limit));
  // Each part is parsed by its own schema, or has none and is undefined.
  return { request, params: params?.data, query, body } as Parsed<P, Q, B>;
}

function queryOf(request: Request) {
  const values: Record<string, string | string[]> = {};
  const search = new URL(request.url).searchParams;
  for (const name of new Set(search.keys())) {
    const all = search.getAll(name);
    values[name] = all.length > 1 ? all : (all[0] ?? "");
  }
  return values;
}

/** Reads no more than the limit, whatever the length that the caller claims. */
async function readJson(request: Request, limit: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    assertBodySize(bytes, limit);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause: error });
  }
}

function assertBodySize(bytes: number, limit: number) {
  if (bytes > limit) throw new AppError("too_large", `The body is larger than ${limit.toLocaleString("en")} bytes.`);
}
