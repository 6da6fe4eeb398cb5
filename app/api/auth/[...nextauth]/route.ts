import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { z } from "zod";
import { PUBLIC } from "@/lib/auth/access";
import { authOptions } from "@/lib/auth/options";
import { publicOrigin } from "@/lib/auth/origin";
import { AppError } from "@/lib/errors";
import { toFailure } from "@/lib/failure";
import { errorResponse } from "@/lib/route";
import { applySecurityHeaders } from "@/lib/security-headers";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's `_log` would let anybody write into our log, and `providers` tells of nothing but the form. */
const SERVED = ["csrf", "session", "signin", "signout", "callback", "error"];
const withUrl = z.looseObject({ url: z.string() });
const MAX_BODY_BYTES = 16 * 1024;

async function serve(request: NextRequest, context: Context) {
  try {
    const [name = ""] = (await context.params).nextauth;
    if (!SERVED.includes(name)) throw new AppError("not_found", "There is nothing at this address.");
    if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
      throw new AppError("too_large", "The body is too large for a sign-in.");
    }
    // The options are made here so that a missing secret answers as an error and not as "nobody".
    const response: Response = await NextAuth(request, context, authOptions());
    return withOwnOrigin(response, request);
  } catch (error) {
    return errorResponse(toFailure(error));
  }
}

/** next-auth believes to live at localhost:3000 unless it is told in the environment; every address it gives is ours. */
async function withOwnOrigin(response: Response, request: Request) {
  const headers = new Headers(response.headers);
  applySecurityHeaders(headers);
  headers.set("Cache-Control", "no-store");
  const location = headers.get("location");
  if (location) headers.set("location", pathOf(location));
  const isJson = headers.get("content-type")?.startsWith("application/json");
  const body = isJson ? withOwnUrl(await response.text(), publicOrigin(request.headers)) : response.body;
  return new Response(body, { status: response.status, headers });
}

function withOwnUrl(json: string, origin: string) {
  const answer = withUrl.safeParse(JSON.parse(json));
  return answer.success ? JSON.stringify({ ...answer.data, url: origin + pathOf(answer.data.url) }) : json;
}

function pathOf(address: string) {
  const { pathname, search } = new URL(address, "http://localhost");
  return pathname + search;
}

const handler = Object.assign(serve, { access: PUBLIC });

export { handler as GET, handler as POST };
