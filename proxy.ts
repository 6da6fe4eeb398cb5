import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "@/lib/auth/next-path";
import { applySecurityHeaders, pagePolicy } from "@/lib/security-headers";

/** Headers and the nonce, nothing else: who may see what is decided by the page itself. */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy(nonce);
  const headers = new Headers(request.headers);
  // Next reads the nonce from the request's policy and puts it on its scripts.
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nonce", nonce);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  applySecurityHeaders(response.headers);
  // A stored page would outlive its nonce and its reader's session.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

export const config = {
  // The API sets its own headers: here its uploads would be buffered and cut at 10 MB. Files are the same for everybody.
  matcher: ["/((?!api/|_next/static/|favicon|apple-touch-icon|icon-|manifest).*)"],
};
